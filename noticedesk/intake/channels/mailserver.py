"""The mail server of an IMAP source: its URL, the encrypted line to it, and signing in."""

import imaplib
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from noticedesk.intake.channels.source import Source, SourceError
from noticedesk.intake.channels.token import access_token
from noticedesk.settings import SettingError, nearest

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

TIMEOUT = 60.0
"""Seconds that the server may be silent at any step."""

_PORTS = {"imap": 143, "imap+starttls": 143, "imaps": 993}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where a mailbox lies; `scheme` says how the line is encrypted, imap only on this machine: not at all."""

    scheme: str
    host: str
    port: int
    user: str
    folder: str


def mail_server(source: Source) -> MailServer:
    """The server of a source's path, as imaps://user@host/folder; raises SettingError for what cannot be meant."""
    try:
        parts = urlsplit(source.path)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SettingError(f"source {source.id}: its path cannot be read: {error}") from None
    if parts.scheme not in _PORTS:
        raise SettingError(
            f"source {source.id}: {parts.scheme or 'nothing'} is no way to a mailbox{nearest(parts.scheme, _PORTS)}"
        )
    if parts.password is not None:
        raise SettingError(f"source {source.id}: its path holds a password; put it into the environment")
    if not host or not parts.username:
        raise SettingError(f"source {source.id}: write its path as imaps://user@mail.example/INBOX")
    if parts.scheme == "imap" and not _loopback(host):
        raise SettingError(
            f"source {source.id}: it would sign in without encryption; write imaps:// or imap+starttls://"
        )
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    return MailServer(parts.scheme, host, port or _PORTS[parts.scheme], unquote(parts.username), folder)


def signed_in(server: MailServer, source: Source, secret: str) -> "BaseMailBox":
    """A connection that has signed in; raises SourceError that names the source and what went wrong."""
    if not secret:
        name = source.id.upper().replace("-", "_")
        raise SettingError(f"source {source.id}: set NOTICEDESK_SECRET_{name} to what {server.user} signs in with")
    with telling(source):
        token = access_token(source.oauth2, secret, source.authorities) if source.oauth2 else ""
        box = _connected(server, source.authorities)
        try:
            if token:
                box.xoauth2(server.user, token, initial_folder=None)
            elif secret.isascii() and server.user.isascii():
                box.login(server.user, secret, initial_folder=None)
            else:
                box.login_utf8(server.user, secret, initial_folder=None)
        except BaseException:
            with suppress(OSError):
                box.client.shutdown()
            raise
    return box


def encoded(folder: str) -> str:
    """The name of a folder as IMAP writes it (modified UTF-7, quoted)."""
    # Imported late: it is needed only where there is a mailbox to read.
    from imap_tools.utils import encode_folder

    return str(encode_folder(folder), "ascii")


@contextmanager
def telling(source: Source) -> Iterator[None]:
    """Tells what goes wrong with a server as an error of its source."""
    # Imported late: it is needed only where there is a mailbox to read.
    from imap_tools import ImapToolsError

    try:
        yield
    except SourceError:
        raise
    except (ImapToolsError, imaplib.IMAP4.error, OSError, EOFError) as error:
        raise SourceError(f"source {source.id}: {type(error).__name__}: {str(error)[:300]}") from error


def _connected(server: MailServer, authorities: str) -> "BaseMailBox":
    # Imported late: see above.
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    if server.scheme == "imap":
        return MailBoxUnencrypted(server.host, server.port, timeout=TIMEOUT)
    trusted = ssl.create_default_context(cafile=authorities or None)
    if server.scheme == "imaps":
        return MailBox(server.host, server.port, timeout=TIMEOUT, ssl_context=trusted)
    return MailBoxStartTls(server.host, server.port, timeout=TIMEOUT, ssl_context=trusted)


def _loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
