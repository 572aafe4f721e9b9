"""Passages over many texts: every copy is found with its span, without comparing all pairs."""

import random

import pytest

from matchers.finding import Passage
from matchers.text import Corpus, passage

WOODS, STUFFS = ("oak", "elm", "ash", "pine", "willow", "maple"), ("linen", "wool", "silk", "brass", "glass", "pearl")
BOILERPLATE = "All rights reserved, we ship within two days and answer every question by mail."


def text(chance: random.Random, length: int = 80) -> str:
    return " ".join(chance.choice(WOODS) + chance.choice(STUFFS) + chance.choice(WOODS) for _ in range(length))


def planted(original: str, chance: random.Random) -> str:
    words = original.split()[10:60]
    kept = [word for word in words if chance.random() > 0.1]
    return f"{text(chance, 40)} {' '.join(kept)} {text(chance, 40)}"


def test_planted_passages_are_all_found_and_nothing_else() -> None:
    chance = random.Random(5)
    ours = {f"ours-{n}": text(chance) for n in range(60)}
    theirs = {f"theirs-{n}": text(chance) for n in range(60)}
    theirs |= {f"copy-{n}": planted(ours[f"ours-{n}"], chance) for n in range(0, 60, 3)}
    found = {(finding.ours, finding.theirs) for finding in Corpus(ours).copies(theirs)}
    assert found == {(f"ours-{n}", f"copy-{n}") for n in range(0, 60, 3)}


def test_each_finding_is_that_of_the_two_texts_alone() -> None:
    chance = random.Random(6)
    ours = text(chance)
    theirs = planted(ours, chance)
    (finding,) = Corpus({"a": ours}).copies({"b": theirs})
    alone = passage(ours, theirs)
    assert (finding.score, finding.where, finding.reason) == (alone.score, alone.where, alone.reason)
    assert all(isinstance(place, Passage) for place in finding.where)
    assert (finding.ours, finding.theirs) == ("a", "b")


def test_what_stands_in_many_of_our_texts_leads_to_none_of_them() -> None:
    chance = random.Random(7)
    ours = {str(n): f"{text(chance)} {BOILERPLATE}" for n in range(30)}
    assert list(Corpus(ours).copies({"shop": f"{text(chance)} {BOILERPLATE}"})) == []
    assert len(list(Corpus(ours, boilerplate=30).copies({"shop": f"{text(chance)} {BOILERPLATE}"}))) == 30


def test_one_text_of_ours_is_found_in_any_number_of_theirs() -> None:
    chance = random.Random(8)
    ours = text(chance)
    found = list(Corpus({"a": ours}).copies({str(n): f"{text(chance)} {ours}" for n in range(50)}))
    assert [finding.theirs for finding in found] == [str(n) for n in range(50)]


def test_texts_of_too_few_words_are_named_and_never_count_as_compared() -> None:
    corpus = Corpus({"short": "Oak lamp", "long": text(random.Random(9))})
    assert dict(corpus.unmatchable) == {"short": "the text has too few words to compare"}
    (finding,) = corpus.copies({"theirs": "Oak lamp"})
    assert (finding.outcome, finding.theirs) == ("unmatchable", "theirs")


@pytest.mark.parametrize("texts", [{}, {"empty": ""}])
def test_an_empty_corpus_finds_nothing(texts: dict[str, str]) -> None:
    assert list(Corpus(texts).copies({"theirs": text(random.Random(10))})) == []
