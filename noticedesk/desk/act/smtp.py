"""The one door of mail: fixed bytes go to the mail server unchanged, and how that ended is told in three kinds."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from noticedesk.settings import SettingError, nearest

TIMEOUT = 30.0
"""Seconds that the server may be silent at any step but the last."""

AFTER_DATA = 180.0
"""Seconds that it may take to say whether it has accepted a letter: filters run then (RFC 5321, 4.5.3.2.6)."""

_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
"""Printable ASCII without spaces and angle brackets: nothing in it can begin a command of its own."""

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class RefusedForGood(Exception):
    """The server will never take this letter (5xx): what it said."""


class TryAgain(Exception):
    """The server took nothing and may do so later (4xx, or the connection ended before the letter was handed over)."""


class Uncertain(Exception):
    """The letter was handed over and no answer came: it may be on its way, and sending it again may repeat it."""


class NoServer(Exception):
    """No letter can leave at all: the server is not reached, or does not let us in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mail is handed over; `scheme` says how: smtp is in the clear, smtp+starttls and smtps are not."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: str = ""


def server(url: str, password: str, authorities: str = "") -> Server:
    """The server of NOTICEDESK_SMTP, as smtp+starttls://user@host:587; `authorities` is a file of trusted certificates.

    Raises SettingError for a URL that cannot be used, for a login without encryption, and for one without a password.
    """
    if not url:
        raise SettingError("no mail server to send by: set NOTICEDESK_SMTP, as smtp+starttls://user@mail.example:587")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SettingError(f"NOTICEDESK_SMTP cannot be read: {error}") from None
    if parts.scheme not in _PORTS:
        raise SettingError(f"NOTICEDESK_SMTP: {parts.scheme or 'nothing'} is no way{nearest(parts.scheme, _PORTS)}")
    if not host:
        raise SettingError("NOTICEDESK_SMTP names no host; write it as smtp+starttls://user@mail.example:587")
    if parts.password:
        raise SettingError("NOTICEDESK_SMTP holds a password; put it into NOTICEDESK_SMTP_PASSWORD")
    user = unquote(parts.username or "")
    if user and parts.scheme == "smtp":
        raise SettingError("NOTICEDESK_SMTP would log in without encryption; write smtp+starttls:// or smtps://")
    if user and not password:
        raise SettingError(f"NOTICEDESK_SMTP logs in as {user}: set NOTICEDESK_SMTP_PASSWORD")
    return Server(
        scheme=parts.scheme,
        host=host,
        port=port or _PORTS[parts.scheme],
        user=user,
        password=password,
        authorities=authorities,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """An open line to the mail server, over which letters go one after another."""

    client: smtplib.SMTP

    def send(self, raw: bytes, sender: str, to: str) -> str:
        """Hands one letter over, its bytes unchanged; what the server answered to it.

        Raises RefusedForGood, TryAgain, or Uncertain where the line broke after the letter was handed over.
        """
        if not (_ADDRESS.fullmatch(sender) and _ADDRESS.fullmatch(to)):
            raise RefusedForGood("an address of it cannot be written to a mail server")
        try:
            self._address(raw, sender, to)
        except OSError as error:
            self.client.close()
            raise TryAgain(f"the line broke before the letter was handed over: {error}") from None
        return self._hand_over(raw)

    def _address(self, raw: bytes, sender: str, to: str) -> None:
        self.client.rset()
        options = [f"size={len(raw)}"] if self.client.has_extn("size") else []
        if self.client.has_extn("8bitmime") and not raw.isascii():
            options.append("body=8bitmime")
        self._introduce(*self.client.mail(sender, options))
        _judge(*self.client.rcpt(to))
        _judge(*self.client.docmd("DATA"), wanted=354)

    def _introduce(self, code: int, said: bytes) -> None:
        """Who may not send at all learns nothing about one letter; but one may be too large (552)."""
        if 500 <= code <= 599 and code != 552:
            raise NoServer(f"it does not let us send: {code} {_told(said)}")
        _judge(code, said)

    def _hand_over(self, raw: bytes) -> str:
        """The letter and its final dot; from here on silence is no refusal."""
        try:
            if self.client.sock is not None:
                self.client.sock.settimeout(AFTER_DATA)
            self.client.send(_dotted(raw))
            code, said = self.client.getreply()
            if self.client.sock is not None:
                self.client.sock.settimeout(TIMEOUT)
        except (smtplib.SMTPException, OSError) as error:
            self.client.close()
            raise Uncertain(f"no answer came after the letter was handed over: {error}") from None
        _judge(code, said)
        return f"{code} {_told(said)}"


@contextmanager
def line(to: Server) -> Iterator[Line]:
    """An open, encrypted and logged-in line; raises NoServer with what went wrong."""
    client = _opened(to)
    try:
        yield Line(client)
    finally:
        _close(client)


def _opened(to: Server) -> smtplib.SMTP:
    client: smtplib.SMTP | None = None
    try:
        context = ssl.create_default_context(cafile=to.authorities or None)
        if to.scheme == "smtps":
            client = smtplib.SMTP_SSL(to.host, to.port, timeout=TIMEOUT, context=context)
        else:
            client = smtplib.SMTP(to.host, to.port, timeout=TIMEOUT)
        client.ehlo_or_helo_if_needed()
        if to.scheme == "smtp+starttls":
            client.starttls(context=context)
            client.ehlo()
        if to.user:
            client.login(to.user, to.password)
    except (smtplib.SMTPException, OSError) as error:
        if client is not None:
            client.close()
        raise NoServer(f"{to.host}:{to.port} ({to.scheme}): {_reason(error)}") from None
    return client


def _close(client: smtplib.SMTP) -> None:
    """Takes leave; a server that is gone already is no error, for every letter has had its answer."""
    try:
        client.quit()
    except (smtplib.SMTPException, OSError):
        client.close()


def _judge(code: int, said: bytes, wanted: int = 250) -> None:
    """Raises TryAgain or RefusedForGood unless the answer is the wanted one (251 counts as taken)."""
    if code == wanted or (wanted == 250 and code == 251):
        return
    if 500 <= code <= 599:
        raise RefusedForGood(f"{code} {_told(said)}")
    raise TryAgain(f"{code} {_told(said)}")


def _dotted(raw: bytes) -> bytes:
    """The letter as it goes over the line: a dot at the start of a line doubled (RFC 5321, 4.5.2), and the end."""
    stuffed = raw.replace(b"\r\n.", b"\r\n..")
    stuffed = b"." + stuffed if stuffed.startswith(b".") else stuffed
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _told(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())[:300]


def _reason(error: Exception) -> str:
    """What the server or the network said; never the password, which no answer repeats."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        return f"{error.smtp_code} {_told(said)}"
    return str(error) or type(error).__name__
