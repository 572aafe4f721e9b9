"""The exact bytes of a letter as mail: the same draft, addresses, identifier and date always give the same bytes."""

import email
import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from noticedesk.draft.clean import one_line
from noticedesk.draft.compile import Draft
from noticedesk.draft.markup import html


class Unsendable(ValueError):
    """A letter that must not leave: it is blocked, or an address or identifier of it cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above a letter: from whom, to whom, when, under which name, in answer to what and where to answer."""

    sender: str
    to: str
    message_id: str
    date: datetime
    in_reply_to: str = ""
    reply_to: str = ""


def message(draft: Draft, head: Head) -> bytes:
    """RFC 5322 bytes with CRLF, the words as text and as HTML (RFC 2046, 5.1.4). Raises Unsendable.

    Routine letters say that no person wrote them (RFC 3834).
    """
    if draft.blocked:
        raise Unsendable(f"{draft.template}: {'; '.join((*(f'[[{name}]]' for name in draft.blanks), *draft.problems))}")
    if head.date.tzinfo is None:
        raise Unsendable(f"{draft.template}: the date {head.date} has no offset")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address("sender", head.sender)
    mail["To"] = _address("recipient", head.to)
    if head.reply_to and head.reply_to != head.sender:
        mail["Reply-To"] = _address("reply address", head.reply_to)
    mail["Subject"] = one_line(draft.subject)
    mail["Date"] = format_datetime(head.date)
    mail["Message-ID"] = _identifier(head.message_id)
    answered = _answered(head.in_reply_to)
    if answered:
        mail["In-Reply-To"] = mail["References"] = answered
    if draft.routine:
        mail["Auto-Submitted"] = "auto-replied" if head.in_reply_to else "auto-generated"
        # Asks Exchange for no absence notes; delivery reports must still come.
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    _fill(mail, draft.text, draft.language)
    return mail.as_bytes()


def words_in(raw: bytes) -> str:
    """The words of a letter in its bytes, be they mail or, as long as it cannot be sent, its text."""
    if not _is_mail(raw):
        return raw.decode()
    plain = email.message_from_bytes(raw, EmailMessage, policy=SMTP).get_body(("plain",))
    return str(plain.get_content()).replace("\r\n", "\n") if plain else ""


def reworded(raw: bytes, words: str) -> bytes:
    """The bytes of a letter with other words: of a mail, under the same head."""
    if not _is_mail(raw):
        return words.encode()
    mail = email.message_from_bytes(raw, EmailMessage, policy=SMTP)
    language = str(mail["Content-Language"] or "en")
    mail.clear_content()
    _fill(mail, words, language)
    return mail.as_bytes()


def _is_mail(raw: bytes) -> bool:
    return raw.startswith(b"From: ") and b"\r\nMessage-ID: <" in raw


def _fill(mail: EmailMessage, words: str, language: str) -> None:
    """Puts the words into the mail, as text and as the same words in HTML."""
    mail.set_content(words, charset="utf-8", cte="quoted-printable")
    page = html(words, str(mail["Subject"]), language)
    mail.add_alternative(page, subtype="html", charset="utf-8", cte="quoted-printable")
    for part in mail.iter_parts():
        del part["MIME-Version"]
    # Quoted-printable writes every "=" as "=3D": no line of the parts can look like this.
    mail.set_boundary("=_" + hashlib.sha256(str(mail["Message-ID"]).encode()).hexdigest()[:32])
    mail["Content-Language"] = language


@lru_cache(maxsize=1_024)
def _address(role: str, text: str) -> Address:
    """One address; a second one, a line break or a missing part makes the letter unsendable."""
    if one_line(text) != text:
        raise Unsendable(f"{role} {text!r} has characters that no address has")
    try:
        read = SMTP.header_factory("To", text)
    except (IndexError, ValueError) as error:
        raise Unsendable(f"{role} {text!r}: {error}") from None
    addresses: tuple[Address, ...] = read.addresses
    if len(addresses) == 1 and not str(addresses[0]).isascii():
        raise Unsendable(f"{role} {text!r} has letters that not every mail server takes; write to it by hand")
    if read.defects or len(addresses) != 1 or not addresses[0].username or not addresses[0].domain:
        raise Unsendable(f"{role} {text!r} is not exactly one address")
    return addresses[0]


def _answered(identifier: str) -> str:
    """The Message-ID that is answered; empty where the sender's is none that can be repeated."""
    try:
        return _identifier(identifier) if identifier else ""
    except Unsendable:
        return ""


def _identifier(text: str) -> str:
    inner = text.removeprefix("<").removesuffix(">")
    if not inner.isascii() or not inner.isprintable() or inner.count("@") != 1 or set(inner) & set("<> "):
        raise Unsendable(f"{text!r} is no Message-ID; write <unique@domain>")
    return f"<{inner}>"
