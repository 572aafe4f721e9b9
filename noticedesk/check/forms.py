"""The questions of known forms, found by their words: wrapped, linked, marked up and slightly changed ones too."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from noticedesk.settings import shape

Kind = Literal["ask", "type", "tick", "label"]


@shape
class Question:
    """A question of a form: `ask` wants an answer, `type` a statement typed out, `tick` is the statement when shown.

    A `label` is a line that only names what stands below it; it is no known question.
    """

    slot: str
    kind: Kind = "ask"
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question found in a text, and where the question itself ends."""

    question: Question
    start: int
    end: int


_TOKEN = re.compile(r"<[^<>\n]{0,400}>|\]\([^()\s]{0,500}\)|https?://[^\s\"*]{1,500}|[^\W_]{1,40}", re.IGNORECASE)
_LEAD = re.compile(r"[ >*_#|\-]{0,12}(?:\[[ xX]?\] ?|[(\[]?\d{1,2}[.):\]]\s?)?[ *_\"'\[]{0,6}")
_TAIL = re.compile(r"[ ?:.!\"')\]*_]{0,40}(?:<[^<>\n]{0,20}>)?[ ?:.!\"')\]*_]{0,20}")
_MOST_SKIPPED = 3
_ENOUGH = 0.75


class Forms:
    """The known questions, looked up by their first two words."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self._by_start: dict[tuple[str, str], list[tuple[Question, tuple[str, ...]]]] = defaultdict(list)
        for question in questions:
            for wording in question.wordings:
                words = tuple(word for word, _ in _words(wording, 0))
                self._by_start[words[0], words[1]].append((question, words))
        self._first = {first for first, _ in self._by_start}

    def at(self, plain: str, line: int) -> Asked | None:
        """The known question that starts on the line beginning there, if one does."""
        lead = _LEAD.match(plain, line)
        start = lead.end() if lead else line
        opening = _TOKEN.match(plain, start)
        if opening is None or (opening[0][0] != "<" and opening[0].lower() not in self._first):
            return None
        words = _words(plain, start)
        first = (next(words, ("", 0))[0], next(words, ("", 0))[0])
        best: tuple[int, int, Question] | None = None
        for question, wording in self._by_start.get(first, ()):
            matched, end = _aligned(wording, plain, start)
            if matched >= _ENOUGH * len(wording) and (best is None or matched > best[0]):
                best = (matched, end, question)
        return None if best is None else Asked(best[2], line, _whole(plain, line, best[1]))


def _words(plain: str, start: int) -> Iterator[tuple[str, int]]:
    """The words from a place on, in lower case with their ends; tags, link targets and URLs are passed over."""
    for found in _TOKEN.finditer(plain, start):
        word = found[0]
        if word[0] not in "<]" and "://" not in word:
            yield word.lower(), found.end()


def _aligned(wording: tuple[str, ...], plain: str, start: int) -> tuple[int, int]:
    """How many words of the wording the text follows, and where the last of them ends."""
    at = matched = skipped = 0
    end = start
    for word, place in _words(plain, start):
        ahead = wording[at : at + _MOST_SKIPPED + 1]
        if word in ahead:
            at += ahead.index(word) + 1
            matched, skipped, end = matched + 1, 0, place
            if at == len(wording):
                break
        else:
            skipped += 1
            if skipped > _MOST_SKIPPED:
                break
    return matched, end


def _whole(plain: str, line: int, end: int) -> int:
    """The end of a question with its closing marks, and with the rest of the emphasis that it stands in."""
    tail = _TAIL.match(plain, end)
    end = tail.end() if tail else end
    stop = plain.find("\n", end)
    stop = len(plain) if stop < 0 else stop
    for mark in ("**", "__"):
        if plain.startswith(mark, line) and plain.count(mark, line, end) % 2:
            close = plain.find(mark, end, stop)
            end = close + 2 if close >= 0 else end
    return end
