"""Pairs of picture files through the sandbox: each file described once, each pair compared, in order."""

import os
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path

from matchers.finding import Finding
from matchers.image import MATCHER, Picture, Side, Unreadable, compare, describe
from noticedesk.sandbox import Ending, Sandbox

Pair = tuple[str, str]
Place = tuple[str, Side]
Described = Picture | Unreadable
Task = tuple[list[Pair], list[Described], Described, bool]
"""Pairs with one candidate: their names, the references, the candidate, and whether the references are logos."""

# Pairs of one block share what was described; the oldest descriptions (about 0.2 MB each) make room.
_BLOCK, _REMEMBERED = 2000, 4000
_SECONDS, _MEGABYTES, _CALLS_OF_A_WORKER = 120.0, 2048, 100_000


def pool() -> Sandbox:
    """A worker a core; a picture that takes over two minutes or 2 GB is given up."""
    return Sandbox(os.cpu_count() or 1, _SECONDS, _MEGABYTES, _CALLS_OF_A_WORKER)


def findings(sandbox: Sandbox, pairs: Iterator[Pair], folder: Path, logo: bool) -> Iterator[Finding]:
    """A finding a pair (reference, candidate), named as given; names start from the folder."""
    known: dict[Place, Described] = {}
    while block := list(islice(pairs, _BLOCK)):
        _describe(sandbox, dict.fromkeys(place for pair in block for place in _places(pair)), folder, known)
        for task, outcome in _outcomes(sandbox, [_task(group, known, logo) for group in _grouped(block)]):
            yield from _given_up(task[0], outcome) if isinstance(outcome, Ending) else outcome


def _describe(sandbox: Sandbox, places: Iterable[Place], folder: Path, known: dict[Place, Described]) -> None:
    """Describes each file that is not known for its side; those asked for become the youngest of those known."""
    wanted = {place: known.pop(place, None) for place in places}
    new = [place for place, described in wanted.items() if described is None]
    outcomes = sandbox.map(described_file, [(folder / name, side) for name, side in new])
    fresh = {place: _or_unreadable(outcome) for place, outcome in zip(new, outcomes, strict=True)}
    room = max(0, _REMEMBERED - len(wanted))
    for place in list(known)[: max(0, len(known) - room)]:
        del known[place]
    known.update({place: described or fresh[place] for place, described in wanted.items()})


def _places(pair: Pair) -> tuple[Place, Place]:
    return (pair[0], "ours"), (pair[1], "theirs")


def described_file(place: tuple[Path, Side]) -> Described:
    """The description of one file for its side; a file that cannot be opened is unreadable."""
    path, side = place
    try:
        return describe(path.read_bytes(), side)
    except OSError as error:
        return Unreadable("", f"{path}: {error.strerror}")


def _or_unreadable(outcome: Described | Ending) -> Described:
    return Unreadable("", outcome.reason) if isinstance(outcome, Ending) else outcome


def _grouped(block: list[Pair]) -> list[list[Pair]]:
    return [list(group) for _, group in groupby(block, key=lambda pair: pair[1])]


def _task(pairs: list[Pair], known: dict[Place, Described], logo: bool) -> Task:
    return pairs, [known[ours, "ours"] for ours, _ in pairs], known[pairs[0][1], "theirs"], logo


def _outcomes(sandbox: Sandbox, tasks: list[Task]) -> Iterator[tuple[Task, list[Finding] | Ending]]:
    return zip(tasks, sandbox.map(compared, tasks), strict=True)


def compared(task: Task) -> list[Finding]:
    """The finding of each pair of a task."""
    pairs, references, candidate, logo = task
    return [compare(ours, candidate, logo=logo, names=names) for names, ours in zip(pairs, references, strict=True)]


def _given_up(pairs: list[Pair], ending: Ending) -> list[Finding]:
    return [
        Finding(matcher=MATCHER, ours=ours, theirs=theirs, reason=ending.reason, outcome="unmatchable")
        for ours, theirs in pairs
    ]
