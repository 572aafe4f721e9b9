"""What Outlook packs is unpacked: in a mail, and as a file of its own."""

import base64

import pytest

from noticedesk import intake
from noticedesk.intake import attached, winmail
from noticedesk.intake.context import Unreadable
from noticedesk.model.document import Field
from tests.noticedesk.intake.cases import multipart
from tests.noticedesk.intake.containers import compressed, properties
from tests.noticedesk.intake.containers import winmail as made

HEAD = 'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64'
TABLE = b"Infringing URL,Item ID\nhttps://m.example/1,0012\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 900
RICH = rb"{\rtf1\ansi Dear agent,\par my picture \'96 used at https://m.example/item/1\par}"


def mail(packed: bytes, text: str = "") -> bytes:
    body = base64.encodebytes(packed).decode("ascii")
    return multipart(("Content-Type: text/plain", text), (HEAD, body))


def test_its_files_are_listed_and_read_and_its_body_is_the_letter() -> None:
    packed = made("Dear agent,\r\nmy picture is used.", {"list.csv": TABLE, "proof.png": PICTURE})
    (document,) = intake.read(mail(packed))
    assert document.text.startswith("Dear agent,\nmy picture is used.")
    assert [attachment.name for attachment in document.attachments] == ["list.csv", "proof.png"]
    assert [answer.value for answer in document.answers_to(Field.ITEM_ID)] == ["0012"]
    assert document.problem == ""
    assert list(attached.pictures(mail(packed)).values()) == [PICTURE]


def test_a_body_that_stands_in_the_mail_already_is_not_repeated() -> None:
    (document,) = intake.read(mail(made("Dear agent, as packed"), "Dear agent, as sent"))
    assert "as sent" in document.text and "as packed" not in document.text


def test_a_body_of_rich_text_is_read() -> None:
    (document,) = intake.read(mail(made(rich=compressed(RICH))))
    assert document.text == "Dear agent,\nmy picture – used at https://m.example/item/1\n"


def test_it_is_read_as_a_file_of_its_own() -> None:
    (document,) = intake.read(made("Dear agent", {"list.csv": TABLE}), "winmail.dat")
    assert (document.reader, document.text[:10]) == ("table", "Dear agent")


@pytest.mark.parametrize("raw", [made("x")[:9], made("", {})[:8], made("Dear agent", {"a": b"x" * 99})[:40]])
def test_a_broken_one_is_named_beside_the_letter(raw: bytes) -> None:
    (document,) = intake.read(mail(raw, "Dear agent"))
    assert document.text.strip() == "Dear agent"
    assert "winmail.dat: the message that Outlook packed is" in document.problem


@pytest.mark.parametrize(
    "raw",
    [
        properties(0xFFFFFFFF, 3, b"\0\0\0\0"),
        properties(1, 0x1003, b"\xff\xff\xff\xff\0\0\0\0"),
        made("x") + b"\1\1\1\1\1\0\0\0\0\0\0" * 3000,
    ],
    ids=["endless properties", "endless values", "many attributes"],
)
def test_counts_that_the_bytes_only_state_cost_nothing(raw: bytes) -> None:
    with pytest.raises(Unreadable, match=r"more values than it has bytes|too many for its size"):
        winmail.unpacked(raw)


def test_rich_text_that_is_broken_or_endless_is_refused() -> None:
    good = compressed(RICH)
    for raw in (good[:-9] + b"123456789", good[:4] + b"\xff\xff\xff\x7f" + good[8:], good[:10]):
        with pytest.raises(Unreadable, match="its rich text"):
            winmail.rich_text(raw)
