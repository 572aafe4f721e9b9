"""Where one text stands in another: seeds of three words, extended over small edits, as spans of both texts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matchers.finding import Passage

SEED = 3
_GAP = 8
_SHORTEST = 6
_PLACES_OF_A_SEED = 20
_RUNS_LOOKED_AT = 8
_REACH = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case and its half-open span in the text."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Run:
    """Words of ours from-to (last included) that stand in theirs from-to."""

    ours: list[int]
    theirs: list[int]

    def takes(self, ours: int, theirs: int) -> bool:
        """Whether a seed goes on where this run ends, give or take the gap, in both texts alike."""
        step, other = theirs - self.theirs[1], ours - self.ours[1]
        return -SEED < step <= _GAP and other > -SEED and abs(step - other) <= _GAP

    def take(self, ours: int, theirs: int) -> None:
        """Grows by a seed."""
        self.ours[1] = max(self.ours[1], ours + SEED - 1)
        self.theirs[1] = max(self.theirs[1], theirs + SEED - 1)


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in lower case, compatibility forms made plain."""
    return tuple(Word(_plain(m.group()), m.start(), m.end()) for m in _WORD.finditer(text))


def plain_words(text: str) -> list[str]:
    """The same words without their places."""
    return _WORD.findall(text.lower()) if text.isascii() else [_plain(word) for word in _WORD.findall(text)]


def spans(ours: Sequence[Word], theirs: Sequence[Word]) -> tuple[Passage, ...]:
    """The stretches of their words that repeat ours, in their order; each with where it stands in ours."""
    runs: list[_Run] = []
    for i, j in _seeds(ours, theirs):
        run = next((r for r in reversed(runs[-_RUNS_LOOKED_AT:]) if r.takes(i, j)), None)
        if run is None:
            runs.append(_Run([i, i + SEED - 1], [j, j + SEED - 1]))
        else:
            run.take(i, j)
    long = [run for run in runs if run.theirs[1] - run.theirs[0] + 1 >= _SHORTEST]
    for run in long:
        _reach(run, ours, theirs, 1)
        _reach(run, ours, theirs, -1)
    return tuple(_passage(run, ours, theirs) for run in _united(long))


def grams(text: Sequence[Word], size: int) -> Iterator[tuple[str, ...]]:
    """Every run of `size` words."""
    for place in range(len(text) - size + 1):
        yield tuple(word.text for word in text[place : place + size])


def _plain(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()


def _seeds(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[tuple[int, int]]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, gram in enumerate(grams(ours, SEED)):
        places[gram].append(place)
    for j, gram in enumerate(grams(theirs, SEED)):
        for i in places.get(gram, ())[:_PLACES_OF_A_SEED]:
            yield i, j


def _reach(run: _Run, ours: Sequence[Word], theirs: Sequence[Word], step: int) -> None:
    """Takes a run over a changed word at its edge to the words that go on alike: seeds of three stop short of them."""
    edge = 1 if step > 0 else 0
    i, j = run.ours[edge], run.theirs[edge]
    for _ in range(_REACH):
        i, j = i + step, j + step
        if not (0 <= i < len(ours) and 0 <= j < len(theirs)):
            return
        if ours[i].text == theirs[j].text:
            run.ours[edge], run.theirs[edge] = i, j


def _united(runs: list[_Run]) -> list[_Run]:
    """Runs that overlap in theirs made one."""
    united: list[_Run] = []
    for run in sorted(runs, key=lambda r: r.theirs[0]):
        if united and run.theirs[0] <= united[-1].theirs[1]:
            last = united[-1]
            last.theirs[1] = max(last.theirs[1], run.theirs[1])
            last.ours = [min(last.ours[0], run.ours[0]), max(last.ours[1], run.ours[1])]
        else:
            united.append(run)
    return united


def _passage(run: _Run, ours: Sequence[Word], theirs: Sequence[Word]) -> Passage:
    return Passage(
        ours=(ours[run.ours[0]].start, ours[run.ours[1]].end),
        theirs=(theirs[run.theirs[0]].start, theirs[run.theirs[1]].end),
        view="words",
    )
