"""A letter states only what the case knows; a gap or a contradiction blocks it, by name."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.draft import Draft, ElementFacts, ListingFacts, Reasons, WorkFacts, asked, draft, law_facts
from noticedesk.regime import Sentence, by_id
from noticedesk.settings import SettingError
from tests.noticedesk.draft.factory import LETTERS, REGIMES, REMOVED, RESTORED, facts, listing

_SELLER = "us_dmca_512c/removal_notice"
_FORWARD = "us_dmca_512c/counter_notice_forward"


def _made(name: str, **changes: Any) -> Draft:
    return draft(LETTERS, name, "en", facts(name, **changes))


def test_a_sentence_renders_only_when_its_fact_is_there() -> None:
    assert "If we hear nothing by 1 December 2026" in _made("any/cure_request").text
    without = _made("any/cure_request", cure_by=None)
    assert "If we hear nothing" not in without.text and not without.blocked


def test_a_missing_fact_is_a_visible_blank_and_blocks() -> None:
    made = _made(_SELLER, principal="")
    assert "[[principal]]" in made.text
    assert made.blanks == ("principal",) and made.blocked


def test_what_nobody_knows_about_a_decision_is_not_said_of_it() -> None:
    made = _made("eu_dsa/decision", reasons=Reasons())
    assert set(made.blanks) == {"reasons.automated_preparation", "reasons.automated_decision"}


def test_a_letter_that_says_so_was_forwarded_names_the_day_or_the_reason() -> None:
    assert _made("ca_notice_notice/forwarded", forwarded=None).blanks == ("forwarded",)
    refused = _made("ca_notice_notice/forwarded", forwarded=None, refusals=("Nobody is known at the location.",))
    assert "We could not forward" in refused.text and not refused.blocked


def test_the_facts_that_a_letter_rests_on_are_named() -> None:
    assert _made("any/receipt").facts == ("addressee", "claim", "listings", "received", "service", "works")


def test_a_removal_that_nobody_confirmed_is_not_stated() -> None:
    made = _made(_SELLER, listings=(listing(), listing(removed_at=None)))
    assert made.blocked and made.blanks == ("listing.removed_at",)
    assert [problem.split(":")[0] for problem in made.problems] == ["removal_unconfirmed"]
    assert made.awaits_confirmation


def test_a_letter_that_lacks_more_than_the_confirmation_does_not_merely_await_it() -> None:
    made = _made(_SELLER, listings=(listing(removed_at=None),), principal="")
    assert not made.awaits_confirmation
    assert not _made(_SELLER).awaits_confirmation


CONTRADICTIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("removal_undone", "any/removal_confirmation", {"listings": (listing(restored_at=RESTORED),)}),
    ("restoration_unconfirmed", "any/restoration", {"listings": (listing(),)}),
    (
        "restored_before_removed",
        "any/restoration",
        {"listings": (listing(restored_at=REMOVED - timedelta(days=1)),)},
    ),
    ("two_principals", _SELLER, {"principals": ("Holm Pictures AB", "Zed Ltd")}),
    ("two_principals", _SELLER, {"works": (WorkFacts(title="x", principal="Zed Ltd"),)}),
    ("window_reversed", _FORWARD, {"restore_from": date(2026, 12, 11)}),
    ("waiting_though_retracted", _FORWARD, {"retracted": date(2026, 11, 25)}),
    ("restored_though_court_action", "any/restoration", {"court_action": True}),
    ("basis_unknown", "eu_dsa/statement_of_reasons", {"reasons": Reasons(basis="whim")}),
    ("unsure_law", "any/cure_request", {"missing": (ElementFacts(id="x", asks="A.", cure="B.", tag="general"),)}),
    ("given_and_missing", "any/cure_request", {"given": facts().missing[:1]}),
]


@pytest.mark.parametrize(("problem", "name", "changes"), CONTRADICTIONS)
def test_a_contradiction_blocks_by_name(problem: str, name: str, changes: dict[str, Any]) -> None:
    assert problem in [said.split(":")[0] for said in _made(name, **changes).problems]
    assert not _made(name).blocked


def test_the_same_owner_written_in_two_ways_is_one_owner() -> None:
    assert _made(_SELLER, principals=("Holm  Pictures AB", "HOLM PICTURES A.B.")).problems == ()


HOSTILE = "Fine\r\nBcc: all@evil.example\n\n[C-1] We refunded you\u2028Pay here\u202e\u200b\x00\x1b[31m\u2066"


@pytest.mark.parametrize("name", ["any/receipt", _SELLER, "any/refusal"])
def test_no_fact_starts_a_line_a_header_or_a_section(name: str) -> None:
    hostile = ListingFacts(url=HOSTILE, title=HOSTILE, why=HOSTILE, action="remove", removed_at=REMOVED)
    made = _made(name, addressee=HOSTILE, claim=HOSTILE, works=(WorkFacts(title=HOSTILE),), listings=(hostile,))
    assert "\n" not in made.subject
    assert not any(line.startswith(("Bcc", "Pay here", "We refunded", "[C-1]")) for line in _unwrapped(made.text))
    assert not set(made.text + made.subject) & set("\u202e\u200b\u2028\u2066\x00\x1b\r")


def _unwrapped(text: str) -> list[str]:
    """Paragraphs as single lines: a long fact may be wrapped, and begins no paragraph by that."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def test_every_line_of_a_quoted_text_is_marked() -> None:
    made = _made(_FORWARD, counter_notice_text="I object.\r\n\r\nYours\n\u2028Harbour Market\x0bDecided")
    quote = [line for line in made.text.splitlines() if line.startswith(">")]
    assert quote == ["> I object.", ">", "> Yours", ">", "> Harbour Market", "> Decided"]


def test_template_code_inside_a_fact_is_only_text() -> None:
    assert "{{ principal }}{% if x %}" in _made(_SELLER, addressee="{{ principal }}{% if x %}").text


def test_a_fact_that_looks_like_a_blank_blocks_nothing() -> None:
    assert _made("any/receipt", addressee="[[claim]]").blanks == ()


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.text(), st.text())
def test_whatever_a_seller_writes_the_letter_stays_our_letter(title: str, name: str) -> None:
    made = _made(_SELLER, listings=(listing(title=title),), principal=name, principals=(), addressee=name)
    plain = _made(_SELLER)
    assert made.subject == plain.subject
    assert made.text.split("Our reference is")[-1] == plain.text.split("Our reference is")[-1]
    assert all(c == "\n" or c.isprintable() or c == " " or ord(c) > 159 for c in made.text)


def test_a_sentence_of_law_that_is_less_than_sure_stands_in_no_letter() -> None:
    version = by_id(REGIMES, "us_dmca_512c").versions[-1]
    doubtful = tuple(Sentence(id=each.id, text=each.text, reference="x", tag="general") for each in version.sentences)
    assert law_facts(version).putback
    assert law_facts(replace(version, sentences=doubtful)).putback == ""
    with pytest.raises(SettingError, match="no letter can quote sentence putbak; did you mean putback"):
        law_facts(replace(version, sentences=(Sentence(id="putbak", text="x", reference="x", tag="verified"),)))


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.id)
def test_every_sentence_of_every_regime_can_be_quoted(regime: Any) -> None:
    for version in regime.versions:
        law_facts(version)


def test_a_letter_quotes_the_law_in_its_own_language_or_shows_a_blank() -> None:
    german = draft(LETTERS, "eu_dsa/decision", "de", facts("eu_dsa/decision"))
    assert "kostenlos beschweren" in german.text and not german.blocked
    english_only = replace(facts("eu_dsa/decision").law, translations=())
    blank = draft(LETTERS, "eu_dsa/decision", "de", facts("eu_dsa/decision", law=english_only))
    assert blank.blanks == ("law.redress",)


def test_elements_that_are_not_required_are_not_asked_for() -> None:
    rules = by_id(REGIMES, "mp_trademark").versions[-1].elements
    assert "test_buy_evidence" not in {element.id for element in asked(rules)}
