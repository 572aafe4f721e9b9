"""A mention of a mark, the words around it, and what cues those words hold."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import yaml

from matchers.text.words import zipf

CODE = re.compile(r"(?=\S*\d)(?=\S*[a-z])[a-z0-9/-]{3,}$", re.IGNORECASE)
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
    def told(self) -> list[str]:
        """The words before the mark but those of the state and number of the goods, as in: brand new, 10 pcs."""
        return [word for word in self.leads if _bare(word) and not (_bare(word).isdigit() or said("only", _bare(word)))]

    @cached_property
    def follows(self) -> list[str]:
        """The words after the mark."""
        return self.after.split()

    def is_name(self, word: str) -> bool:
        """Whether a word of the title looks like a name; capitals say nothing where all is written in them."""
        return name_like(word.lower() if self.title.isupper() else word)


def _bare(word: str) -> str:
    return word.strip(".,:;!*-()[]\"'")


def said(kind: str, text: str) -> str:
    """The first cue of a kind that a text holds, or nothing. "before" must end the text, "resembling" begin it."""
    found = _cues()[kind].search(text)
    return found.group().strip() if found else ""


def every(kind: str, text: str) -> list[tuple[int, int]]:
    """The places of all cues of a kind in a text, half-open."""
    return [found.span() for found in _cues()[kind].finditer(text)]


def is_named(mention: Mention) -> bool:
    """Whether a mark stands as a name does: in capitals of its own, or before another name or a model code."""
    if mention.written.isupper() and not mention.title.isupper():
        return True
    following = mention.follows[:_NEAR]
    return any(map(CODE.match, following)) or bool(following and mention.is_name(following[0]))


def name_like(word: str) -> bool:
    """Whether a word looks like a name: capitals inside, or unknown to English, and no code."""
    bare = re.sub(r"\W", "", word)
    return bool(bare) and not any(c.isdigit() for c in bare) and (zipf(bare.lower()) < 2.5 or not bare[1:].islower())


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    data: dict[str, list[str]] = yaml.safe_load((files(__package__) / "cues.yaml").read_text(encoding="utf-8"))
    between = rf"(?:\s+(?:{_either(data.pop('between'))}))*"
    condition = _either(data.pop("condition"))
    bound = {
        "only": rf"^(?:{condition})$",
        "before": rf"(?<!\w)(?:{_either(data.pop('before'))}){between}\W*$",
        "by": rf"(?<!\w)(?:{_either(data['maker'])})\W*$",
        "resembling": rf"^\W*(?:{_either(data.pop('resembling'))})(?!\w)",
    }
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in bound.items()} | {
        kind: re.compile(rf"(?<!\w)(?:{_either(cues)})(?!\w)", re.IGNORECASE) for kind, cues in data.items()
    }


def _either(phrases: list[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
