"""What each side may see of the other, regime by regime: by the facts that its letters state, and by their words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from noticedesk.draft import Contact, check_copies, draft, exposures, facts_of
from noticedesk.regime import NoticeCopy, Regime, Version, by_id
from noticedesk.settings import SettingError, data_folder, read
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
def test_a_notice_is_passed_on_without_what_its_regime_withholds(regime: Regime) -> None:
    for version in regime.versions:
        withheld = [list(duty.copy.withholds) for duty in version.duties if duty.copy]
        assert withheld == [TABLE[regime.id][name] for name in ("withheld",) if name in TABLE[regime.id]]


def test_a_letter_with_a_place_for_the_notice_is_of_a_duty_that_copies_it() -> None:
    check_copies(LETTERS, REGIMES)
    law = by_id(REGIMES, "au_116ah")
    plain = [replace(duty, copy=None) for duty in law.versions[0].duties]
    bare = replace(law, versions=(replace(law.versions[0], duties=tuple(plain)),))
    with pytest.raises(SettingError, match="has a place for a copy of the notice, and the duty has no copy"):
        check_copies(LETTERS, [bare])
    copied = [replace(duty, copy=NoticeCopy(reference="policy", tag="policy")) for duty in plain if duty.id == "refuse"]
    with pytest.raises(SettingError, match="any/refusal has no place for a copy of the notice, and the duty has one"):
        check_copies(LETTERS, [replace(law, versions=(replace(law.versions[0], duties=tuple(copied)),))])


@pytest.mark.parametrize("regime", REGIMES, ids=[regime.id for regime in REGIMES])
def test_how_to_reach_the_other_side_stands_in_no_words_of_ours(regime: Regime) -> None:
    mara = Contact(email="mara@holm.example", phone="+46 8 555 0100", address="5 Harbour Road, Portland")
    told = f"I am Mara. {mara.email}, {mara.phone}, {mara.address}"
    for side in ("seller", "claimant"):
        for name in _letters(regime.versions[-1], side):
            made = draft(LETTERS, name, "en", facts(name, notice_text=told, counter_notice_text=told, given=()))
            assert exposures(made.text, [mara]) == (), name
