"""Every letter as it leaves the desk, and what a template may not contain."""

from pathlib import Path

import pytest

from noticedesk.draft import blanks_in, draft, load_letters
from noticedesk.model.action import Action, Reason
from noticedesk.regime import by_id, check_letters
from noticedesk.settings import SettingError
from tests.noticedesk.draft.factory import LETTERS, REASONS, REGIMES, facts
from tests.noticedesk.draft.golden import FOLDER, FORMS, path, text

EVERY = sorted(LETTERS.templates)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("name", "language"), EVERY, ids=[f"{name} {language}" for name, language in EVERY])
def test_a_letter_reads_as_its_golden_copy(name: str, language: str, form: str) -> None:
    assert text(name, language, form) == path(name, language, form).read_text(encoding="utf-8")


def test_no_golden_copy_is_of_a_letter_that_is_gone() -> None:
    assert {found.name for found in FOLDER.iterdir()} == {
        path(*letter, form).name for letter in EVERY for form in FORMS
    }


@pytest.mark.parametrize(("name", "language"), EVERY, ids=[f"{name} {language}" for name, language in EVERY])
def test_every_letter_says_what_it_is_for_and_blocks_without_its_facts(name: str, language: str) -> None:
    front = LETTERS.find(name, language).front
    assert len(front.describes.split()) > 5 and front.describes.endswith(".")
    for need in front.needs:
        field = need.partition(".")[0]
        empty = draft(LETTERS, name, language, facts(name, **{field: _empty(field)}))
        assert any(blank.startswith(need) for blank in empty.blanks), need


def _empty(field: str) -> object:
    from noticedesk.draft import Facts

    return getattr(Facts(), field)


def test_every_letter_that_a_duty_names_exists() -> None:
    check_letters(REGIMES, LETTERS.names)


def test_only_letters_that_find_and_effect_nothing_go_by_themselves() -> None:
    routine = {name for (name, _), letter in LETTERS.templates.items() if letter.front.routine}
    assert all(
        name.rpartition("/")[2].endswith(("receipt", "cure_request", "address_confirmation")) for name in routine
    )
    assert all(not LETTERS.find(name, "en").front.states for name in routine)


def test_every_language_has_a_word_for_each_measure() -> None:
    measures = set(Action) - {Action.FORWARD_ONLY, Action.RESTORE, Action.NONE}
    for frame, _ in LETTERS.frames.values():
        assert measures <= set(frame.words), frame.language


def test_every_reason_has_words_in_every_language_that_letters_have() -> None:
    assert set(REASONS) == set(LETTERS.frames)
    assert all(set(said) == set(Reason) for said in REASONS.values())


def test_what_the_rules_of_the_union_ask_is_said_in_every_language_of_their_letters() -> None:
    for rule in by_id(REGIMES, "eu_dsa").versions[-1].elements:
        assert {"en", *rule.spoken} == set(LETTERS.frames), rule.id


def test_a_language_that_a_letter_lacks_falls_back_to_english() -> None:
    assert draft(LETTERS, "any/receipt", "xx", facts()).language == "en"


def test_an_unknown_letter_is_refused_with_the_nearest() -> None:
    with pytest.raises(SettingError, match="no letter is called any/reciept; did you mean any/receipt"):
        draft(LETTERS, "any/reciept", "en", facts())


def test_a_text_edited_by_hand_still_shows_its_blanks() -> None:
    assert blanks_in("Dear [[addressee]], we removed [[listing.url]] and [[listing.url]] [[Not One]]") == (
        "addressee",
        "listing.url",
    )


_FRAME = """---
language: en
date: "{day} {month} {year}"
months: [a, b, c, d, e, f, g, h, i, j, k, l]
words: {remove: removed, withheld_contact: withheld, withheld_listing: withheld, unnamed: nobody}
found: {work: it, titled: it, nothing: none, by_hand: seen}
---
{{ body }}
"""
_HEAD = "---\ndescribes: A letter.\nsubject: {subject}\nto_role: claimant\nneeds: [{needs}]\nlanguage: en\n---\n"


def _folder(tmp_path: Path, body: str, subject: str = "Hello", needs: str = "") -> Path:
    (tmp_path / "any").mkdir()
    (tmp_path / "frame.en.txt.j2").write_text(_FRAME)
    (tmp_path / "any" / "x.en.txt.j2").write_text(_HEAD.format(subject=subject, needs=needs) + body)
    return tmp_path


REFUSED = [
    ("{{ climant }}", "no fact is called climant; did you mean claimant"),
    ("{{ service.nam }}", "no fact is called service.nam; did you mean name"),
    ("{% for l in listings %}{{ l.ulr }}{% endfor %}", "no fact is called l.ulr; did you mean url"),
    ("{% for l in claim %}{{ l }}{% endfor %}", "claim is not a list of facts"),
    ("{% for l in listings if l.url %}{% endfor %}", "a loop goes plainly"),
    ("{% for a, b in listings %}{% endfor %}", "a loop goes plainly"),
    ("{{ l.url }}{% for l in listings %}{% endfor %}", "no fact is called l"),
    ("{{ 'a' * 1000000000 }}", "Mul is not allowed"),
    ("{{ 2 ** 99 }}", "Pow is not allowed"),
    ("{{ 1 + 1 }}", "Add is not allowed"),
    ("{{ claim ~ claim }}", "Concat is not allowed"),
    ("{{ claim.upper() }}", "Call is not allowed"),
    ("{{ range(9) }}", "Call is not allowed"),
    ("{{ claim[0] }}", "Getitem is not allowed"),
    ("{{ claim.__class__ }}", "no fact is called claim.__class__"),
    ("{{ claim | upper }}", "filter upper is not allowed"),
    ("{{ [1] }}", "List is not allowed"),
    ("{% if claim < 'x' %}{% endif %}", "facts may be compared by == and != only"),
    ("{% if claim is defined %}{% endif %}", "Test is not allowed"),
    ("{% set x = claim %}", "Assign is not allowed"),
    ("{% macro m() %}{% endmacro %}", "Macro is not allowed"),
    ("{% include 'any/x' %}", "Include is not allowed"),
    ("{% extends 'any/x' %}", "Extends is not allowed"),
    ("{% if claim %}", "line 1: "),
]


@pytest.mark.parametrize(("body", "says"), REFUSED, ids=[body for body, _ in REFUSED])
def test_a_template_that_computes_or_names_no_fact_is_refused(body: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as refused:
        load_letters(_folder(tmp_path, body))
    assert f"any/x.en.txt.j2: line 1: {says}" in str(refused.value) or says in str(refused.value)


def test_the_subject_is_held_to_the_same_rules(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="no fact is called clam; did you mean claim"):
        load_letters(_folder(tmp_path, "x", subject='"{{ clam }}"'))


def test_a_need_must_be_a_fact(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="needs recieved, which no fact is called; did you mean received"):
        load_letters(_folder(tmp_path, "x", needs="recieved"))


def test_a_letter_that_states_an_effect_cannot_be_routine(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "x")
    letter = folder / "any" / "x.en.txt.j2"
    letter.write_text(letter.read_text().replace("needs:", "routine: true\nstates: [removal]\nneeds:"))
    with pytest.raises(SettingError, match="it states removal, so it cannot be routine"):
        load_letters(folder)


def test_a_language_needs_a_frame(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "x")
    letter = folder / "any" / "x.en.txt.j2"
    (folder / "any" / "x.fr.txt.j2").write_text(letter.read_text().replace("language: en", "language: fr"))
    with pytest.raises(SettingError, match=r"any/x\.fr\.txt\.j2: there is no frame\.fr\.txt\.j2"):
        load_letters(folder)


def test_a_frame_has_words_for_what_a_letter_does_not_say(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "x")
    frame = folder / "frame.en.txt.j2"
    frame.write_text(frame.read_text().replace(", unnamed: nobody", ""))
    with pytest.raises(SettingError, match=r"frame\.en\.txt\.j2: words lack unnamed"):
        load_letters(folder)


def test_the_name_of_a_file_says_its_language(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "x")
    (folder / "any" / "x.en.txt.j2").rename(folder / "any" / "x.fr.txt.j2")
    with pytest.raises(SettingError, match=r"language is en, so the name ends in \.en\.txt\.j2"):
        load_letters(folder)


def test_a_letter_needs_front_matter_without_unknown_keys(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "x")
    letter = folder / "any" / "x.en.txt.j2"
    letter.write_text(letter.read_text().replace("to_role", "to_rol"))
    with pytest.raises(SettingError, match="unknown key to_rol; did you mean to_role"):
        load_letters(folder)
    letter.write_text("Hello")
    with pytest.raises(SettingError, match="begins with front matter"):
        load_letters(folder)


def test_a_folder_without_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="holds no letter"):
        load_letters(tmp_path)
