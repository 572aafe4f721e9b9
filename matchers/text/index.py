"""Which marks come near a window: an exact dictionary, and a dictionary of deletions (as SymSpell has it).

Only the first eight characters of keys and windows are varied: of two texts within two edits the beginnings agree
after two deletions in each, for what is surplus in one is cut off at its end. So joins that begin with the same words,
which are most of them, are looked up once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

_CACHED = 400_000
_BEGINNINGS_CACHED = 1_000_000
_SHORTEST_FUZZY = 4
_BEGINNING = 8

_FEW = 16
"""So many keys are compared one by one at less cost than a lookup has."""

_Near = tuple[tuple[int, str, int], ...]
"""Marks by their places, each with its key and its limit."""


Limit = Callable[[int], int]


def limit(length: int) -> int:
    """How many edits a mark of that many characters may be away: none up to 3, one up to 7, else two."""
    return 0 if length < 4 else 1 if length < 8 else 2


def sound_limit(length: int) -> int:
    """As `limit` for the keys of sounds, which leave out much of a name: one edit from seven characters on."""
    return 0 if length < 7 else 1


class Index:
    """Keys of marks, found by themselves or by what is left of them after deletions."""

    def __init__(self, keys: Sequence[str], within: Limit = limit) -> None:
        self._keys = tuple(keys)
        self._within = within
        self.exact: Mapping[str, tuple[int, ...]] = _grouped((key, place) for place, key in enumerate(keys))
        all_ = tuple((place, key, within(len(key))) for place, key in enumerate(keys) if key)
        self._few = all_ if len(all_) <= _FEW else ()
        self._left = _grouped(
            (rest, place) for place, key in enumerate(keys) for rest in _deleted(key[:_BEGINNING], limit(len(key)))
        )
        self._longest = max(map(len, keys), default=0) + limit(max(map(len, keys), default=0))
        self._begun: dict[str, _Near] = {}
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}

    def near(self, window: str) -> tuple[tuple[int, int], ...]:
        """The places of the marks within their limit of a window's key, each with its edits (OSA); remembered."""
        if not self._candidates(window):
            return ()
        known = self._known.get(window)
        if known is None:
            known = self.found(window)
            if len(self._known) < _CACHED:
                self._known[window] = known
        return known

    def found(self, window: str) -> tuple[tuple[int, int], ...]:
        """As `near`, looked up anew."""
        if len(window) < _SHORTEST_FUZZY - 1:
            return tuple((place, 0) for place in self.exact.get(window, ()))
        if len(window) > self._longest:
            return ()
        return tuple(sorted(self._verified(window)))

    def _verified(self, window: str) -> Iterator[tuple[int, int]]:
        size = len(window)
        for place, key, most in self._candidates(window):
            if abs(len(key) - size) <= most:
                edits = OSA.distance(window, key, score_cutoff=most)
                if edits <= most:
                    yield place, edits

    def _candidates(self, window: str) -> _Near:
        """The marks whose beginning is near that of a window, which many windows share."""
        if self._few:
            return self._few
        beginning = window[:_BEGINNING]
        begun = self._begun.get(beginning)
        if begun is None:
            begun = self._begun_like(beginning)
            if len(self._begun) < _BEGINNINGS_CACHED:
                self._begun[beginning] = begun
        return begun

    def _begun_like(self, beginning: str) -> _Near:
        left = self._left
        rests = _deleted(beginning, _deletions(len(beginning)))
        if left.keys().isdisjoint(rests):
            return ()
        places = {place for rest in rests if rest in left for place in left[rest]}
        return tuple((place, self._keys[place], self._within(len(self._keys[place]))) for place in places)


def _deletions(length: int) -> int:
    return 0 if length < _SHORTEST_FUZZY else 1 if length < 7 else 2


def _deleted(key: str, most: int) -> set[str]:
    """The key, and all that is left of it after up to `most` deletions."""
    left = {key}
    found = {key}
    for _ in range(most):
        left = {rest[:place] + rest[place + 1 :] for rest in left for place in range(len(rest))}
        found |= left
    return found


def _grouped(pairs: Iterator[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, place in pairs:
        if key:
            found[key].append(place)
    return {key: tuple(places) for key, places in found.items()}
