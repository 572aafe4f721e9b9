"""Words in scanned pages, recognised by Tesseract where the extra `ocr` and that program are installed."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from noticedesk.intake.charset import clean

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdf import PageObject

MAX_SECONDS = 10
"""How long one page may take."""

# Every further one makes it slower.
_MOST_LANGUAGES = 4
_SMALLEST = 200
_LARGEST_SIDE = 3500


def available() -> bool:
    """Whether scans can be read here."""
    return find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def words(page: "PageObject") -> str:
    """The words in the pictures of a page, as far as they were recognised; raises TimeoutError."""
    # Imported late: few documents are scans, and the extra may be missing.
    import pytesseract

    found = []
    for picture in _pictures(page):
        try:
            found.append(str(pytesseract.image_to_string(picture, lang=_languages(), timeout=MAX_SECONDS)))
        except RuntimeError as error:
            # The library has no error of its own for what it stopped.
            raise TimeoutError(str(error)) from None
    return clean("\n".join(found)).strip()


@cache
def _languages() -> str:
    """The languages that are installed beside Tesseract, as it wants them named."""
    import pytesseract

    known = sorted(set(pytesseract.get_languages()) - {"osd", "equ"})
    return "+".join(sorted(known, key="eng".__ne__)[:_MOST_LANGUAGES])


def _pictures(page: "PageObject") -> Iterator["Image"]:
    """The pictures of a page that may hold words, no larger than they need to be."""
    from PIL.Image import DecompressionBombError

    for item in page.images:
        picture = None
        # What cannot be decoded has no words to recognise; the page then counts as unread.
        with suppress(OSError, ValueError, SyntaxError, KeyError, NotImplementedError, DecompressionBombError):
            picture = item.image
        if picture is not None and min(picture.size) >= _SMALLEST:
            shown = picture.convert("L")
            shown.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
            yield shown
