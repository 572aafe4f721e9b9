"""How two offers are alike and how they differ: the features that the product score is made of, all symmetric."""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, JaroWinkler

from matchers.text.views import views
from matchers.text.words import zipf

_WORD = re.compile(r"[a-z0-9]+(?:[.\-/][a-z0-9]+)*")
_NUMBER = re.compile(r"(?<![a-z0-9.])\d+(?:\.\d+)?(?![a-z0-9])")
_COMPOUND = re.compile(r"[.\-/]")
_MOST = 8.0
# Beyond so many characters a field says nothing more about which product it is.
_LONGEST = 20_000
_LONGEST_TITLE = 1_000


@dataclass(frozen=True, kw_only=True)
class Product:
    """An offer as a shop states it; every field but the title may be empty."""

    title: str
    description: str = ""
    brand: str = ""
    price: str = ""
    category: str = ""
    modelno: str = ""

    @cached_property
    def name(self) -> str:
        """The title in its plain view, spaces made single, no longer than titles are."""
        return " ".join(_WORD.findall(_plain(self.title[:_LONGEST_TITLE])))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the title."""
        return frozenset(self.name.split())

    @cached_property
    def text(self) -> str:
        """All that is said about it but the price, in its plain view."""
        said = (self.title, self.brand, self.modelno, self.category, self.description)
        return " ".join(_WORD.findall(_plain(" ".join(said))))

    @cached_property
    def codes(self) -> frozenset[str]:
        """Model codes: words of at least three characters with a digit, points, hyphens and slashes taken out."""
        said = _WORD.findall(_plain(" ".join((self.title, self.brand, self.modelno, self.category))))
        return frozenset(code for code in (_COMPOUND.sub("", word) for word in said) if _is_code(code))

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Numbers that stand alone in the title: sizes, versions, counts."""
        return frozenset(float(number) for number in _NUMBER.findall(_plain(self.title)))

    @cached_property
    def solid(self) -> str:
        """All that is said about it without gaps: a code is found there however it is broken up."""
        return re.sub(r"[^a-z0-9]", "", self.text)

    @cached_property
    def amount(self) -> float | None:
        """The price, if one is stated that can be read."""
        found = re.search(r"\d+(?:[.,]\d+)*", self.price)
        return float(found.group().replace(",", "")) if found and found.group().count(".") < 2 else None


@dataclass(frozen=True)
class Pair:
    """Two offers side by side, with what several features need."""

    a: Product
    b: Product

    @cached_property
    def alike(self) -> Mapping[str, float]:
        """For each title word the likeness of its best partner in the other title."""
        return _partners(self.a.words, self.b.words) | _partners(self.b.words, self.a.words)

    @cached_property
    def left(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words of each title that the other has nothing alike for, nor says elsewhere in one piece."""
        return _left(self.a, self.b), _left(self.b, self.a)

    @cached_property
    def codes_left(self) -> tuple[frozenset[str], frozenset[str]]:
        """The codes of each that the other does not say."""
        ours = frozenset(code for code in self.a.codes if code not in self.b.solid)
        theirs = frozenset(code for code in self.b.codes if code not in self.a.solid)
        return ours, theirs

    @cached_property
    def codes_shared(self) -> frozenset[str]:
        """The codes of one that the other says, in whatever field."""
        return (self.a.codes | self.b.codes) - self.codes_left[0] - self.codes_left[1]


Feature = Callable[[Pair], float]


def weight(word: str) -> float:
    """How much a word tells: the rarer in English, the more (8 less its Zipf frequency)."""
    return _MOST - zipf(word)


def _mass(words: frozenset[str]) -> float:
    return sum(weight(word) for word in words)


def _masses(pair: Pair) -> tuple[float, float, float]:
    """The weight of what both titles say, and of what only one says: the lesser, the greater."""
    ours, theirs = (_mass(left) for left in pair.left)
    shared = (_mass(pair.a.words) - ours + _mass(pair.b.words) - theirs) / 2
    return shared, min(ours, theirs), max(ours, theirs)


def _coverage(pair: Pair) -> float:
    shared, less, _ = _masses(pair)
    return shared / (shared + less) if shared + less else 0.0


def _soft(pair: Pair, chosen: Callable[[float, float], float]) -> float:
    covers = [
        sum(weight(word) * pair.alike.get(word, 0.0) for word in side.words) / (_mass(side.words) or 1.0)
        for side in (pair.a, pair.b)
    ]
    return chosen(*covers)


def _jaccard(a: frozenset[str] | frozenset[float], b: frozenset[str] | frozenset[float]) -> float:
    return len(a & b) / len(a | b) if a and b else -1.0


def _contained(pair: Pair) -> float:
    """How long a code is that one offer's code begins or ends with, 0 if none."""
    found = [min(len(a), len(b)) for a in pair.a.codes for b in pair.b.codes if a != b and _extends(a, b)]
    return float(max(found, default=0))


def _near_code(pair: Pair) -> float:
    """The likeness of the two most alike codes among those the other does not say; -1 if one has none left."""
    ours, theirs = pair.codes_left
    return max((Indel.normalized_similarity(a, b) for a in ours for b in theirs), default=-1.0)


def _price(pair: Pair) -> float:
    ours, theirs = pair.a.amount, pair.b.amount
    return min(3.0, abs(math.log(ours / theirs))) if ours and theirs else -1.0


def _brand(pair: Pair) -> float:
    """How well the brands agree; where only one is stated, how well the other's title holds it."""
    ours, theirs = _plain(pair.a.brand), _plain(pair.b.brand)
    if ours and theirs:
        return fuzz.token_set_ratio(ours, theirs) / 100
    if ours or theirs:
        return fuzz.partial_ratio(ours or theirs, pair.b.name if ours else pair.a.name) / 100
    return -1.0


def _model(pair: Pair) -> float:
    """Whether the stated model numbers agree, or else whether one is said by the other offer at all."""
    ours, theirs = (re.sub(r"[^a-z0-9]", "", _plain(side.modelno)) for side in (pair.a, pair.b))
    if not (ours or theirs):
        return -1.0
    if ours and theirs:
        return 1.0 if ours == theirs else 0.7 if _extends(ours, theirs) else 0.0
    return 0.9 if (ours or theirs) in (pair.b.solid if ours else pair.a.solid) else 0.3


def _category(pair: Pair) -> float:
    ours, theirs = _plain(pair.a.category), _plain(pair.b.category)
    return fuzz.token_set_ratio(ours, theirs) / 100 if ours and theirs else -1.0


def _characters(pair: Pair) -> float:
    return _cosine(_grams(pair.a.name), _grams(pair.b.name))


def _title_words(pair: Pair) -> float:
    return _cosine(_weighted(pair.a.name), _weighted(pair.b.name))


def _all_words(pair: Pair) -> float:
    return _cosine(_weighted(pair.a.text), _weighted(pair.b.text))


def _longest(words: frozenset[str]) -> float:
    return float(max(map(len, words), default=0))


FEATURES: list[tuple[str, Feature]] = [
    ("ratio", lambda p: fuzz.ratio(p.a.name, p.b.name) / 100),
    ("token_sort", lambda p: fuzz.token_sort_ratio(p.a.name, p.b.name) / 100),
    ("token_set", lambda p: fuzz.token_set_ratio(p.a.name, p.b.name) / 100),
    ("partial", lambda p: fuzz.partial_ratio(p.a.name, p.b.name) / 100),
    ("weighted", lambda p: fuzz.WRatio(p.a.name, p.b.name) / 100),
    ("jaro_winkler", lambda p: JaroWinkler.similarity(p.a.name, p.b.name)),
    ("characters", _characters),
    ("title_words", _title_words),
    ("all_words", _all_words),
    ("soft_less", lambda p: _soft(p, min)),
    ("soft_more", lambda p: _soft(p, max)),
    ("mass_shared", lambda p: _masses(p)[0]),
    ("mass_left_less", lambda p: _masses(p)[1]),
    ("mass_left_more", lambda p: _masses(p)[2]),
    ("coverage", _coverage),
    ("rarest_left", lambda p: max((weight(word) for side in p.left for word in side), default=0.0)),
    ("rarest_left_less", lambda p: min(max((weight(word) for word in side), default=0.0) for side in p.left)),
    ("codes_jaccard", lambda p: _jaccard(p.a.codes, p.b.codes)),
    ("codes_shared", lambda p: float(len(p.codes_shared))),
    ("codes_shared_longest", lambda p: _longest(p.codes_shared)),
    ("codes_left_less", lambda p: float(min(map(len, p.codes_left)))),
    ("codes_left_more", lambda p: float(max(map(len, p.codes_left)))),
    ("codes_left_longest", lambda p: min(map(_longest, p.codes_left))),
    ("code_contained", _contained),
    ("code_near", _near_code),
    ("numbers_jaccard", lambda p: _jaccard(p.a.numbers, p.b.numbers)),
    ("numbers_left_less", lambda p: float(min(len(p.a.numbers - p.b.numbers), len(p.b.numbers - p.a.numbers)))),
    ("numbers_left_more", lambda p: float(max(len(p.a.numbers - p.b.numbers), len(p.b.numbers - p.a.numbers)))),
    ("price", _price),
    ("brand", _brand),
    ("model", _model),
    ("category", _category),
    ("length_difference", lambda p: float(abs(len(p.a.name) - len(p.b.name)))),
    ("length_less", lambda p: float(min(len(p.a.words), len(p.b.words)))),
    ("text_length_less", lambda p: float(min(len(p.a.text), len(p.b.text)))),
]
"""What the model reads, in its order. -1 stands for what neither offer states."""


def features(a: Product, b: Product) -> list[float]:
    """The features of two offers in the order of FEATURES."""
    pair = Pair(a, b)
    return [feature(pair) for _, feature in FEATURES]


def _plain(text: str) -> str:
    return views(text[:_LONGEST])[0].text if text else ""


def _is_code(word: str) -> bool:
    return len(word) >= 3 and any(c.isdigit() for c in word)


def _extends(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and (long.startswith(short) or long.endswith(short))


def _partners(ours: frozenset[str], theirs: frozenset[str]) -> dict[str, float]:
    found = {word: max((JaroWinkler.similarity(word, other) for other in theirs), default=0.0) for word in ours}
    return {word: likeness for word, likeness in found.items() if likeness >= 0.9}


def _left(ours: Product, theirs: Product) -> frozenset[str]:
    said = theirs.words
    return frozenset(
        word
        for word in ours.words
        if word not in said and not (len(word) >= 4 and _COMPOUND.sub("", word) in theirs.solid)
    )


def _grams(text: str) -> Counter[str]:
    padded = f" {text} "
    return Counter(padded[i : i + n] for n in (2, 3, 4) for i in range(len(padded) - n + 1))


def _weighted(text: str) -> dict[str, float]:
    return {word: weight(word) * (1 + math.log(count)) for word, count in Counter(text.split()).items()}


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    dot = sum(value * b[key] for key, value in a.items() if key in b)
    size = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return dot / size if size else 0.0
