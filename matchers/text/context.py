"""What a mention of a mark does: names the maker, refers to what the goods fit, alludes, or is an ordinary word."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from matchers.finding import Finding, Passage
from matchers.text import mention, model
from matchers.text.frame import FEATURES, features
from matchers.text.goods import NOTHING, Goods, goods
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


def use(mark: str, title: str, classes: Collection[int] = ()) -> Use:
    """What the mark does in this title. It never removes a hit: a reference or an allusion is still a mention.

    `classes` of Nice that the mark is registered for, where they are known, help with a mark that is a word.
    """
    found = mark_in(mark, title)
    if found.score is None or found.score < _PRESENT:
        return Use("none", found.reason)
    return of_finding(found, classes)


def of_finding(found: Finding, classes: Collection[int] = ()) -> Use:
    """What a found mention does: cues in its neighbourhood first, then how names of makers stand in titles."""
    place = found.where[0]
    assert isinstance(place, Passage)
    seen = Mention(found.ours, found.theirs, *place.theirs)
    sold = goods(f"{seen.before} \N{BULLET} {seen.after}", classes)
    role, why = judged(seen, model.load("use", _READS).score(features(seen)) >= _BRAND, sold)
    return Use(role, why, place)


def judged(seen: Mention, brand: bool, sold: Goods = NOTHING) -> tuple[Role, str]:
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
    if word and (why := _as_a_word(seen, brand, sold)):
        return "word", why
    if brand:
        return "brand", "it stands where titles name the maker" + _of_its_class(sold)
    return "reference", _of_another(seen) or "it stands where titles name what the goods go with"


def _alluded(seen: Mention, word: bool) -> str:
    """What says so directly after the mark, or anywhere; only near by for what may be an ordinary word."""
    if cue := said("resembling", seen.after):
        return cue
    before, after = (seen.leads[-2:], seen.follows[:2]) if word else (seen.leads, seen.follows)
    return said("allusion", " ".join(before)) or said("allusion", " ".join(after))


def _as_a_word(seen: Mention, brand: bool, sold: Goods) -> str:
    """What says that an ordinary word is meant as one; nothing where it stands as a name does."""
    if sold.are_others and not seen.written.isupper():
        return f'"{sold.others[0]}" is of no class that the mark is registered for, and it is an ordinary word'
    stands = (bool(sold.registered) or mention.is_named(seen)) if brand else bool(_of_another(seen))
    return "" if stands and not seen.written.islower() else f'"{seen.written}" may be an ordinary word here'


def _of_its_class(sold: Goods) -> str:
    return f', and "{sold.registered[0]}" is of a class that the mark is registered for' if sold.registered else ""


def _of_another(seen: Mention) -> str:
    """What says that the goods go with something else, or that another made them, or that a model is named."""
    for kind in ("fitting", "accessory"):
        if cue := said(kind, f"{seen.before} {seen.after}"):
            return f'"{cue}" says that the goods go with something'
    if seen.told and seen.is_name(seen.told[0]):
        return f'"{seen.told[0]}" is named first, where titles name the maker'
    return "a model of it is named" if mention.is_named(seen) else ""
