"""No letter shows one side how to reach the other, except in a text that the rules order to be passed on."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.draft import Contact, draft, exposures
from tests.noticedesk.draft.factory import LETTERS, facts

CLAIMANT = Contact(email="mara@holm.example", phone="+46 8 123 45 67", address="5 Harbour Road, Stockholm")
SELLER = Contact(email="pat@seller.example", phone="(512) 555-0199", address="9 Hill Street, Austin, TX 78701")
TEXT = "{0.email}\n{0.phone}\n{0.address}"


@pytest.mark.parametrize(("name", "language"), sorted(LETTERS.templates))
def test_no_letter_tells_one_side_how_to_reach_the_other(name: str, language: str) -> None:
    told = replace(facts(name), notice_text=TEXT.format(CLAIMANT), counter_notice_text=TEXT.format(SELLER), given=())
    made = draft(LETTERS, name, language, told)
    if made.to_role in ("seller", "both"):
        assert exposures(made.text, [CLAIMANT]) == ()
    if made.to_role in ("claimant", "both"):
        assert exposures(made.text, [SELLER]) == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Write to Pat@Seller.example.", "e-mail address"),
        ("Call 512-555 0199 today.", "telephone number"),
        ("They live at 9 Hill Street,\nAustin TX 78701.", "postal address"),
    ],
)
def test_what_is_shown_is_named_and_not_repeated(words: str, kind: str) -> None:
    assert exposures(words, [SELLER]) == (f"exposes: It shows the {kind} of the other side.",)
    assert exposures(f"> {words.splitlines()[0]}", [SELLER]) == ()


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.text("abc @.>\n0123456789", max_size=60), st.text("abc @.\n", max_size=60))
def test_contact_is_found_wherever_it_stands(before: str, after: str) -> None:
    own = f"{before}\n{SELLER.email} {after}"
    assert any("e-mail" in problem for problem in exposures(own, [SELLER]))
