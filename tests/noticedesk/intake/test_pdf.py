"""PDF files that hold text."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from noticedesk import intake
from noticedesk.intake import pdf
from noticedesk.model.document import Document, Field
from tests.noticedesk.intake.cases import multipart


def written(*pages: str, link: str = "", password: str = "", owner: str = "") -> bytes:
    """A PDF with a line of Helvetica on each page."""
    writer = PdfWriter()
    for words in pages:
        page = writer.add_blank_page(400, 400)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = StreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 300 Td ({words}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if link:
        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url=link))
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def only(raw: bytes) -> Document:
    (document,) = intake.read(raw, "notice.pdf")
    return document


def test_the_text_of_every_page_is_read() -> None:
    document = only(written("Dear agent, my picture is used.", "Ann Example"))
    assert document.reader == "pdf" and document.problem == ""
    assert document.text.index("my picture is used.") < document.text.index("Ann Example")


def test_the_address_behind_a_link_is_shown() -> None:
    assert "<https://m.example/1>" in only(written("see here", link="https://m.example/1")).text


def test_form_fields_are_answers() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(written("Form"))))
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("Signature"),
            NameObject("/V"): TextStringObject("Ann Example"),
        }
    )
    from pypdf.generic import ArrayObject

    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[NameObject("/AcroForm")] = form
    buffer = io.BytesIO()
    writer.write(buffer)
    assert [answer.value for answer in only(buffer.getvalue()).answers_to(Field.SIGNATURE)] == ["Ann Example"]


def test_a_locked_file_goes_to_a_person_and_one_that_only_forbids_printing_is_read() -> None:
    assert "locked with a password" in only(written("Dear agent", password="x")).problem
    assert "Dear agent" in only(written("Dear agent", owner="x")).text


def test_empty_pages_go_to_a_person() -> None:
    assert "no words in the 1 pages of the PDF; they are empty" in only(written("")).problem


def test_pages_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    document = only(written("one", "two"))
    assert "two" not in document.text and document.problem == "only the first 1 of 2 pages were read"


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 3000, written("Dear agent")[:300]])
def test_a_broken_file_goes_to_a_person(raw: bytes) -> None:
    assert only(raw).problem


def test_an_attached_letter_in_pdf_belongs_to_its_cover() -> None:
    head = 'Content-Type: application/pdf; name="letter.pdf"\nContent-Transfer-Encoding: base64'
    import base64

    encoded = base64.encodebytes(written("my picture is used.")).decode()
    (document,) = intake.read(multipart(("Content-Type: text/plain", "See the letter."), (head, encoded)))
    assert "See the letter." in document.text and "my picture is used." in document.text
