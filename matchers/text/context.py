"""What a mention of a mark does: names the maker, refers to what the goods fit, alludes, or is an ordinary word."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from matchers.finding import Finding, Passage
from matchers.text.marks import mark_in
from matchers.text.words import ordinary

Role = Literal["brand", "reference", "allusion", "word", "none"]
_PRESENT = 0.44
_LEADING = 2
_WORDS_AFTER = 3


@dataclass(frozen=True, slots=True)
class Use:
    """What a mention does, and the words that say so. `where` is None when the mark is not there."""

    use: Role
    why: str
    where: Passage | None = None


def use(mark: str, title: str) -> Use:
    """What the mark does in this title. It never removes a hit: a reference or an allusion is still a mention."""
    found = mark_in(mark, title)
    if found.score is None or found.score < _PRESENT:
        return Use("none", found.reason)
    return of_finding(found)


def of_finding(found: Finding) -> Use:
    """What a found mention does: its context first, then whether the mark is an ordinary word written as one."""
    place = found.where[0]
    assert isinstance(place, Passage)
    role, why = _role(found.ours, found.theirs, place.theirs)
    return Use(role, why, place)


def _role(mark: str, title: str, span: tuple[int, int]) -> tuple[Role, str]:
    before, written, after = title[: span[0]], title[slice(*span)], title[span[1] :]
    cues = _cues()
    if said := cues["allusion"].search(before + " \N{BULLET} " + after):
        return "allusion", f'"{said.group().strip()}" says it only resembles'
    if said := cues["before"].search(before):
        return "reference", f'"{said.group().strip()}" before it says what the goods go with'
    if said := cues["after"].search(" ".join(after.split()[:_WORDS_AFTER])):
        return "reference", f'"{said.group().strip()}" after it says what the goods go with'
    leading = len(before.split()) < _LEADING
    if ordinary(mark) and not (written.isupper() or (leading and written[:1].isupper())):
        return "word", f'"{written}" is an ordinary word here'
    return "brand", "nothing around it says otherwise"


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    data: dict[str, list[str]] = yaml.safe_load((files(__package__) / "cues.yaml").read_text(encoding="utf-8"))
    between = rf"(?:\s+(?:{_either(data['between'])}))*"
    return {
        "before": re.compile(rf"\b(?:{_either(data['before'])}){between}\W*$", re.IGNORECASE),
        "after": re.compile(rf"\b(?:{_either(data['after'])})\b", re.IGNORECASE),
        "allusion": re.compile(rf"(?<!\w)(?:{_either(data['allusion'])})(?!\w)", re.IGNORECASE),
    }


def _either(phrases: list[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
