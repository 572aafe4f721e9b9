"""Pictures enclosed in a mail are found by the digest under which the document lists them."""

from noticedesk import intake
from noticedesk.intake.attached import pictures
from tests.noticedesk.intake.cases import multipart

PICTURE = ('Content-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64', "iVBORw0KGgo=")


def test_a_picture_has_the_digest_that_the_document_lists() -> None:
    raw = multipart(("Content-Type: text/plain", "Dear agent"), PICTURE, ("Content-Type: text/csv", "a,b"))
    (document,) = intake.read(raw)
    assert pictures(raw) == {document.attachments[0].sha256: b"\x89PNG\r\n\x1a\n"}


def test_what_is_no_mail_encloses_none() -> None:
    assert pictures(b"\x00\xff") == {} and pictures(b"Dear agent") == {}
