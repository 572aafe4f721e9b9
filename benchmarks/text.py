"""How fast titles are searched for marks: 5,000 marks in a million recombined titles, on one core.

    python -m benchmarks.text [--titles N] [--marks N] [--full] [TITLES.jsonl MARKS.csv]

Without files, marks are made of syllables and titles of frequent English words. With files, titles are halves of the
given ones put together anew, and the marks are those of the file, filled up with made ones. One title in a hundred
gets a disguised mark. Printed: seconds, titles a second, hits, the peak of memory.
"""

import argparse
import csv
import json
import random
import resource
import time
from collections.abc import Iterator

from wordfreq import top_n_list

from matchers.text import Marks

SYLLABLES = "ba ke lo mi nu ra se ti vo xa dri fen gor hal jus kli mon pra ston tel vin wex yor zan"
DISGUISES = {"a": "4@а", "e": "3е€", "o": "0оο", "i": "1!і", "s": "5$ѕ"}


def made_marks(count: int, chance: random.Random) -> list[str]:
    names: set[str] = set()
    while len(names) < count:
        names.add("".join(chance.choices(SYLLABLES.split(), k=chance.randint(2, 4))).capitalize())
    return sorted(names)


def made_titles(chance: random.Random, marks: list[str]) -> list[str]:
    words = top_n_list("en", 20_000)
    sizes = [f"{n}{unit}" for n in (2, 5, 12, 42, 500) for unit in ("", "cm", "ml", "W", "-Pack")]
    return [
        " ".join([*chance.sample(words, 7), chance.choice(marks), *chance.choices(sizes, k=2), f"XK-{n:04}"]).title()
        for n in range(9_000)
    ]


def recombined(titles: list[str], marks: list[str], count: int, chance: random.Random) -> Iterator[str]:
    halves = [title.split() for title in titles]
    for number in range(count):
        first, second = chance.choice(halves), chance.choice(halves)
        words = first[: len(first) // 2 + 1] + second[len(second) // 2 :]
        if number % 100 == 0:
            words.insert(0, disguised(chance.choice(marks), chance))
        yield " ".join(words)


def disguised(mark: str, chance: random.Random) -> str:
    return "".join(chance.choice(DISGUISES[c]) if c in DISGUISES and chance.random() < 0.5 else c for c in mark.lower())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--titles", type=int, default=1_000_000)
    parser.add_argument("--marks", type=int, default=5_000)
    parser.add_argument("--full", action="store_true", help="look for misspellings in joined words too")
    asked = parser.parse_args()
    chance = random.Random(7)
    marks = made_marks(asked.marks, chance)
    titles = made_titles(chance, marks)
    if asked.files:
        with open(asked.files[0], encoding="utf-8") as lines:
            titles = [json.loads(line)["title"] for line in lines if line.strip()]
        with open(asked.files[1], encoding="utf-8", newline="") as table:
            marks = [*(row["mark"] for row in csv.DictReader(table)), *marks][: asked.marks]
    index = Marks(marks, fast=not asked.full)
    hits = titles_hit = 0
    began, worked = time.perf_counter(), time.process_time()
    for title in recombined(titles, marks, asked.titles, chance):
        found = index.find(title)
        hits += len(found)
        titles_hit += bool(found)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    way = "full" if asked.full else "fast"
    print(f"{len(marks)} marks x {asked.titles} titles, {way}: {took:.1f} s, {worked:.1f} s of one core")
    print(f"{asked.titles / worked:.0f} titles a second of work, {hits} hits in {titles_hit} titles, {memory:.2f} GB")


if __name__ == "__main__":
    main()
