"""Messages saved by Outlook."""

import pytest

from noticedesk import intake
from noticedesk.model.document import Document, Field
from tests.noticedesk.intake import compound
from tests.noticedesk.intake.compound import message

HEADERS = (
    "From: Ann Example <ann@example.org>\r\nTo: agent@market.example\r\nMessage-ID: <7@example.org>\r\nSubject: Two\r\n"
)


def only(raw: bytes) -> Document:
    (document,) = intake.read(raw, "notice.msg")
    return document


def test_the_letter_and_its_headers_are_read() -> None:
    document = only(message("Dear agent,\r\nmy picture – used.\r\nAnn", headers=HEADERS))
    assert (document.reader, document.text) == ("outlook", "Dear agent,\nmy picture – used.\nAnn")
    assert (document.envelope.sender, document.envelope.message_id) == ("ann@example.org", "<7@example.org>")


def test_a_message_that_never_travelled_has_the_sender_of_its_properties() -> None:
    assert only(message("Dear agent", sender="ann@example.org")).envelope.sender == "ann@example.org"


def test_attachments_are_listed_and_read() -> None:
    files = {
        "list.csv": b"Infringing URL,Item ID\nhttps://m.example/1,0012\n",
        "proof.png": b"\x89PNG\r\n\x1a\n" + b"x" * 9000,
    }
    document = only(message("I have a good faith belief.", headers=HEADERS, files=files))
    assert [attachment.name for attachment in document.attachments] == ["list.csv", "proof.png"]
    assert [attachment.size for attachment in document.attachments] == [len(content) for content in files.values()]
    assert [answer.value for answer in document.answers_to(Field.ITEM_ID)] == ["0012"]
    assert "good faith" in document.text


@pytest.mark.parametrize("cut", [600, 2000, 4000])
def test_a_broken_message_goes_to_a_person(cut: int) -> None:
    raw = message("Dear agent", headers=HEADERS, files={"a": b"x" * 5000})
    assert only(raw[:-cut]).problem


def test_another_compound_file_is_an_office_document() -> None:
    assert "Office document" in only(compound.compound({"WordDocument": b"x" * 5000})).problem
