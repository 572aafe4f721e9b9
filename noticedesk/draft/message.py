"""The exact bytes of a letter as mail: the same draft, addresses, identifier and date always give the same bytes."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from noticedesk.draft.clean import one_line
from noticedesk.draft.compile import Draft


class Unsendable(ValueError):
    """A letter that must not leave: it is blocked, or an address or identifier of it cannot be used."""


def message(draft: Draft, *, sender: str, to: str, message_id: str, in_reply_to: str | None, date: datetime) -> bytes:
    """RFC 5322 bytes with CRLF; routine letters bear Auto-Submitted (RFC 3834). Raises Unsendable."""
    if draft.blocked:
        raise Unsendable(f"{draft.template}: {'; '.join((*(f'[[{name}]]' for name in draft.blanks), *draft.problems))}")
    if date.tzinfo is None:
        raise Unsendable(f"{draft.template}: the date {date} has no offset")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address("sender", sender)
    mail["To"] = _address("recipient", to)
    mail["Subject"] = one_line(draft.subject)
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = _identifier(message_id)
    if in_reply_to:
        mail["In-Reply-To"] = mail["References"] = _identifier(in_reply_to)
    if draft.routine:
        mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = draft.language
    mail.set_content(draft.text, charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def _address(role: str, text: str) -> Address:
    """One address; a second one, a line break or a missing part makes the letter unsendable."""
    if one_line(text) != text:
        raise Unsendable(f"{role} {text!r} has characters that no address has")
    try:
        read = SMTP.header_factory("To", text)
    except (IndexError, ValueError) as error:
        raise Unsendable(f"{role} {text!r}: {error}") from None
    addresses: tuple[Address, ...] = read.addresses
    if read.defects or len(addresses) != 1 or not addresses[0].username or not addresses[0].domain:
        raise Unsendable(f"{role} {text!r} is not exactly one address")
    return addresses[0]


def _identifier(text: str) -> str:
    inner = text.removeprefix("<").removesuffix(">")
    if not inner.isascii() or not inner.isprintable() or inner.count("@") != 1 or set(inner) & set("<> "):
        raise Unsendable(f"{text!r} is no Message-ID; write <unique@domain>")
    return f"<{inner}>"
