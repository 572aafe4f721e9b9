"""Rich text."""

import pytest

from noticedesk import intake
from noticedesk.intake import rtf
from tests.noticedesk.intake.compound import message
from tests.noticedesk.intake.containers import compressed

LETTER = rb"""{\rtf1\ansi\ansicpg1252{\fonttbl\f0\fswiss Helvetica;}\f0\pard
Dear agent,\par
my photograph \'84Sunset\'93 is shown at
{\field{\*\fldinst{HYPERLINK "https://m.example/item/1"}}{\fldrslt{this listing}}}.\par
Gr\u252\'fc\u223\'dfe, \u1040?nna\par
}"""


def test_the_words_and_the_addresses_behind_links_are_read() -> None:
    (document,) = intake.read(LETTER, "letter.rtf")
    assert (document.reader, document.problem) == ("rtf", "")
    assert "my photograph „Sunset“ is shown at" in document.text
    assert "https://m.example/item/1" in document.text and "this listing" in document.text
    assert "Grüße, Аnna" in document.text


def test_a_picture_in_it_is_left_aside() -> None:
    picture = rb"{\pict\pngblip " + b"89504e47" * 100_000 + b"}"
    assert "Dear agent" in intake.read(LETTER.replace(b"Dear", picture + b"Dear"), "letter.rtf")[0].text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (rb"{\rtf1 }", "no words"),
        (rb"{\rtf1 " + b"word " * rtf.MAX_BYTES + b"}", "more than"),
    ],
    ids=["empty", "endless"],
)
def test_what_cannot_be_read_says_why(raw: bytes, said: str) -> None:
    assert said in intake.read(raw, "letter.rtf")[0].problem


def test_half_a_pair_is_no_letter() -> None:
    (document,) = intake.read(rb"{\rtf1 Dear \u-10179?agent}", "letter.rtf")
    assert document.text.encode("utf-8") and "Dear" in document.text


def test_an_outlook_message_that_is_rich_text_only_is_read() -> None:
    (document,) = intake.read(message("", rich=compressed(LETTER)), "notice.msg")
    assert "my photograph" in document.text and document.problem == ""
