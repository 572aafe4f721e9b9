"""A letter on paper: the same words, in fixed bytes, and never with a character left out."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from noticedesk.draft import NotPrintable, draft, pdf
from tests.noticedesk.draft.factory import LETTERS, facts

_HEAD = ("To: mara@holm.example", "Subject: a & b")


def _words(raw: bytes) -> str:
    return " ".join("".join(page.extract_text() + "\n" for page in PdfReader(io.BytesIO(raw)).pages).split())


@pytest.mark.parametrize(("name", "language"), sorted(LETTERS.templates))
def test_every_letter_can_be_printed_with_all_its_words(name: str, language: str) -> None:
    made = draft(LETTERS, name, language, facts(name))
    raw = pdf(made.subject, _HEAD, made.text)
    shown = _words(raw).replace(" ", "")
    assert raw == pdf(made.subject, _HEAD, made.text)
    for word in made.text.replace("* ", "").replace("> ", "").split():
        assert word.strip(">") in shown, word


def test_marks_of_layout_in_the_words_of_an_outsider_are_words() -> None:
    hostile = '> <font color="[1][0]">x</font> <img src="http://evil.example/a.png"/> </para> &amp;\n'
    assert '<img src="http://evil.example/a.png"/> </para> &amp;' in _words(pdf("t", (), hostile))


def test_a_character_without_a_sign_in_the_font_is_named_and_nothing_is_printed() -> None:
    with pytest.raises(NotPrintable, match=r"no sign for Ж \(U\+0416\).*--font"):
        pdf("t", (), "Жук\n")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noticedesk.draft.paper.find_spec", lambda name: None)
    with pytest.raises(NotPrintable, match=r'pip install "noticedesk\[pdf\]"'):
        pdf("t", (), "Hello\n")


def test_a_file_that_is_no_font_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"no font")
    with pytest.raises(NotPrintable, match=r"a\.ttf is no TrueType font"):
        pdf("t", (), "Hello\n", tmp_path / "a.ttf")
