"""Personal data in words that the public will read: addresses, numbers, links, handles, and the names of the case."""

import re
from collections.abc import Iterable

_SIGNS: list[tuple[str, re.Pattern[str]]] = [
    ("an e-mail address", re.compile(r"\S@\S+\.\w")),
    ("a link", re.compile(r"(?i)\bhttps?:|\bwww\.|\b[\w-]+\.[a-z]{2,}/\S")),
    ("a telephone number", re.compile(r"(?<![\w/])\+?\(?\d(?:[\s().-]?\d){6,}(?!\w)")),
    ("a handle", re.compile(r"(?<!\w)@\w{2,}")),
]
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_SHORTEST = 3
"""A name of one or two letters is a word of any text."""


def personal(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """What personal data a text holds, by kind; the data itself is never repeated."""
    undated = _DATE.sub(" ", text)
    found = [kind for kind, sign in _SIGNS if sign.search(undated)]
    if any(_names(text, name) for name in names):
        found.append("a name of the case")
    return tuple(found)


def _names(text: str, name: str) -> bool:
    words = name.split()
    if sum(map(len, words)) < _SHORTEST:
        return False
    spelt = r"\W+".join(map(re.escape, words))
    return re.search(rf"(?i)(?<!\w){spelt}(?!\w)", text) is not None
