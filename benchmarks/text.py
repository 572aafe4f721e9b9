"""Marks in titles, side by side: 5,000 marks in a million recombined titles on one core, and copied passages.

    python -m benchmarks.text [--titles N] [--marks N] [MARKS.csv FILE.jsonl...]

Without files, marks are made of syllables and titles of frequent English words. With files, titles are halves of the
given ones (lines of {title} or of offers {a, b}) put together anew; the marks are those of the file, filled up with
made ones; recall is that of the lines marked as disguised (kind "obf"). Seconds are those of one core (CPU).
"""

import argparse
import os
import random
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import ahocorasick
import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from benchmarks import passages
from benchmarks.made import Given, given, recombined
from matchers.text import Marks
from matchers.text.index import limit
from matchers.text.letters import fold
from matchers.text.mark import Mark
from matchers.text.views import views
from matchers.text.windows import allows, word_patterns

STEPS = (100_000, 300_000)
SCORED, BRUTE = 20_000, 1_000
DEFAULT, DEFAULT_STEPS = 100_000, (10_000, 30_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--titles", type=int, default=1_000_000)
    parser.add_argument("--marks", type=int, default=5_000)
    asked = parser.parse_args()
    chance = random.Random(7)
    sought = given(asked.files, asked.marks, chance)
    print(
        f"{len(sought.marks)} marks, {len(sought.titles)} titles to recombine, {len(sought.disguised)} disguised ones"
    )
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    fast, full = Marks(sought.marks, fast=True), Marks(sought.marks)
    titles = recombined(sought.titles, sought.marks, asked.titles, chance)
    _candidates("--fast, candidates", fast, titles, (*STEPS, asked.titles), asked.marks)
    sample = list(recombined(sought.titles, sought.marks, SCORED, chance))
    _scoring("--fast", fast, sample)
    joined = min(DEFAULT, asked.titles)
    titles = recombined(sought.titles, sought.marks, joined, chance)
    _candidates("default, candidates", full, titles, (*DEFAULT_STEPS, joined), asked.marks)
    _scoring("default", full, sample)
    _recall({"--fast": fast, "default": full}, sought)
    _brute_force({"--fast": fast, "default": full}, sample[:BRUTE])
    _floor(sought, recombined(sought.titles, sought.marks, asked.titles, chance), asked.titles)
    passages.run(chance)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


def _candidates(name: str, marks: Marks, titles: Iterable[str], steps: Sequence[int], size: int) -> None:
    """Seconds for the candidates of all titles, told at each step too: growth must be no worse than linear."""
    marks.candidates("")
    pairs, worked = 0, 0.0
    for number, title in enumerate(titles, 1):
        began = time.process_time()
        pairs += len(marks.candidates(title))
        worked += time.process_time() - began
        if number in steps:
            speed = f"{number / worked:,.0f} titles and {number * size / worked / 1e6:,.0f} million pairs a second"
            million = f"so {worked * 1e6 / number:.0f} s a million"
            print(f"{name}: {number:,} titles in {worked:.1f} s ({speed}; {million}), {pairs:,} hits, {_memory()}")


def _scoring(name: str, marks: Marks, titles: list[str]) -> None:
    candidates = _seconds(marks.candidates, titles)
    whole = _seconds(marks.find, titles)
    each = 1e6 * (whole - candidates) / len(titles)
    print(f"{name}, scoring: {each:.0f} µs a title on top ({each:.0f} s a million), of {len(titles):,} titles")


def _recall(ways: dict[str, Marks], sought: Given) -> None:
    for name, marks in ways.items():
        met = sum(mark in marks.candidates(title) for title, mark in sought.disguised if mark in sought.marks)
        all_ = sum(mark in sought.marks for _, mark in sought.disguised)
        print(f"{name}, recall of disguised marks among the candidates: {met / max(1, all_):.3f} ({met} of {all_})")


def _brute_force(ways: dict[str, Marks], titles: list[str]) -> None:
    """Every window of a sample against every mark by rapidfuzz: what the ways find of that, and at what price."""
    keys = [Mark(mark.name).key for mark in ways["default"].marks]
    most = np.array([limit(len(key)) for key in keys], dtype=np.uint8)
    held = [sorted(set(_windows(title))) for title in titles]
    began = time.process_time()
    true = set()
    for title, windows in zip(titles, held, strict=True):
        if windows:
            edits = cdist(windows, keys, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
            true |= {(title, ways["default"].marks[place].name) for place in np.flatnonzero((edits <= most).any(0))}
    worked = time.process_time() - began
    count = sum(map(len, held)) * len(keys)
    whole = worked / len(titles) * 1e6
    print(f"rapidfuzz cdist: {count / worked / 1e6:.1f} million pairs a second (so {whole:,.0f} s a million titles)")
    for name, marks in ways.items():
        found = {(title, mark) for title in titles for mark in marks.candidates(title)}
        print(f"{name}: {len(found & true) / len(true):.3f} of the {len(true)} pairs that brute force finds")


def _windows(title: str) -> Iterator[str]:
    for view in views(title):
        for pattern in word_patterns(view) if view.script == "letters" else ():
            pieces = [piece for word in pattern.findall(view.text) if (piece := fold(word))]
            for first in range(len(pieces)):
                for last in range(first + 1, len(pieces) + 1):
                    joined = "".join(pieces[first:last])
                    if not allows(len(joined), last - first):
                        break
                    yield joined


def _floor(sought: Given, titles: Iterable[str], count: int) -> None:
    """The bare Aho-Corasick search, which finds marks as they are written only, and inside words too."""
    machine = ahocorasick.Automaton()
    for mark in sought.marks:
        machine.add_word(mark.lower(), mark)
    machine.make_automaton()
    worked, hits = 0.0, 0
    for title in titles:
        began = time.process_time()
        hits += sum(1 for _ in machine.iter(title.lower()))
        worked += time.process_time() - began
    met = sum(mark in {found for _, found in machine.iter(title.lower())} for title, mark in sought.disguised)
    recall = met / max(1, len(sought.disguised))
    print(
        f"Aho-Corasick, the floor: {count:,} titles in {worked:.1f} s, {hits:,} hits, recall of disguised {recall:.3f}"
    )


def _seconds(work: Callable[[str], object], titles: list[str]) -> float:
    began = time.process_time()
    for title in titles:
        work(title)
    return time.process_time() - began


def _memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024:.2f} GB"


if __name__ == "__main__":
    main()
