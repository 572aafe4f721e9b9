"""Bytes of any encoding to text that can be stored."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.intake.charset import clean, decode, looks_binary

WORDS = "Fälschung: l'œuvre est protégée"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_without_a_declaration(codec: str) -> None:
    assert decode(WORDS.encode(codec)) == WORDS


@pytest.mark.parametrize("codec", ["cp1252", "koi8-r", "shift_jis", "gb18030"])
def test_a_declared_charset_is_believed(codec: str) -> None:
    words = {"cp1252": WORDS, "koi8-r": "нарушение", "shift_jis": "著作権侵害", "gb18030": "侵权"}[codec]
    assert decode(words.encode(codec), codec) == words


def test_the_wrong_declaration_does_not_spoil_utf8() -> None:
    assert decode(WORDS.encode(), "latin-1") == WORDS


def test_western_letters_without_a_declaration_are_guessed() -> None:
    words = (
        "Malgré les signalements, le site est toujours en ligne; nous demandons la suppression immédiate du site. " * 3
    )
    assert decode(words.encode("cp1252")) == words


def test_one_broken_byte_does_not_spoil_the_rest() -> None:
    words = "侵权内容的链接如下所示 " * 20
    assert decode(words.encode() + b"\xff") == words + "\ufffd"


def test_a_codec_that_is_none_for_text_is_passed_over() -> None:
    assert decode(b"abc", "zlib") == decode(b"abc", "no-such") == "abc"


def test_what_cannot_be_stored_is_replaced_and_line_ends_agree() -> None:
    assert clean("a\x00b\ud800c\r\nd\re\tf") == "a\ufffdb\ufffdc\nd\ne\tf"


def test_pictures_are_no_text() -> None:
    assert looks_binary(b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 4)
    assert not looks_binary(WORDS.encode("utf-16"))


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-7", "idna", "punycode", "hex", "x"]))
def test_any_bytes_give_text_that_can_be_stored(raw: bytes, declared: str) -> None:
    text = decode(raw, declared)
    assert "\x00" not in text and text == clean(text)
    text.encode()
