"""What is not opened is named."""

import pytest

from noticedesk import intake
from noticedesk.intake.foreign import SIGNATURES
from tests.noticedesk.intake.cases import multipart

SIGNED = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01"


@pytest.mark.parametrize(("signature", "words"), SIGNATURES, ids=[words for _, words in SIGNATURES])
def test_what_arrived_is_named_and_listed(signature: bytes, words: str) -> None:
    (document,) = intake.read(signature + b"\x00rest", "file")
    assert document.reader == "none" and words in document.problem
    assert [attachment.name for attachment in document.attachments] == ["file"]


def test_what_is_encrypted_and_a_broken_signature_go_to_a_person() -> None:
    assert "broken" in intake.read(SIGNED, "smime.p7m")[0].problem
    assert "encrypted with S/MIME" in intake.read(SIGNED.replace(b"\x07\x02", b"\x07\x03"), "smime.p7m")[0].problem


def test_a_message_beside_its_signature_is_read() -> None:
    parts = [
        ("Content-Type: text/plain", "Dear agent"),
        ("Content-Type: application/pkcs7-signature; name=smime.p7s", "x"),
    ]
    (document,) = intake.read(multipart(*parts, kind="signed"))
    assert document.text.strip() == "Dear agent" and document.problem == ""
