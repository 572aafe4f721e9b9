"""An index of described pictures: from which stored ones might a new picture have been taken?

Whole pictures by the Hamming distance of PDQ in all turns, with borders and without; parts by a vote of keypoints. It
only nominates: whether a picture is a copy says `matchers.image.compare`. It is derived, and may be built anew from
stored descriptions at any time.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchers.image import Picture
from matchers.image.hamming import Rows, rows
from matchers.image.hashes import Pdq
from matchers.image.picture import View

Bits = NDArray[np.uint8]

RADIUS = 50
"""The PDQ distance (0-256) up to which whole pictures are nominated."""

_BYTES = 32
_STORED, _ASKED, _NEIGHBOURS = 200, 400, 3
_SAME_POINT, _LEAST_VOTES = 64, 4


@dataclass(frozen=True, slots=True)
class Nominee:
    """A stored picture that may be the original: PDQ distance (None: beyond the radius), and votes of keypoints."""

    name: str
    distance: int | None
    votes: int


class Index:
    """Stored pictures by name; exact search, about 40 bytes a picture for the whole and 13 KB for its parts."""

    def __init__(self, make: Callable[[int], Rows] = rows) -> None:
        self._make = make
        self._kept: dict[str, tuple[Bits, Bits]] = {}
        self._wholes, self._points = make(_BYTES), make(_BYTES)
        self._wholes_of: list[str | None] = []
        self._points_of: list[str | None] = []

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, name: str, picture: Picture) -> None:
        """Stores a picture under a name; one stored under that name before is replaced."""
        self.remove(name)
        kept = _stored(picture)
        self._kept[name] = kept
        self._append(name, kept)

    def remove(self, name: str) -> None:
        """Forgets the picture of that name, if there is one; never nominated again from now on."""
        if self._kept.pop(name, None) is None:
            return
        self._wholes_of = [None if owner == name else owner for owner in self._wholes_of]
        self._points_of = [None if owner == name else owner for owner in self._points_of]
        if self._wholes_of.count(None) * 2 > len(self._wholes_of):
            self._clear()
            for other, kept in self._kept.items():
                self._append(other, kept)

    def search(self, picture: Picture, most: int = 10) -> list[Nominee]:
        """The likeliest originals: whole pictures by distance first, then parts by votes."""
        near = self._by_whole(picture)
        votes = self._by_points(picture)
        names = {*near, *(name for name, count in votes.items() if count >= _LEAST_VOTES)}
        found = [Nominee(name, near.get(name), votes[name]) for name in names]
        found.sort(key=lambda one: (RADIUS + 1 if one.distance is None else one.distance, -one.votes, one.name))
        return found[:most]

    def _clear(self) -> None:
        self._wholes, self._points = self._make(_BYTES), self._make(_BYTES)
        self._wholes_of, self._points_of = [], []

    def _append(self, name: str, kept: tuple[Bits, Bits]) -> None:
        wholes, points = kept
        if len(wholes):
            self._wholes.add(wholes)
        if len(points):
            self._points.add(points)
        self._wholes_of += [name] * len(wholes)
        self._points_of += [name] * len(points)

    def _by_whole(self, picture: Picture) -> dict[str, int]:
        asked = _together([area.bits for view in picture.views for area in _areas(view, panels=True)])
        if not len(asked) or not self._wholes_of:
            return {}
        near: dict[str, int] = {}
        for row, far in zip(*self._wholes.within(asked, RADIUS), strict=True):
            name = self._wholes_of[row]
            if name is not None:
                near[name] = min(near.get(name, RADIUS), int(far))
        return near

    def _by_points(self, picture: Picture) -> Counter[str]:
        asked = _together([_spread(bits, _ASKED) for view in picture.views for bits in _descriptors(view)])
        votes: Counter[str] = Counter()
        if not len(asked) or not self._points_of:
            return votes
        which, far = self._points.nearest(asked, min(_NEIGHBOURS, len(self._points_of)))
        for row, distance in zip(which.ravel(), far.ravel(), strict=True):
            name = self._points_of[row] if distance < _SAME_POINT else None
            if name is not None:
                votes[name] += 1
        return votes


def _stored(picture: Picture) -> tuple[Bits, Bits]:
    """The rows kept of a picture: PDQ as it stands, and keypoints of both orientations."""
    wholes = [area.bits[:1] for view in picture.views for area in _areas(view, panels=False)]
    both = [side.descriptors for view in picture.views for side in (view.coarse, view.mirrored)]
    return _together(wholes), _together([_spread(bits, _STORED) for bits in both])


def _areas(view: View, *, panels: bool) -> Iterator[Pdq]:
    """What is hashed of a view, where its bits mean anything."""
    areas = [view.whole] if view.trimmed.box == view.whole.box else [view.whole, view.trimmed]
    if panels:
        areas += [panel.whole for panel in view.panels]
    return (area for area in areas if area.usable)


def _descriptors(view: View) -> list[Bits]:
    return [view.fine.descriptors, *(panel.fine.descriptors for panel in view.panels)]


def _spread(bits: Bits, most: int) -> Bits:
    """At most so many rows, taken evenly: keypoints come level by level, and every level is wanted."""
    return bits[np.linspace(0, len(bits) - 1, most).astype(np.int64)] if len(bits) > most else bits


def _together(parts: list[Bits]) -> Bits:
    return np.concatenate([np.zeros((0, _BYTES), np.uint8), *parts])
