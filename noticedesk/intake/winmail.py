"""What Outlook packs into winmail.dat (TNEF, [MS-OXTNEF]): a message's body and its files."""

import logging
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from noticedesk.intake import markup, rtf
from noticedesk.intake.charset import clean, decode
from noticedesk.intake.context import Unreadable

if TYPE_CHECKING:
    from tnefparse import TNEF

SIGNATURE = b"\x78\x9f\x3e\x22"

# Bytes before the first attribute, and around the data of each ([MS-OXTNEF], 2.1.3).
_HEAD, _ATTRIBUTE = 6, 11
# The parser takes zeros off the end, which the checksum counts.
_STRIPPED = bytes(16)
_MOST_FILES = 200
_MOST_RICH_TEXT = 16 * 2**20
_MOST_ATTRIBUTES = 2_000
# The parser copies what lies behind an attribute for each of them.
_MOST_COPIED = 8 * 2**30


@dataclass(frozen=True, slots=True)
class Packed:
    """A message that was packed: its words, its files by name, and what is wrong with it."""

    text: str
    files: tuple[tuple[str, bytes], ...]
    problem: str = ""


def unpacked(raw: bytes) -> Packed:
    """What is in a winmail.dat; raises Unreadable when it is broken."""
    # Imported late: few messages are packed.
    from tnefparse import TNEF, mapi

    attributes, end = _walked(raw)
    if attributes > _MOST_ATTRIBUTES or attributes * len(raw) > _MOST_COPIED:
        raise Unreadable(f"the message that Outlook packed has {attributes:,} parts, too many for its size")
    # The parser believes every count that the bytes state, and goes on counting behind their end.
    counts = _Counts(len(raw))
    mapi.range = counts
    # It warns of checksums that Outlook itself gets wrong.
    logging.getLogger("tnefparse").setLevel(logging.ERROR)
    try:
        packed = TNEF(raw, do_checksum=False)
        files = tuple(
            (_name(clean(str(item.long_filename()))), bytes(item.data)) for item in packed.attachments[:_MOST_FILES]
        )
        text, problem = _text(packed)
    except RecursionError:
        raise Unreadable("the message that Outlook packed is broken: its messages contain one another") from None
    # The library checks little; malformed properties surface as any of these.
    except (ValueError, LookupError, TypeError, AttributeError, OSError, AssertionError, OverflowError) as error:
        raise _broken(error) from None
    except (struct.error, NameError, NotImplementedError) as error:
        raise _broken(error) from None
    if counts.left < 0:
        raise Unreadable("the message that Outlook packed is broken: it counts more values than it has bytes")
    if not (files or text.strip() or problem):
        raise Unreadable("the message that Outlook packed is empty or broken")
    return Packed(text, files, "the message that Outlook packed is cut off" if end > len(raw) else problem)


@dataclass(slots=True)
class _Counts:
    """Stands in for `range` in the parser: what is counted together is never more than the bytes (`left`)."""

    left: int

    def __call__(self, count: int) -> range:
        self.left -= count
        if self.left < 0:
            raise ValueError("more values than bytes")
        return range(count)


def rich_text(compressed: bytes) -> str:
    """The words of compressed rich text ([MS-OXRTFCP]), as Outlook keeps them; raises Unreadable."""
    # Imported late: few messages are rich text only.
    from compressed_rtf import decompress

    size = int.from_bytes(compressed[4:8], "little")
    if size > _MOST_RICH_TEXT:
        raise Unreadable(f"its rich text would have {size:,} bytes")
    try:
        return rtf.text_of(bytes(decompress(compressed + _STRIPPED)))
    except Unreadable:
        raise
    # It raises bare Exception for a wrong checksum or kind.
    except Exception as error:
        raise Unreadable(f"its rich text is broken ({str(error)[:150]})") from None


def _text(packed: "TNEF") -> tuple[str, str]:
    """The plain body, else the page, else the rich text; and why the rich text cannot be read."""
    plain, page = _decoded(packed.body), _decoded(packed.htmlbody)
    if plain.strip():
        return clean(plain), ""
    if page.strip():
        return markup.text_of(clean(page)), ""
    try:
        return (rich_text(packed._rtfbody), "") if packed._rtfbody else ("", "")
    except Unreadable as reason:
        return "", str(reason)


def _walked(raw: bytes) -> tuple[int, int]:
    """How many attributes there are, and where the last ends: behind the bytes where it claims more than there are."""
    count, at = 0, _HEAD
    while at + _ATTRIBUTE < len(raw):
        count, at = count + 1, at + _ATTRIBUTE + int.from_bytes(raw[at + 5 : at + 9], "little")
    return count, at


def _decoded(body: object) -> str:
    if isinstance(body, (list, tuple)):
        return "\n".join(_decoded(item) for item in body)
    return decode(body.rstrip(b"\0")) if isinstance(body, bytes) else str(body or "").rstrip("\0")


def _name(name: str) -> str:
    return " ".join(name.strip("\0").replace("\\", "/").rpartition("/")[2].split())[:200]


def _broken(error: Exception) -> Unreadable:
    return Unreadable(f"the message that Outlook packed is broken ({type(error).__name__}: {str(error)[:150]})")
