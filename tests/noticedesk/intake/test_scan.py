"""Scans: read by Tesseract where it is, told to a person where it is not, and never taken for the sender's own text."""

import io
import shutil

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

from noticedesk import intake
from noticedesk.intake import scan
from noticedesk.model.document import Document
from tests import apt
from tests.noticedesk.intake.test_pdf import written

LETTER = "Dear agent,\n\nmy photograph is shown at\nhttps://market.example/item/1\nwithout my permission."


def scanned(text: str) -> bytes:
    """A page that is a picture."""
    page = Image.new("L", (1240, 900), 255)
    ImageDraw.Draw(page).text((80, 80), text, fill=0, font=ImageFont.load_default(size=40))
    file = io.BytesIO()
    page.save(file, "PDF", resolution=150)
    return file.getvalue()


def together(*files: bytes) -> bytes:
    writer = PdfWriter()
    for raw in files:
        writer.append(PdfReader(io.BytesIO(raw)))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def only(raw: bytes) -> Document:
    (document,) = intake.read(raw, "notice.pdf")
    return document


@pytest.fixture
def tesseract() -> None:
    """Skips the test where there is no Tesseract; in CI it is installed."""
    if not shutil.which("tesseract"):
        apt.install("tesseract-ocr")
    if not scan.available():
        pytest.skip(f"no Tesseract; run: {apt.command('tesseract-ocr')}")


def test_a_scan_is_read_and_says_so(tesseract: None) -> None:
    document = only(scanned(LETTER))
    assert "my photograph is shown at" in document.text and "market.example/item/1" in document.text
    assert "the words of page 1 were recognised in pictures; compare them" in document.problem


def test_a_scanned_page_behind_a_written_one_is_read_too(tesseract: None) -> None:
    document = only(together(written("See the letter."), scanned(LETTER)))
    assert document.text.index("See the letter.") < document.text.index("my photograph")
    assert "page 2" in document.problem


def test_a_page_that_takes_too_long_is_left_to_a_person(tesseract: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MAX_SECONDS", 0.001)
    assert "page 1: they are pictures, and no words were recognised" in only(scanned(LETTER)).problem


def test_without_tesseract_a_person_learns_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    assert "without the extra ocr their words are not read" in only(scanned(LETTER)).problem
    mixed = only(together(written("See the letter."), scanned(LETTER)))
    assert "See the letter." in mixed.text and "page 2: they are pictures" in mixed.problem


def test_a_picture_without_words_is_left_to_a_person(tesseract: None) -> None:
    assert "no words were recognised" in only(scanned("")).problem
