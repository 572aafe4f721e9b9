"""Servers that mean harm: what they send costs us a bounded time and memory, and ends in a reason."""

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from noticedesk.http import HOSTILE, PAGES, Policy, Refused, Unreachable, fetch
from tests.noticedesk.loopback import Loopback, response

MEGABYTE = 2**20
CALM = replace(HOSTILE, robots=False, interval=0, attempts=1, connect=5.0, read=5.0, total=15.0, body=MEGABYTE)
QUICK = replace(CALM, connect=1.0, read=0.3, total=0.5)
PUBLIC = "93.184.215.14"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as made:
        yield made


def asked(server: Loopback, policy: Policy = CALM) -> Any:
    return fetch(server.url(), replace(policy, exempt=frozenset({server.origin})))


def drip(head: bytes, drop: bytes, pause: float = 0.1) -> Callable[[socket.socket], None]:
    def speak(connection: socket.socket) -> None:
        connection.sendall(head)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            connection.sendall(drop)
            time.sleep(pause)

    return speak


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "speak",
    [
        drip(HEAD + b"\r\n", b"x"),
        drip(HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1"),
        drip(HEAD + b"X-Long: ", b"x"),
        drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(b"HTTP/1.1 302 Found\r\nLocation: /\r\n", b"X: y\r\n"),
    ],
    ids=[
        "a body without end",
        "a body with a length",
        "chunks",
        "the length of a chunk",
        "one header",
        "many headers",
        "interim answers",
        "the headers of a redirect",
    ],
)
def test_what_drips_is_ended_after_the_total_time(server: Loopback, speak: Callable[[socket.socket], None]) -> None:
    server.answers["/"] = speak
    began = time.monotonic()
    with pytest.raises(Unreachable, match=r"no complete answer within 0\.5 seconds") as caught:
        asked(server, replace(QUICK, read=5.0))
    assert caught.value.again
    assert time.monotonic() - began < 5


def test_a_tls_handshake_that_drips_is_ended_after_the_total_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                # The start of a record of 16384 bytes, which then arrives one by one.
                drip(b"\x16\x03\x03\x40\x00", b"\x02")(connection)

        threading.Thread(target=_quietly(serve), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(Unreachable, match="no complete answer"):
            fetch(f"https://127.0.0.1:{port}/", replace(QUICK, exempt=frozenset({("https", "127.0.0.1", port)})))
        assert time.monotonic() - began < 5


def _quietly(function: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            function()
        except OSError:
            return

    return run


def test_silence_is_ended_after_the_time_to_read(server: Loopback) -> None:
    server.answers["/"] = lambda connection: time.sleep(2)
    with pytest.raises(Unreachable, match="timed out"):
        asked(server, replace(QUICK, total=15.0))


@pytest.mark.parametrize(
    "head", [HEAD + b"\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"], ids=["plain", "chunked"]
)
def test_an_endless_body_is_refused_at_the_limit(server: Loopback, head: bytes) -> None:
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n" if b"chunked" in head else b"x" * 65536
    server.answers["/"] = drip(head, chunk, pause=0)
    with pytest.raises(Refused, match="larger than 1048576 bytes"):
        asked(server)


def test_an_endless_body_of_a_redirect_is_never_read(server: Loopback) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n"
    server.answers |= {"/": drip(head, b"x" * 65536, pause=0), "/next": response(b"here")}
    began = time.monotonic()
    assert asked(server).body == b"here"
    assert time.monotonic() - began < 5


def _deflated(size: int) -> bytes:
    return zlib.compress(bytes(size), 9)


def _gzipped(size: int) -> bytes:
    return gzip.compress(bytes(size), 9)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", _gzipped), ("deflate", _deflated), ("x-gzip", _gzipped)])
def test_a_bomb_is_refused_at_the_limit_of_what_it_unpacks_to(
    server: Loopback, encoding: str, pack: Callable[[int], bytes]
) -> None:
    server.answers["/"] = response(pack(64 * MEGABYTE), headers=(f"Content-Encoding: {encoding}",))
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="larger than"):
            asked(server)
        assert tracemalloc.get_traced_memory()[1] < 8 * MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip, br", "compress", "nonsense"])
def test_an_encoding_that_we_do_not_unpack_is_refused(server: Loopback, encoding: str) -> None:
    server.answers["/"] = response(_gzipped(100), headers=(f"Content-Encoding: {encoding}",))
    with pytest.raises(Refused, match="content encoding"):
        asked(server)


def test_a_body_that_does_not_unpack_is_refused(server: Loopback) -> None:
    server.answers["/"] = response(b"no gzip at all", headers=("Content-Encoding: gzip",))
    with pytest.raises(Refused, match="cannot be unpacked"):
        asked(server)


def test_a_packed_body_is_unpacked_even_though_nobody_asked(server: Loopback) -> None:
    server.answers["/"] = response(gzip.compress(b"<p>hello"), headers=("Content-Encoding: gzip",))
    assert asked(server).body == b"<p>hello"


@pytest.mark.parametrize("media_type", ["application/pdf", "text/htmlx", "image/svg+xml", "text/plain", ""])
def test_another_media_type_than_wanted_is_refused(server: Loopback, media_type: str) -> None:
    server.answers["/"] = response(b"x", media_type=media_type)
    with pytest.raises(Refused, match="the media type"):
        asked(server, replace(PAGES, robots=False, interval=0))


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml"])
def test_a_wanted_media_type_is_taken_with_its_parameters(server: Loopback, media_type: str) -> None:
    server.answers["/"] = response(b"x", media_type=media_type)
    assert asked(server, replace(PAGES, robots=False, interval=0)).body == b"x"


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        (("X: " + "y" * 70_000,), "too long|too large|malformed"),
        (tuple(f"X-{n}: y" for n in range(300)), "header"),
        (tuple(f"X-{n}: {'y' * 8000}" for n in range(20)), "the headers are"),
    ],
    ids=["one giant header", "too many headers", "headers too large in all"],
)
def test_giant_headers_are_refused(server: Loopback, headers: tuple[str, ...], why: str) -> None:
    server.answers["/"] = response(b"x", headers=headers)
    with pytest.raises(Refused, match=why):
        asked(server)


@pytest.mark.parametrize(
    "raw",
    [b"", b"nonsense", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 two hundred\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n"],
    ids=["nothing", "no protocol", "no status", "a status that is no number", "another protocol"],
)
def test_what_is_not_http_is_unreachable_with_a_reason(server: Loopback, raw: bytes) -> None:
    server.answers["/"] = raw
    with pytest.raises(Unreachable):
        asked(server)


def test_a_body_shorter_than_promised_is_not_taken_for_the_whole(server: Loopback) -> None:
    server.answers["/"] = HEAD + b"Content-Length: 1000\r\n\r\nonly this"
    with pytest.raises(Unreachable, match="IncompleteRead"):
        asked(server)


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
