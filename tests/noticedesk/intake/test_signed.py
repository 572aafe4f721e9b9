"""A message inside its own S/MIME signature is read; the signature is not judged, and says nothing about the sender."""

import base64

from noticedesk import intake
from noticedesk.intake import cms
from noticedesk.model.notice import Verified
from tests.noticedesk.intake.cases import mail, multipart
from tests.noticedesk.intake.containers import signed

INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nDear agent,\r\nmy picture is used.\r\n"
HEADERS = {"Content_Transfer_Encoding": "base64", "MIME_Version": "1.0"}


def wrapped(content: bytes, kind: str = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m") -> bytes:
    return mail(base64.encodebytes(content).decode("ascii"), Content_Type=kind, **HEADERS)


def test_the_letter_inside_is_read_in_the_envelope_around_it() -> None:
    (document,) = intake.read(wrapped(signed(INNER)))
    assert (document.text, document.problem) == ("Dear agent,\nmy picture is used.\n", "")
    assert (document.envelope.sender, document.envelope.verified) == ("ann@example.org", Verified.NO)


def test_what_was_signed_twice_is_read_and_what_was_signed_for_ever_ends() -> None:
    content = INNER
    for _ in range(cms.MAX_NESTED + 2):
        packed = base64.encodebytes(signed(content))
        content = b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n" + packed
    twice = base64.encodebytes(signed(INNER))
    inner = b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n" + twice
    assert "my picture" in intake.read(wrapped(signed(inner)))[0].text
    assert intake.read(wrapped(signed(content)))


def test_attachments_inside_are_read() -> None:
    inner = multipart(
        ("Content-Type: text/plain", "Dear agent"),
        ('Content-Type: text/csv; name="list.csv"', "Infringing URL\nhttps://m.example/1"),
    )
    (document,) = intake.read(wrapped(signed(inner)))
    assert "https://m.example/1" in document.text
    assert [attachment.name for attachment in document.attachments] == ["list.csv"]


def test_a_file_of_its_own_is_read() -> None:
    (document,) = intake.read(signed(INNER), "smime.p7m")
    assert "my picture" in document.text


def test_constructed_strings_of_indefinite_length_are_joined() -> None:
    pieces = b"".join(b"\x04" + bytes([len(piece)]) + piece for piece in (INNER[:60], INNER[60:]))
    octets = b"\x24\x80" + pieces + b"\0\0"
    data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    content = b"\x30\x80" + data + b"\xa0\x80" + octets + b"\0\0" + b"\0\0"
    body = b"\x30\x80\x02\x01\x01\x31\x00" + content + b"\x31\x00\0\0"
    whole = b"\x30\x80" + data[:-1] + b"\x02\xa0\x80" + body + b"\0\0\0\0"
    assert cms.inside(whole) == INNER


def test_what_is_encrypted_goes_to_a_person_with_the_reason() -> None:
    encrypted = signed(INNER).replace(b"\x01\x07\x02", b"\x01\x07\x03", 1)
    (document,) = intake.read(wrapped(encrypted, "application/pkcs7-mime; smime-type=enveloped-data"))
    assert "encrypted with S/MIME" in document.problem
