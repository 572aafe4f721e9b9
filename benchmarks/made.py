"""Marks, titles and texts to measure with: made of syllables and frequent words, or recombined from given files."""

import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wordfreq import top_n_list

SYLLABLES = "ba ke lo mi nu ra se ti vo xa dri fen gor hal jus kli mon pra ston tel vin wex yor zan"
DISGUISES = {"a": "4@а", "e": "3е€", "o": "0оο", "i": "1!і", "s": "5$ѕ"}


@dataclass(frozen=True, slots=True)
class Given:
    """What is searched: marks, titles to recombine, and titles that hold a mark in disguise, with that mark."""

    marks: list[str]
    titles: list[str]
    disguised: list[tuple[str, str]]


def given(files: Sequence[str], count: int, chance: random.Random) -> Given:
    """From a CSV of marks and JSON Lines of titles or offers, filled up with made marks; all made without files."""
    marks = made_marks(count, chance)
    if not files:
        titles = made_titles(chance, marks)
        return Given(marks, titles, [_hidden(mark, titles, chance) for mark in chance.choices(marks, k=2000)])
    with open(files[0], encoding="utf-8", newline="") as table:
        listed = {row.get("key") or row["mark"]: row["mark"] for row in csv.DictReader(table)}
    rows = [row for file in files[1:] for row in _rows(file)]
    titles = sorted({title for row in rows if row.get("kind") != "obf" for title in _titles(row)})
    hidden = [(row["title"], listed[row["mark"]]) for row in rows if row.get("kind") == "obf"]
    return Given([*listed.values(), *marks][:count], titles, hidden)


def recombined(titles: Sequence[str], marks: Sequence[str], count: int, chance: random.Random) -> Iterator[str]:
    """Halves of two titles each; one in a hundred gets a disguised mark."""
    halves = [title.split() for title in titles]
    for number in range(count):
        first, second = chance.choice(halves), chance.choice(halves)
        words = first[: len(first) // 2 + 1] + second[len(second) // 2 :]
        if number % 100 == 0:
            words.insert(0, disguised(chance.choice(marks), chance))
        yield " ".join(words)


def disguised(mark: str, chance: random.Random) -> str:
    """A mark with half of its letters that have look-alikes exchanged for them."""
    return "".join(chance.choice(DISGUISES[c]) if c in DISGUISES and chance.random() < 0.5 else c for c in mark.lower())


def made_marks(count: int, chance: random.Random) -> list[str]:
    names: set[str] = set()
    while len(names) < count:
        names.add("".join(chance.choices(SYLLABLES.split(), k=chance.randint(2, 4))).capitalize())
    return sorted(names)


def made_titles(chance: random.Random, marks: Sequence[str]) -> list[str]:
    words = top_n_list("en", 20_000)
    sizes = [f"{n}{unit}" for n in (2, 5, 12, 42, 500) for unit in ("", "cm", "ml", "W", "-Pack")]
    return [
        " ".join([*chance.sample(words, 7), chance.choice(marks), *chance.choices(sizes, k=2), f"XK-{n:04}"]).title()
        for n in range(9_000)
    ]


def made_texts(count: int, words: int, chance: random.Random) -> list[str]:
    """Texts of so many words, each word as frequent as English uses it."""
    known = top_n_list("en", 20_000)
    weights = [1 / place for place in range(1, len(known) + 1)]
    return [" ".join(chance.choices(known, weights, k=words)) for _ in range(count)]


def _hidden(mark: str, titles: Sequence[str], chance: random.Random) -> tuple[str, str]:
    """A title with one slip of the finger in a mark, or some of its letters drawn otherwise."""
    place = chance.randrange(len(mark) - 1)
    slips = (mark[:place] + mark[place + 1 :], mark[: place + 1] + mark[place:], disguised(mark, chance))
    return f"{chance.choice(titles)} {chance.choice(slips)}", mark


def _rows(file: str) -> Iterator[dict[str, str]]:
    with open(file, encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _titles(row: dict[str, object]) -> Iterator[str]:
    offers = [row, row.get("a"), row.get("b")]
    yield from (str(offer["title"]) for offer in offers if isinstance(offer, dict) and offer.get("title"))
