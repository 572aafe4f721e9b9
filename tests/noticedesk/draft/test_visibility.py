"""What each side may see of the other, regime by regime: by the facts that its letters state, and by their words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from noticedesk.draft import Contact, draft, exposures, facts_of
from noticedesk.regime import Regime, Version
from noticedesk.settings import data_folder, read
from tests.noticedesk.draft.factory import LETTERS, REGIMES, facts

TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "visibility.yaml").read_text(encoding="utf-8")
)
OF_THE_OTHER = {
    "seller": {"claimant", "principal", "principals", "works", "notice_text"},
    "claimant": {"counter_notice_text"},
}
OWN = read(data_folder("config") / "policy.yaml", dict[str, object])["letters"]


def _letters(version: Version, side: str) -> Iterator[str]:
    """Every letter to a side that the duties, the inquiry or our own policy can send."""
    yield from (duty.letter for duty in version.duties if duty.letter and duty.to in (side, "both"))
    if version.inquiry and side == "seller":
        yield version.inquiry.letter
    assert isinstance(OWN, dict)
    yield from (OWN["accounts"] if side == "seller" else OWN["notifiers"]).values()
    yield OWN["one_of_several"]


@pytest.mark.parametrize("regime", REGIMES, ids=[regime.id for regime in REGIMES])
@pytest.mark.parametrize("side", ["seller", "claimant"])
def test_a_side_sees_of_the_other_what_its_regime_allows_and_no_more(regime: Regime, side: str) -> None:
    for version in regime.versions:
        stated = {fact for name in _letters(version, side) for fact in facts_of(LETTERS, name)}
        assert sorted(stated & OF_THE_OTHER[side]) == TABLE[regime.id][side], version.version


@pytest.mark.parametrize("regime", REGIMES, ids=[regime.id for regime in REGIMES])
def test_how_to_reach_the_other_side_stands_in_no_words_of_ours(regime: Regime) -> None:
    mara = Contact(email="mara@holm.example", phone="+46 8 555 0100", address="5 Harbour Road, Portland")
    told = f"I am Mara. {mara.email}, {mara.phone}, {mara.address}"
    for side in ("seller", "claimant"):
        for name in _letters(regime.versions[-1], side):
            made = draft(LETTERS, name, "en", facts(name, notice_text=told, counter_notice_text=told, given=()))
            assert exposures(made.text, [mara]) == (), name
