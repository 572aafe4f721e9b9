"""The regimes in force for a date, read from config/regimes: law as dated data, with its reference and certainty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from noticedesk.regime.fault import faults
from noticedesk.regime.form import (
    SURE,
    AbsenceEffect,
    Announces,
    Appeal,
    Beside,
    CounterNotice,
    Counting,
    Duty,
    ElementRule,
    ForbiddenRule,
    NoticeCopy,
    Papers,
    Regime,
    SellerInquiry,
    Sentence,
    Tag,
    Timer,
    Unit,
    Unnamed,
    Version,
    Withheld,
)
from noticedesk.settings import SettingError, nearest, read

__all__ = [
    "SURE",
    "UNRULED",
    "AbsenceEffect",
    "Announces",
    "Appeal",
    "Beside",
    "CounterNotice",
    "Counting",
    "Duty",
    "ElementRule",
    "ForbiddenRule",
    "InForce",
    "NoticeCopy",
    "Papers",
    "Regime",
    "SellerInquiry",
    "Sentence",
    "Tag",
    "Timer",
    "Unit",
    "Unnamed",
    "Version",
    "Withheld",
    "by_id",
    "check_letters",
    "for_countries",
    "in_force",
    "load",
]


@dataclass(frozen=True, slots=True)
class InForce:
    """A regime with the version of it that is in force on a date."""

    regime: Regime
    version: Version

    @property
    def id(self) -> str:
        """The id of the regime."""
        return self.regime.id


_NO_RULES = Version(version=0, since=date.min, elements=())

UNRULED = InForce(
    Regime(
        id="",
        title="no rules that are known",
        place="",
        basis="terms",
        rights=(),
        kinds=(),
        timezone="UTC",
        who_may_complain=(),
        events={},
        versions=(_NO_RULES,),
    ),
    _NO_RULES,
)
"""What a claim is under that no rules are for: nothing is owed and no time runs, and a person decides."""


def load(folder: Path) -> tuple[Regime, ...]:
    """Every regime of a folder, one a file named by its id; raises SettingError naming what is wrong and where."""
    return tuple(_load_one(path) for path in sorted(folder.glob("*.yaml")))


def in_force(regimes: Iterable[Regime], on: date) -> tuple[InForce, ...]:
    """The regimes that have a version in force on the date."""
    return tuple(
        InForce(regime, version) for regime in regimes for version in (regime.in_force(on),) if version is not None
    )


def for_countries(laws: Iterable[InForce], countries: Iterable[str]) -> tuple[InForce, ...]:
    """Those that may apply to a service in these countries (ISO 3166): of one of them, or of no country at all."""
    here = frozenset(countries)
    return tuple(law for law in laws if not law.regime.countries or here & set(law.regime.countries))


def by_id(regimes: Iterable[Regime], wanted: str) -> Regime:
    """The regime of that id; raises SettingError with the nearest id."""
    known = {regime.id: regime for regime in regimes}
    if wanted not in known:
        raise SettingError(f"unknown regime {wanted}{nearest(wanted, known)}")
    return known[wanted]


def check_letters(regimes: Iterable[Regime], letters: Iterable[str]) -> None:
    """Raises SettingError for a duty whose letter has no template; `letters` are template names, as any/receipt."""
    known = frozenset(letters)
    missing = [
        f"{regime.id}.yaml: {place} names letter {letter}{nearest(letter, known)}"
        for regime in regimes
        for version in regime.versions
        for place, letter in _letters(version)
        if letter not in known
    ]
    if missing:
        raise SettingError("\n".join(missing))


def _letters(version: Version) -> list[tuple[str, str]]:
    """Where a version names a letter, and which."""
    named = [(f"duty {duty.id}", duty.letter) for duty in version.duties if duty.letter]
    return named + ([("inquiry", version.inquiry.letter)] if version.inquiry else [])


def _load_one(path: Path) -> Regime:
    regime = read(path, Regime)
    if regime.id != path.stem:
        raise SettingError(f"{path.name}: id is {regime.id}; a regime stands in the file of its id")
    found = faults(regime)
    if found:
        raise SettingError("\n".join(f"{path.name}: {fault}" for fault in found))
    return regime
