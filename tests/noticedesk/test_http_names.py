"""A name is resolved once for every hop: that address is judged and used, and the certificate is held to the name."""

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from noticedesk.http import Refused, fetch
from tests.noticedesk.loopback import CALM, Loopback, response

PUBLIC = "93.184.215.14"


class Rebinding:
    """A resolver that gives each name its addresses in turn, and a network that leads all of them to one server."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]], port: int) -> None:
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []
        real_resolve, real_connect = socket.getaddrinfo, socket.socket.connect

        def resolve(host: Any, *args: Any, **named: Any) -> Any:
            if host in names:
                self.asked.append(host)
                turns = names[host]
                host = turns.pop(0) if len(turns) > 1 else turns[0]
            return real_resolve(host, *args, **named)

        def connect(sock: socket.socket, address: Any) -> None:
            self.connected.append(address[:2])
            real_connect(sock, ("127.0.0.1", port))

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        monkeypatch.setattr(socket.socket, "connect", connect)


def test_a_name_is_resolved_once_and_that_address_is_used(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/"] = response(b"public")
    network = Rebinding(monkeypatch, {"rebind.example": [PUBLIC, "127.0.0.1"]}, server.port)
    assert fetch("http://rebind.example/", CALM).body == b"public"
    assert network.connected == [(PUBLIC, 80)]
    assert network.asked == ["rebind.example"]
    assert b"\r\nHost: rebind.example\r\n" in server.requests[0]


@pytest.mark.parametrize("inside", ["10.1.2.3", "::1", "fec0::1", "::127.0.0.1", "::ffff:10.1.2.3", "2002:a00:5::1"])
def test_a_name_that_leads_inside_is_refused(server: Loopback, monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    network = Rebinding(monkeypatch, {"inside.example": [inside]}, server.port)
    with pytest.raises(Refused, match="public Internet"):
        fetch("http://inside.example/", CALM)
    assert network.connected == []


def test_a_name_is_judged_again_for_every_redirect(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/"] = b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"
    network = Rebinding(monkeypatch, {"rebind.example": [PUBLIC, "169.254.169.254"]}, server.port)
    with pytest.raises(Refused, match="public Internet"):
        fetch("http://rebind.example/", CALM)
    assert network.connected == [(PUBLIC, 80)]


def _certified(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS for a name, and the file of the authority that vouches for it (itself)."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "certificate.pem").write_bytes(pem)
    (folder / "both.pem").write_bytes(secret + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context, folder / "certificate.pem"


def test_the_certificate_is_checked_for_the_name_and_not_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = _certified(tmp_path, "shop.example")
    with Loopback({"/": response(b"safe")}, context) as server:
        Rebinding(monkeypatch, {"shop.example": [PUBLIC], "other.example": [PUBLIC]}, server.port)
        trusting = replace(CALM, authorities=str(authority))
        assert fetch("https://shop.example/", trusting).body == b"safe"
        with pytest.raises(Refused, match="certificate"):
            fetch("https://other.example/", trusting)
        with pytest.raises(Refused, match="certificate"):
            fetch("https://shop.example/", CALM)
