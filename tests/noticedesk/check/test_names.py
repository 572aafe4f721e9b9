from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.model.document import Document, Envelope
from tests.noticedesk.check.factory import CASES, checked

TABLE = yaml.safe_load((CASES / "check_names.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_who_a_letter_names(case: dict[str, Any]) -> None:
    envelope = Envelope(sender="maria@lind.example", sender_name=case.get("sender_name", ""))
    found = checked(Document(reader="mail", text=case["text"], envelope=envelope))
    assert {party.role: party.name for party in found.parties if party.name} == case["named"]
    for party in found.parties:
        if party.span:
            assert " ".join(case["text"][slice(*party.span)].split()) == party.name


def test_a_name_in_the_text_has_its_place_and_one_of_the_header_has_none() -> None:
    [told] = checked("My photo was copied.\n\nRegards,\nMaria Lind").parties
    assert told.span == (31, 41)
    text = "My photo was copied: https://market.test/item/1"
    [sent] = checked(Document(reader="mail", text=text, envelope=Envelope(sender_name="Maria Lind"))).parties
    assert (sent.name, sent.span) == ("Maria Lind", None)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.sampled_from(("on behalf of", "Copyright owner:", "Regards,\n", "/s/", "Name:", "We,")),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_no_name_holds_an_address_or_a_placeholder(cue: str, words: str) -> None:
    for party in checked(f"I write {cue} {words} maria@lind.example [private]\n").parties:
        assert "@" not in party.name
        assert "[private]" not in party.name
