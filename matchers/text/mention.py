"""A mention of a mark and the words around it: the features that tell the maker's name from a reference to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import yaml

from matchers.text.words import inflected, zipf

_CODE = re.compile(r"(?=\S*\d)(?=\S*[a-z])[a-z0-9/-]{3,}$", re.IGNORECASE)
_FAR = 12
_NEAR = 3


@dataclass(frozen=True)
class Mention:
    """A mark in a title, from character `start` to `end`."""

    mark: str
    title: str
    start: int
    end: int

    @cached_property
    def before(self) -> str:
        """The title up to the mark."""
        return self.title[: self.start]

    @cached_property
    def after(self) -> str:
        """The title from the end of the mark on."""
        return self.title[self.end :]

    @cached_property
    def written(self) -> str:
        """The mark as the title writes it."""
        return self.title[self.start : self.end]

    @cached_property
    def leads(self) -> list[str]:
        """The words before the mark."""
        return self.before.split()

    @cached_property
    def follows(self) -> list[str]:
        """The words after the mark."""
        return self.after.split()


def said(kind: str, text: str) -> str:
    """The first cue of a kind that a text holds, or nothing. "before" must end the text, "resembling" begin it."""
    found = _cues()[kind].search(text)
    return found.group().strip() if found else ""


def is_named(mention: Mention) -> bool:
    """Whether a mark stands as a name does: in capitals of its own, or before another name or a model code."""
    if mention.written.isupper() and not mention.title.isupper():
        return True
    following = mention.follows[:_NEAR]
    return any(map(_CODE.match, following)) or bool(following and _name_like(following[0]))


Feature = Callable[[Mention], float]


def _holds(kind: str, part: Callable[[Mention], str]) -> Feature:
    return lambda m: float(bool(said(kind, part(m))))


def _near_before(m: Mention) -> str:
    return " ".join(m.leads[-_NEAR:])


def _near_after(m: Mention) -> str:
    return " ".join(m.follows[:_NEAR])


def _name_like(word: str) -> bool:
    """Whether a word looks like a name: capitals inside, or unknown to English, and no code."""
    bare = re.sub(r"\W", "", word)
    return bool(bare) and not any(c.isdigit() for c in bare) and (zipf(bare.lower()) < 2.5 or not bare[1:].islower())


def _position(m: Mention) -> float:
    return len(m.leads) / max(1, len(m.leads) + len(m.follows))


def _code_within(m: Mention, words: int) -> float:
    return float(any(_CODE.match(word) for word in m.follows[:words]))


FEATURES: list[tuple[str, Feature]] = [
    ("first", lambda m: float(not m.leads)),
    ("second", lambda m: float(len(m.leads) == 1)),
    ("before", lambda m: float(min(_FAR, len(m.leads)))),
    ("position", _position),
    ("cue_before", _holds("before", lambda m: m.before)),
    ("cue_anywhere_before", lambda m: float(" for " in f" {m.before.lower()} ")),
    ("fitting_before", _holds("fitting", lambda m: m.before)),
    ("fitting_near", _holds("fitting", lambda m: f"{_near_before(m)} \N{BULLET} {_near_after(m)}")),
    ("fitting_after", _holds("fitting", lambda m: m.after)),
    ("accessory_before", _holds("accessory", lambda m: m.before)),
    ("accessory_near", _holds("accessory", _near_after)),
    ("accessory_after", _holds("accessory", lambda m: m.after)),
    ("genuine", _holds("genuine", lambda m: m.title)),
    ("by_before", lambda m: float(m.before.rstrip().lower().endswith(" by"))),
    ("and_before", lambda m: float(m.before.rstrip().lower().endswith((" and", " or", "/", ",", "&", " with")))),
    ("hyphened", lambda m: float(m.before[-1:] == "-" or m.after[:1] == "-")),
    ("name_first", lambda m: float(bool(m.leads) and _name_like(m.leads[0]))),
    ("name_before", lambda m: float(bool(m.leads) and _name_like(m.leads[-1]))),
    ("name_after", lambda m: float(bool(m.follows) and _name_like(m.follows[0]))),
    ("capitals", lambda m: float(m.written.isupper())),
    ("title_capitals", lambda m: float(m.title.isupper())),
    ("small", lambda m: float(m.written.islower())),
    ("after", lambda m: float(min(_FAR, len(m.follows)))),
    ("code_next", lambda m: _code_within(m, 1)),
    ("code_near", lambda m: _code_within(m, _NEAR)),
    ("code_after", lambda m: _code_within(m, _FAR)),
    ("mark_zipf", lambda m: zipf(m.mark.lower())),
    ("mark_inflected", lambda m: inflected(m.mark.lower()) if " " not in m.mark else 0.0),
    ("next_zipf", lambda m: zipf(re.sub(r"\W", "", m.follows[0]).lower()) if m.follows else 0.0),
]
"""What the model reads, in its order."""


def features(mention: Mention) -> list[float]:
    """The features of a mention in the order of FEATURES."""
    return [feature(mention) for _, feature in FEATURES]


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    data: dict[str, list[str]] = yaml.safe_load((files(__package__) / "cues.yaml").read_text(encoding="utf-8"))
    between = rf"(?:\s+(?:{_either(data.pop('between'))}))*"
    bound = {
        "before": rf"(?<!\w)(?:{_either(data.pop('before'))}){between}\W*$",
        "resembling": rf"^\W*(?:{_either(data.pop('resembling'))})(?!\w)",
    }
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in bound.items()} | {
        kind: re.compile(rf"(?<!\w)(?:{_either(cues)})(?!\w)", re.IGNORECASE) for kind, cues in data.items()
    }


def _either(phrases: list[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
