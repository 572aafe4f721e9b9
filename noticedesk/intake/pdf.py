"""Reads PDF files: the text of pages, form fields and the addresses behind links; scans where they can be."""

import io
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from noticedesk.intake import scan
from noticedesk.intake.charset import clean
from noticedesk.intake.context import Context, Documents, Unreadable
from noticedesk.intake.quotes import forwarded
from noticedesk.intake.rendering import Rendering
from noticedesk.intake.rules import Rules
from noticedesk.model.document import Document

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

NAME = "pdf"

MAX_PAGES = 300
MAX_CHARACTERS = 5_000_000
MAX_SECONDS = 20.0
"""After so long no further page is begun; a page that never ends is for the sandbox to stop."""

MAX_SCANNING = 8.0
"""After so many seconds no further page is recognised; together with one page this stays below the sandbox's limit."""

_BEGINS_WITHIN = 1024
_MOST_LINKS = 2000
_MOST_NAMED = 10


def score(raw: bytes, name: str) -> float:
    """Sure by the signature, which may have a little rubbish in front."""
    return 0.85 if b"%PDF-" in raw[:_BEGINS_WITHIN] else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document; raises Unreadable for a password, for pages that are pictures, and for what is broken."""
    # Imported late: it takes half a second, and few documents are PDF files.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("the PDF is locked with a password; the sender has to send it without one")
        return (_document(reader, context.rules),)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError) as error:
        # Malformed objects surface as any of these.
        raise Unreadable(f"the PDF is broken ({type(error).__name__}: {str(error)[:150]})") from None
    except RecursionError:
        raise Unreadable("the PDF is broken: its objects contain one another") from None


def _document(reader: "PdfReader", rules: Rules) -> Document:
    pages, problem = _pages(reader)
    pages, recognised = _with_scans(reader, pages)
    rendering = Rendering("\n\n".join(pages) + "\n" if any(page.strip() for page in pages) else "")
    for key, value in (reader.get_form_text_fields() or {}).items():
        if value and str(value).strip():
            rendering.add(str(key), str(value), str(key), rules.field_of(str(key)))
    if not rendering.text.strip():
        raise Unreadable(f"there are no words in the {len(pages)} pages of the PDF; {recognised or 'they are empty'}")
    return Document(
        reader=NAME,
        text=rendering.text,
        answers=rendering.answers,
        original=forwarded(rendering.text, rules),
        problem="; ".join(filter(None, [problem, recognised])),
    )


def _pages(reader: "PdfReader") -> tuple[list[str], str]:
    """The text of the pages, and a note where not all were read."""
    started, total = time.monotonic(), len(reader.pages)
    texts: list[str] = []
    for number in range(total):
        late = time.monotonic() - started > MAX_SECONDS
        if late or number >= MAX_PAGES or sum(map(len, texts)) > MAX_CHARACTERS:
            return texts, f"only the first {number} of {total} pages were read"
        texts.append(_page(reader.pages[number]))
    return texts, ""


def _with_scans(reader: "PdfReader", pages: list[str]) -> tuple[list[str], str]:
    """The pages, with the words recognised in those that are pictures; and a note on them."""
    scans = [number for number, text in enumerate(pages) if not text.strip() and len(reader.pages[number].images)]
    if not scans:
        return pages, ""
    read: dict[int, str] = {}
    started = time.monotonic()
    for number in scans if scan.available() else ():
        if time.monotonic() - started > MAX_SCANNING:
            break
        with suppress(TimeoutError):
            read[number] = scan.words(reader.pages[number])
    return [read.get(number, text) for number, text in enumerate(pages)], _told(scans, read)


def _told(scans: list[int], read: dict[int, str]) -> str:
    """What was recognised and what was not, by the numbers of pages."""
    done = [number + 1 for number in scans if read.get(number)]
    left = [number + 1 for number in scans if not read.get(number)]
    notes = []
    if done:
        notes.append(f"the words of {_listed(done)} were recognised in pictures; compare them with the original")
    if left:
        why = "no words were recognised" if scan.available() else "without the extra ocr their words are not read"
        notes.append(f"{_listed(left)}: they are pictures, and {why}")
    return "; ".join(notes)


def _listed(numbers: list[int]) -> str:
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers[:_MOST_NAMED]))}{more}"


def _page(page: "PageObject") -> str:
    text = clean(page.extract_text())
    links = [link for link in dict.fromkeys(_links(page)) if link not in text]
    return "\n".join([text, *(f"<{link}>" for link in links)])


def _links(page: "PageObject") -> Iterator[str]:
    """The addresses behind the links of a page."""
    for number, annotation in enumerate(page.annotations or []):
        if number >= _MOST_LINKS:
            return
        action = annotation.get_object().get("/A")
        target = action.get_object().get("/URI") if action is not None else None
        if target is not None:
            yield clean(str(target.get_object()))
