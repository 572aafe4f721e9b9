"""What a mention of a mark does: names the maker, refers to what the goods fit, alludes, or is an ordinary word."""

import re
from dataclasses import dataclass
from typing import Literal

from matchers.finding import Finding, Passage
from matchers.text import mention, model
from matchers.text.frame import FEATURES, features
from matchers.text.marks import mark_in
from matchers.text.mention import Mention, said
from matchers.text.words import ordinary

Role = Literal["brand", "reference", "allusion", "word", "none"]

_PRESENT = 0.5
_BRAND = 0.5
_SELDOM_INFLECTED = 2.5
_POSSESSIVE = re.compile(r"\w['’]s\s", re.IGNORECASE)
_READS = tuple(name for name, _ in FEATURES)


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
    """What a found mention does: cues in its neighbourhood first, then how names of makers stand in titles."""
    place = found.where[0]
    assert isinstance(place, Passage)
    seen = Mention(found.ours, found.theirs, *place.theirs)
    role, why = judged(seen, model.load("use", _READS).score(features(seen)) >= _BRAND)
    return Use(role, why, place)


def judged(seen: Mention, brand: bool) -> tuple[Role, str]:
    """The use and why, from cues, from what the model says (`brand`), and from whether the mark may be just a word."""
    word = ordinary(seen.mark.lower(), _SELDOM_INFLECTED)
    if cue := _alluded(seen, word):
        return "allusion", f'"{cue}" says that it only resembles'
    if cue := said("before", seen.before):
        return "reference", f'"{cue}" before it says what the goods go with'
    if cue := said("by", seen.before):
        return "brand", f'"{cue}" before it names the maker'
    if _POSSESSIVE.search(seen.written + seen.after[:3] + " ") and not _POSSESSIVE.search(seen.mark + " "):
        return "word", f'"{seen.written}" is a possessive here'
    if word and (seen.written.islower() or not (mention.is_named(seen) if brand else _of_another(seen))):
        return "word", f'"{seen.written}" may be an ordinary word here'
    if brand:
        return "brand", "it stands where titles name the maker"
    return "reference", _of_another(seen) or "it stands where titles name what the goods go with"


def _alluded(seen: Mention, word: bool) -> str:
    """What says so directly after the mark, or anywhere; only near by for what may be an ordinary word."""
    if cue := said("resembling", seen.after):
        return cue
    before, after = (seen.leads[-2:], seen.follows[:2]) if word else (seen.leads, seen.follows)
    return said("allusion", " ".join(before)) or said("allusion", " ".join(after))


def _of_another(seen: Mention) -> str:
    """What says that the goods go with something else, or that another made them, or that a model is named."""
    for kind in ("fitting", "accessory"):
        if cue := said(kind, f"{seen.before} {seen.after}"):
            return f'"{cue}" says that the goods go with something'
    if seen.told and seen.is_name(seen.told[0]):
        return f'"{seen.told[0]}" is named first, where titles name the maker'
    return "a model of it is named" if mention.is_named(seen) else ""
