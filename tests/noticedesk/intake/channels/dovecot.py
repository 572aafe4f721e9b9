"""A real IMAP server (Dovecot) on loopback, as whoever runs the tests, in a folder of its own."""

import base64
import grp
import hmac
import imaplib
import json
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests import apt

INSTALL = apt.command("dovecot-imapd")
USER, PASSWORD = "desk", "pass word \u00fc"

_CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
first_valid_gid = 0
mail_uid = {user}
mail_gid = {group}
mail_location = maildir:{home}/mail/%u
mail_access_groups =
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
"""


# Tokens are signed with a key that lies in the file <azp>/<algorithm>/<kid>.
_TOKENS = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={home}/keys/
username_attribute = email
"""
_KEY = b"a key of the provider, known to the server"


@dataclass(frozen=True)
class Dovecot:
    """A running server; `authorities` is the certificate that its TLS line shows."""

    home: Path
    plain: int
    secure: int
    authorities: Path

    def url(self, folder: str = "INBOX", user: str = USER) -> str:
        return f"imap://{user}@127.0.0.1:{self.plain}/{folder}"

    def fill(self, messages: Iterable[bytes], folder: str = "INBOX", date: str = "") -> None:
        with self.session() as session:
            for message in messages:
                kind, told = session.append(folder, "", date or imaplib.Time2Internaldate(time.time()), message)
                assert kind == "OK", told

    def count(self, folder: str) -> int:
        with self.session() as session:
            kind, told = session.select(f'"{folder}"', readonly=True)
            return int(told[0] or 0) if kind == "OK" else 0

    @contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        session = imaplib.IMAP4_SSL("localhost", self.secure, ssl_context=_trusting(self.authorities))
        session.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
        try:
            yield session
        finally:
            session.logout()


def token(user: str = USER, key: bytes = _KEY) -> str:
    """An access token as a provider gives it (JWT, RFC 7519) for the user, valid for some minutes."""
    now = int(time.time())
    claims = {"email": user, "sub": user, "iat": now - 60, "nbf": now - 60, "exp": now + 600}
    head = _base64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "default"}).encode())
    signed = head + b"." + _base64(json.dumps(claims).encode())
    return (signed + b"." + _base64(hmac.new(key, signed, "sha256").digest())).decode("ascii")


def _base64(value: bytes) -> bytes:
    return base64.urlsafe_b64encode(value).rstrip(b"=")


def _trusting(authorities: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authorities))


@cache
def found() -> str:
    """The path of Dovecot; installed where there is none and it may be; empty where none can be had."""
    return _found() or _installed()


def required() -> None:
    """Skips the test where there is no Dovecot; in CI that is an error."""
    if found():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"the tests of mailboxes need Dovecot: {INSTALL}")
    pytest.skip(f"no Dovecot; run: {INSTALL}")


def _found() -> str:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") or ""


def _installed() -> str:
    apt.install("dovecot-imapd")
    return _found()


@contextmanager
def running() -> Iterator[Dovecot]:
    """A server that has started, with one user and an empty mailbox."""
    # Not below the folders of the tests, which only their owner may enter; and short, since sockets lie in it.
    with tempfile.TemporaryDirectory(prefix="imap-", ignore_cleanup_errors=True) as folder:
        yield from _running(Path(folder))


def _running(home: Path) -> Iterator[Dovecot]:
    plain, secure = _free(), _free()
    authorities = _certificate(home)
    # Its login processes refuse to be root.
    who = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    user, group = who.pw_name, grp.getgrgid(who.pw_gid).gr_name
    (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    (home / "dovecot.conf").write_text(
        _CONFIGURATION.format(home=home, user=user, group=group, plain=plain, secure=secure), encoding="utf-8"
    )
    (home / "oauth2.conf").write_text(_TOKENS.format(home=home), encoding="utf-8")
    keys = home / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_bytes(base64.b64encode(_KEY))
    home.chmod(0o755)
    if os.geteuid() == 0:
        for path in (home, *home.iterdir()):
            os.chown(path, who.pw_uid, who.pw_gid)
    becoming = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    server = subprocess.Popen([found(), "-F", "-c", str(home / "dovecot.conf")], **becoming)
    try:
        _await(server, plain, home / "log")
        yield Dovecot(home, plain, secure, authorities)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                if line.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.1)
        assert server.poll() is None, log.read_text(encoding="utf-8") if log.exists() else "no log"
    raise AssertionError(f"Dovecot does not answer: {log.read_text(encoding='utf-8')}")


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


def _certificate(home: Path) -> Path:
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    asked = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext {names}"
    subprocess.run(
        [*asked.split(), "-keyout", str(home / "key.pem"), "-out", str(home / "cert.pem")],
        check=True,
        capture_output=True,
    )
    return home / "cert.pem"
