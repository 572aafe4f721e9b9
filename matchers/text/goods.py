"""Goods: which classes of Nice the words of a title speak of, beside those that a mark is registered for."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

CLASSES = range(1, 46)
"""The classes of the Nice Classification: goods up to 34, services from 35 on."""


@dataclass(frozen=True, slots=True)
class Goods:
    """Words for goods in a title: those of classes that a mark is registered for, and those of other classes only."""

    registered: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def are_others(self) -> bool:
        """Whether the title speaks of goods, and of none that the mark is registered for."""
        return bool(self.others) and not self.registered


NOTHING = Goods()


def goods(text: str, classes: Collection[int]) -> Goods:
    """The goods that a text names, told by classes of Nice; nothing where no class is given, or none of goods.

    A mark for services (classes from 35 on) says nothing about which goods are its own.
    """
    if not any(one < 35 for one in classes) or any(one >= 35 for one in classes):
        return NOTHING
    found = dict.fromkeys(match.group().lower() for match in _pattern().finditer(text))
    mine = tuple(word for word in found if _classes_of()[_spaced(word)] & set(classes))
    return Goods(mine, tuple(word for word in found if word not in mine))


def _spaced(word: str) -> str:
    return " ".join(word.split())


@cache
def _classes_of() -> Mapping[str, frozenset[int]]:
    data: dict[int, list[str]] = yaml.safe_load((files(__package__) / "goods.yaml").read_text(encoding="utf-8"))
    words = {word for named in data.values() for word in named}
    return {word: frozenset(number for number, named in data.items() if word in named) for word in words}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_classes_of(), key=lambda word: (-len(word), word))
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
