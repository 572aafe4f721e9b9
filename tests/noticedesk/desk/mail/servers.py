"""Mail servers that behave badly, each in one way, and a certificate to encrypt with."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from noticedesk.demo.sink import Sink, Taken


class Scripted(Sink):
    """Answers letters as it is told, one after another, and takes those after them; `offered` counts every letter."""

    def __init__(self, *answers: str, **options: Any) -> None:
        super().__init__(**options)
        self.answers = list(answers)
        self.offered: list[Taken] = []

    def answer(self, server: Any, letter: Taken) -> str:
        self.offered.append(letter)
        said = self.answers.pop(0) if self.answers else ""
        if not said:
            return super().answer(server, letter)
        if said == "drop":
            # The letter is there, and its sender never learns it.
            super().answer(server, letter)
            server.transport.abort()
        return said


class Recipients(Sink):
    """Refuses one recipient for good, before it sees the letter."""

    def __init__(self, unknown: str, said: str, **options: Any) -> None:
        super().__init__(**options)
        self.unknown, self.said = unknown, said

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if address == self.unknown:
            return self.said
        envelope.rcpt_tos.append(address)
        return "250 OK"


def certificate(home: Path) -> tuple[ssl.SSLContext, str]:
    """A server context for 127.0.0.1, and the file of the certificate that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = home / "chain.pem", home / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    return context, str(chain)
