"""How a mention stands in its title: the features that tell the maker's name from a reference to it.

None of them says which mark it is: what is learnt of some marks must hold for others.
"""

import re
from collections.abc import Callable, Sequence

from matchers.text.mention import CODE, Mention, every, said
from matchers.text.words import zipf

_FAR = 12
_NEAR = 3
_SOME = 6
_MOST = 8.0
_NOWHERE = -1.0
_LETTERS_ONLY = re.compile(r"[\W_]+")
_LINKED = re.compile(r"\W*(?:and|or|the|your|most|all|other|new|of|und|oder|et|ou|y|e|en)?\W*$", re.IGNORECASE)

Feature = Callable[[Mention], float]


def _holds(kind: str, part: Callable[[Mention], str]) -> Feature:
    return lambda m: float(bool(said(kind, part(m))))


def _near_before(m: Mention) -> str:
    return " ".join(m.leads[-_NEAR:])


def _near_after(m: Mention) -> str:
    return " ".join(m.follows[:_NEAR])


def _around(m: Mention) -> str:
    return f"{_near_before(m)} \N{BULLET} {_near_after(m)}"


def _position(m: Mention) -> float:
    return len(m.leads) / max(1, len(m.leads) + len(m.follows))


def _code_within(words: Sequence[str]) -> float:
    return float(any(map(CODE.match, words)))


def _has_digit(word: str) -> float:
    return float(any(map(str.isdigit, word)))


def _bare(word: str) -> str:
    return _LETTERS_ONLY.sub("", word).lower()


def _commonness(words: Sequence[str], place: int) -> float:
    return zipf(_bare(words[place])) if words else _NOWHERE


def _rarest(m: Mention) -> float:
    """How ordinary the rarest word before the mark is: another maker's name is rare."""
    return min((zipf(word) for word in map(_bare, m.leads) if word.isalpha()), default=_MOST)


def _linked(m: Mention) -> list[str] | None:
    """The words between the last preposition that links goods to what they go with, and the mark."""
    places = every("linking", m.before)
    return m.before[places[-1][1] :].split() if places else None


def _since_linking(m: Mention) -> float:
    between = _linked(m)
    return _NOWHERE if between is None else float(min(_MOST, len(between)))


def _listed_since_linking(m: Mention) -> float:
    """Whether only names stand between such a preposition and the mark, as in: for Haddonwick, Velkoru and ..."""
    between = _linked(m)
    return float(between is not None and all(_stands_as_name(w) or _LINKED.match(w) for w in between))


def _stands_as_name(word: str) -> bool:
    bare = _LETTERS_ONLY.sub("", word)
    return bare[:1].isupper() or any(map(str.isdigit, bare))


def _capitalised(words: Sequence[str]) -> float:
    return sum(word[:1].isupper() for word in words) / max(1, len(words))


def _names(m: Mention, words: Sequence[str]) -> float:
    return float(sum(map(m.is_name, words)))


def _accessories(text: str) -> float:
    return float(min(4, len(every("accessory", text))))


def _distance(words: Sequence[str]) -> float:
    """How many words away the first accessory is."""
    return float(next((place for place, word in enumerate(words) if said("accessory", word)), _FAR))


def _joins(text: str) -> float:
    return float(text.lower().endswith((" and", " or", "/", ",", "&", " with")))


def _begins(pattern: str) -> Feature:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda m: float(bool(compiled.match(m.after)))


FEATURES: list[tuple[str, Feature]] = [
    ("first", lambda m: float(not m.told)),
    ("second", lambda m: float(len(m.told) == 1)),
    ("before", lambda m: float(min(_FAR, len(m.told)))),
    ("after", lambda m: float(min(_FAR, len(m.follows)))),
    ("position", _position),
    ("times", lambda m: float(m.title.lower().count(m.mark.lower()))),
    ("cue_before", _holds("before", lambda m: m.before)),
    ("linking_before", _holds("linking", lambda m: m.before)),
    ("linking_after", _holds("linking", lambda m: m.after)),
    ("since_linking", _since_linking),
    ("listed_since_linking", _listed_since_linking),
    ("fitting_before", _holds("fitting", lambda m: m.before)),
    ("fitting_near", _holds("fitting", _around)),
    ("fitting_after", _holds("fitting", lambda m: m.after)),
    ("devices_after", _holds("devices", lambda m: " ".join(m.follows[:_SOME]))),
    ("genuine", _holds("genuine", lambda m: m.title)),
    ("genuine_before", _holds("genuine", lambda m: " ".join(m.leads[-2:]))),
    ("accessory_before", _holds("accessory", lambda m: m.before)),
    ("accessory_near", _holds("accessory", _near_after)),
    ("accessory_after", _holds("accessory", lambda m: m.after)),
    ("accessories_before", lambda m: _accessories(m.before)),
    ("accessories_after", lambda m: _accessories(m.after)),
    ("accessory_last", _holds("accessory", lambda m: " ".join(m.follows[-_NEAR:]))),
    ("accessory_distance_before", lambda m: _distance(m.leads[::-1])),
    ("accessory_distance_after", lambda m: _distance(m.follows)),
    ("maker_before", _holds("by", lambda m: m.before)),
    ("maker_after", _holds("maker", lambda m: m.after)),
    ("joined_before", lambda m: _joins(m.before.rstrip())),
    ("joined_after", _begins(r"\s*(?:(?:and|or|und|oder|et|ou|y|e)\s|[/,&])")),
    ("hyphened", lambda m: float(m.before[-1:] == "-" or m.after[:1] == "-")),
    ("dash_before", lambda m: float(" - " in m.before)),
    ("dash_after", lambda m: float(" - " in m.after)),
    ("name_first", lambda m: _names(m, m.told[:1])),
    ("name_before", lambda m: _names(m, m.leads[-1:])),
    ("name_after", lambda m: _names(m, m.follows[:1])),
    ("names_before", lambda m: _names(m, m.told)),
    ("names_after", lambda m: _names(m, m.follows)),
    ("capitalised_before", lambda m: _capitalised(m.leads)),
    ("small_before", lambda m: float(bool(m.leads) and m.leads[-1].islower())),
    ("capitals", lambda m: float(m.written.isupper())),
    ("title_capitals", lambda m: float(m.title.isupper())),
    ("small", lambda m: float(m.written.islower())),
    ("digit_first", lambda m: _has_digit(m.told[0]) if m.told else 0.0),
    ("digit_before", lambda m: _has_digit(m.leads[-1]) if m.leads else 0.0),
    ("code_before", lambda m: _code_within(m.leads)),
    ("code_next", lambda m: _code_within(m.follows[:1])),
    ("code_near", lambda m: _code_within(m.follows[:_NEAR])),
    ("code_after", lambda m: _code_within(m.follows[:_FAR])),
    ("first_zipf", lambda m: _commonness(m.told, 0)),
    ("previous_zipf", lambda m: _commonness(m.leads, -1)),
    ("next_zipf", lambda m: _commonness(m.follows, 0)),
    ("rarest_before", _rarest),
]
"""What the model reads, in its order."""


def features(mention: Mention) -> list[float]:
    """The features of a mention in the order of FEATURES."""
    return [feature(mention) for _, feature in FEATURES]
