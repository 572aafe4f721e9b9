"""The parts of a MIME message: its text, the files to be read, and all that is listed beside it."""

import email
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import Compat32

from noticedesk.intake import cms, markup, winmail
from noticedesk.intake.charset import decode
from noticedesk.intake.context import Unreadable
from noticedesk.intake.envelope import decoded
from noticedesk.model.document import Attachment

_MOST_PARTS = 500
_STUB = 5
_UNREAD_TYPES = ("image/", "audio/", "video/", "font/")
_ENDINGS = {"message/rfc822": ".eml", "text/csv": ".csv", "text/html": ".html", "application/pdf": ".pdf"}
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_PACKED = "application/ms-tnef"
_REPORTS = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"})


@dataclass(frozen=True, slots=True)
class Part:
    """An enclosed file: how it is listed, and its bytes."""

    attachment: Attachment
    payload: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """A message taken apart: `listed` are all its files, `files` those of a kind that a reader may know."""

    text: str
    listed: tuple[Part, ...]
    files: tuple[Part, ...]
    problems: tuple[str, ...] = ()


class _AsSent(Compat32):
    """Headers as they were sent: bytes beyond ASCII stay, to be read as UTF-8, and nothing is folded or judged anew."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("utf-8", "surrogateescape")


def parsed(raw: bytes) -> Message:
    """The message in the bytes; raises RecursionError when its parts are nested beyond reason."""
    return email.message_from_bytes(raw, policy=_AsSent())


def split(message: Message) -> Parts:
    """Takes a parsed message apart; raises RecursionError when its parts are nested beyond reason."""
    plain: list[str] = []
    pages: list[str] = []
    files: list[Part] = []
    problems: list[str] = []
    for number, part in enumerate(_leaves(message)):
        if number >= _MOST_PARTS:
            problems.append(f"only the first {_MOST_PARTS} of its parts were read")
            break
        kind = part.get_content_type()
        if kind == "multipart/encrypted" or kind.endswith("/pgp-encrypted"):
            problems.append("a part is encrypted and cannot be read")
        elif _inline(part) and kind in {"text/plain", "text/html"}:
            (plain if kind == "text/plain" else pages).append(_text(part))
        elif kind == _PACKED or _name(part).lower() == "winmail.dat":
            problems.extend(_unpack(part, number, plain, files))
        else:
            files.append(_file(part, number))
    if _announces_parts(message) and not (plain or pages or files):
        plain.append(_text(message))
        problems.append("it announces parts that are not there")
    return Parts(_best(plain, pages), tuple(files), tuple(filter(_readable, files)), tuple(problems))


def named(name: str, payload: bytes) -> Part:
    """A file that some container holds under a name."""
    digest = hashlib.sha256(payload).hexdigest()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Part(Attachment(name=name or "part", media_type=kind, sha256=digest, size=len(payload)), payload)


def _unpack(part: Message, number: int, plain: list[str], files: list[Part]) -> list[str]:
    """Adds what Outlook has packed; its body counts where the message has no other. What is wrong with it."""
    try:
        packed = winmail.unpacked(_payload(part))
    except Unreadable:
        # Listed as it is: the reader of such files says why.
        files.append(_file(part, number))
        return []
    files.extend(named(name, payload) for name, payload in packed.files)
    if packed.text.strip() and not any(text.strip() for text in plain):
        plain[:] = [packed.text]
    return [f"{_name(part)}: {packed.problem}"] if packed.problem else []


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold content, in order; an attached message is one part, and is not entered."""
    waiting = [message]
    wrapped = 0
    while waiting:
        part = waiting.pop()
        if cms.is_wrapped(part.get_content_type()) and wrapped < cms.MAX_NESTED:
            content = cms.inside(_payload(part))
            if content is not None:
                wrapped += 1
                waiting.append(parsed(content))
                continue
        children = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(children, list):
            if part.get_content_type() == "multipart/encrypted":
                yield part
            waiting.extend(child for child in reversed(children) if isinstance(child, Message))
        elif part.get_content_maintype() != "multipart" or part is message:
            yield part


def _announces_parts(message: Message) -> bool:
    return message.get_content_maintype() == "multipart" and not isinstance(message.get_payload(), list)


def _inline(part: Message) -> bool:
    return part.get_content_disposition() != "attachment" and not _name(part)


def _name(part: Message) -> str:
    """The file name as the sender gives it, without folders; the empty string when it gives none that can be read."""
    try:
        name = part.get_filename() or ""
    except (LookupError, ValueError, TypeError, AttributeError):
        # The standard library stumbles over some malformed parameters.
        return "unnamed"
    return decoded(name).replace("\\", "/").rpartition("/")[2].strip()[:200]


def _text(part: Message) -> str:
    payload = _payload(part)
    text = decode(payload, part.get_content_charset("") or "")
    return markup.text_of(text) if part.get_content_type() == "text/html" else text


def _payload(part: Message) -> bytes:
    if part.get_content_maintype() == "message":
        children = part.get_payload()
        inner = children if isinstance(children, list) else []
        return b"".join(child.as_bytes() for child in inner if isinstance(child, Message))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")


def _file(part: Message, number: int) -> Part:
    payload = _payload(part)
    kind = decoded(part.get_content_type())
    name = _name(part) or f"part-{number + 1}{_ENDINGS.get(kind, '')}"
    digest = hashlib.sha256(payload).hexdigest()
    return Part(Attachment(name=name, media_type=kind, sha256=digest, size=len(payload)), payload)


def _readable(part: Part) -> bool:
    kind = part.attachment.media_type
    unread = kind.startswith(_UNREAD_TYPES) or kind in _SIGNATURES or kind in _REPORTS
    return not unread and bool(part.payload.strip())


def _best(plain: list[str], pages: list[str]) -> str:
    """The plain text, unless it is a stub ("your program shows no HTML") beside a page that says more."""
    text, page = "\n".join(plain), "\n".join(pages)
    stub = len(text.strip()) * _STUB < len(page.strip()) or ("://" in page and "://" not in text)
    return page if page.strip() and stub else text
