"""How two names agree: the features that the name score is made of, all symmetric."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, Levenshtein

from matchers.text.sounds import sound
from matchers.text.words import zipf

# No name is longer; the rest of a longer text is not read.
_LONGEST = 500

Words = tuple[str, ...]
Partners = tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Name:
    """The name of a person or company as written."""

    written: str

    @cached_property
    def words(self) -> Words:
        """Its words in lower-case ASCII: points and apostrophes closed up, & spelt out, all else a gap."""
        text = anyascii(self.written[:_LONGEST]).lower().replace("&", " and ")
        return tuple(re.findall(r"[a-z0-9]+", re.sub(r"[.'`]", "", text)))

    @cached_property
    def core(self) -> Words:
        """Its words without legal forms, unless nothing else is there."""
        return tuple(word for word in self.words if word not in _legal_forms()) or self.words

    @cached_property
    def forms(self) -> frozenset[str]:
        """Its legal forms, equal ones made one."""
        return frozenset(_legal_forms()[word] for word in self.words if word in _legal_forms())

    @cached_property
    def plain(self) -> str:
        """The words without legal forms, in their order."""
        return " ".join(self.core)

    @cached_property
    def sounds(self) -> Words:
        """How the words sound."""
        return tuple(sound(word, "sound") for word in self.core)


@dataclass(frozen=True)
class Both:
    """Two names side by side."""

    a: Name
    b: Name

    @cached_property
    def partners(self) -> Partners:
        """Words paired off, the most alike first: one of each name and their likeness."""
        ranked = sorted(
            ((_alike(x, y), i, j) for i, x in enumerate(self.a.core) for j, y in enumerate(self.b.core)),
            key=lambda item: (-item[0], item[1], item[2]),
        )
        ours, theirs = set(range(len(self.a.core))), set(range(len(self.b.core)))
        found = []
        for likeness, i, j in ranked:
            if i in ours and j in theirs:
                ours.remove(i)
                theirs.remove(j)
                found.append((self.a.core[i], self.b.core[j], likeness))
        return tuple(found)

    @cached_property
    def likenesses(self) -> tuple[float, ...]:
        """The likeness of each pair of words, the least first."""
        return tuple(sorted(likeness for *_, likeness in self.partners)) or (0.0,)

    @cached_property
    def left(self) -> tuple[int, int]:
        """How many words of each have no partner or a poor one; the lesser number first."""
        good = sum(likeness >= 0.8 for likeness in self.likenesses)
        less, more = sorted((len(self.a.core) - good, len(self.b.core) - good))
        return less, more


Feature = Callable[[Both], float]


def _cover(both: Both, chosen: Callable[[float, float], float]) -> float:
    """The share of letters whose word has a good partner, weighted by likeness."""
    said = sum(min(len(x), len(y)) * likeness for x, y, likeness in both.partners if likeness >= 0.8)
    sizes = [max(1, sum(map(len, side.core))) for side in (both.a, both.b)]
    return chosen(said / sizes[0], said / sizes[1])


def _edits_of_worst(both: Both) -> float:
    x, y, _ = min(both.partners, key=lambda item: item[2], default=("", "", 0.0))
    return float(min(8, Levenshtein.distance(x, y)))


def _differs_by_sound(both: Both) -> float:
    return float(len(set(both.a.sounds) ^ set(both.b.sounds)))


def _digits(both: Both) -> float:
    ours, theirs = (set(re.findall(r"\d+", side.written)) for side in (both.a, both.b))
    return float(ours != theirs)


def _initials(both: Both) -> float:
    return float(sum(len(word) == 1 for side in (both.a, both.b) for word in side.core))


def _forms(both: Both) -> float:
    """1 for the same legal form, -1 for another, 0 where one or both state none."""
    if not (both.a.forms and both.b.forms):
        return 0.0
    return 1.0 if both.a.forms & both.b.forms else -1.0


def _rarity_left(both: Both) -> float:
    """How rare the rarest word without a partner is."""
    shared = {word for x, y, likeness in both.partners if likeness >= 0.8 for word in (x, y)}
    return max((8 - zipf(word) for side in (both.a, both.b) for word in side.core if word not in shared), default=0.0)


def _ends(both: Both, place: int) -> float:
    return _alike(both.a.core[place], both.b.core[place]) if both.a.core and both.b.core else 0.0


def _joined(both: Both) -> float:
    return fuzz.ratio("".join(both.a.core), "".join(both.b.core)) / 100


FEATURES: list[tuple[str, Feature]] = [
    ("ratio", lambda n: fuzz.ratio(n.a.plain, n.b.plain) / 100),
    ("token_sort", lambda n: fuzz.token_sort_ratio(n.a.plain, n.b.plain) / 100),
    ("token_set", lambda n: fuzz.token_set_ratio(n.a.plain, n.b.plain) / 100),
    ("partial", lambda n: fuzz.partial_ratio(n.a.plain, n.b.plain) / 100),
    ("weighted", lambda n: fuzz.WRatio(n.a.plain, n.b.plain) / 100),
    ("jaro_winkler", lambda n: JaroWinkler.similarity(n.a.plain, n.b.plain)),
    ("sorted_jaro_winkler", lambda n: JaroWinkler.similarity(" ".join(sorted(n.a.core)), " ".join(sorted(n.b.core)))),
    ("whole_weighted", lambda n: fuzz.WRatio(" ".join(n.a.words), " ".join(n.b.words)) / 100),
    ("joined", _joined),
    ("sounds", lambda n: fuzz.token_sort_ratio(" ".join(n.a.sounds), " ".join(n.b.sounds)) / 100),
    ("sounds_differ", _differs_by_sound),
    ("cover_less", lambda n: _cover(n, min)),
    ("cover_more", lambda n: _cover(n, max)),
    ("worst", lambda n: n.likenesses[0]),
    ("worst_edits", _edits_of_worst),
    ("mean", lambda n: sum(n.likenesses) / len(n.likenesses)),
    ("left_less", lambda n: float(n.left[0])),
    ("left_more", lambda n: float(n.left[1])),
    ("rarity_left", _rarity_left),
    ("shared", lambda n: float(len(set(n.a.core) & set(n.b.core)))),
    ("words_less", lambda n: float(min(len(n.a.core), len(n.b.core)))),
    ("words_more", lambda n: float(max(len(n.a.core), len(n.b.core)))),
    ("first", lambda n: _ends(n, 0)),
    ("last", lambda n: _ends(n, -1)),
    ("initials", _initials),
    ("digits_differ", _digits),
    ("company", lambda n: float(bool(n.a.forms or n.b.forms))),
    ("forms", _forms),
    ("and", lambda n: float("and" in n.a.words or "and" in n.b.words)),
]
"""What the model reads, in its order."""


def features(a: Name, b: Name) -> list[float]:
    """The features of two names in the order of FEATURES."""
    both = Both(a, b)
    return [feature(both) for _, feature in FEATURES]


def _alike(a: str, b: str) -> float:
    if len(a) == 1 or len(b) == 1:
        return 0.85 if a[:1] == b[:1] else 0.0
    return JaroWinkler.similarity(a, b)


@cache
def _legal_forms() -> dict[str, str]:
    lines = (files(__package__) / "legal_forms.txt").read_text(encoding="utf-8").splitlines()
    groups = [line.split() for line in lines if not line.startswith("#")]
    return {form: group[0] for group in groups for form in group}
