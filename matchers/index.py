"""An index of described pictures: from which stored ones might a new picture have been taken?

Whole pictures by the Hamming distance of PDQ in all turns, with borders and without; parts by a vote of keypoints. It
only nominates: whether a picture is a copy says `matchers.image.compare`. It is derived: what is kept of a picture
(`Kept`) stands in the database, and the index may be built anew from that at any time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matchers.image import Picture
from matchers.image.clustered import many
from matchers.image.hamming import Rows, rows
from matchers.image.hashes import Pdq
from matchers.image.owned import Owned
from matchers.image.picture import View

Bits = NDArray[np.uint8]

RADIUS = 50
"""The PDQ distance (0-256) up to which whole pictures are nominated."""

WIDTH = 32
"""Bytes of a row: PDQ bits, and the descriptor of a keypoint."""

_STORED, _ASKED, _NEIGHBOURS = 200, 400, 3
_SAME_POINT, _LEAST_VOTES = 64, 4


@dataclass(frozen=True, slots=True)
class Kept:
    """What an index keeps of a picture: PDQ rows of its areas, and spread-out keypoints (each n x 32 bytes)."""

    wholes: Bits
    points: Bits


@dataclass(frozen=True, slots=True)
class Nominee:
    """A stored picture that may be the original: PDQ distance (None: beyond the radius), and votes of keypoints."""

    name: str
    distance: int | None
    votes: int


class Wholes(Protocol):
    """Where the hashes of whole pictures are searched: in memory here, or in a database elsewhere."""

    def add(self, name: str, bits: Bits) -> None:
        """Adds the rows of a picture."""

    def remove(self, name: str) -> None:
        """Forgets the rows of a picture, if there are any."""

    def within(self, sought: Bits, radius: int) -> dict[str, int]:
        """Every picture with a row at most `radius` bits from any row sought, and the least distance; exact."""


class Named:
    """Rows by the name of their picture, in memory."""

    def __init__(self, make: Callable[[int], Rows] = rows) -> None:
        self.rows = Owned(WIDTH, make)
        self._names: list[str] = []
        self._held: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._held)

    def add(self, name: str, bits: Bits) -> None:
        """Adds the rows of a picture; those it had before are forgotten."""
        self.remove(name)
        self._held[name] = len(self._names), len(bits)
        self.rows.add(np.full(len(bits), len(self._names), np.int64), bits)
        self._names.append(name)

    def remove(self, name: str) -> None:
        """Forgets the rows of a picture, if there are any."""
        if name in self._held:
            self.rows.remove(*self._held.pop(name))

    def within(self, sought: Bits, radius: int) -> dict[str, int]:
        """Every picture within the radius; exact."""
        return {self._names[owner]: far for owner, far in self.rows.within(sought, radius).items()}

    def votes(self, sought: Bits) -> dict[str, int]:
        """How many rows of each picture are the nearest of a row sought, and near enough to be the same."""
        counted = self.rows.votes(sought, _NEIGHBOURS, _SAME_POINT)
        return {self._names[owner]: count for owner, count in counted.items()}


class Index:
    """Stored pictures by name, about 40 bytes for the whole and 13 KB for the parts of each.

    The search by the whole is exact; that by parts is a vote, and among very many keypoints a few voters are missed.
    """

    def __init__(
        self,
        make: Callable[[int], Rows] = rows,
        wholes: Wholes | None = None,
        make_points: Callable[[int], Rows] = many,
    ) -> None:
        self._wholes = wholes if wholes is not None else Named(make)
        self._points = Named(make_points)

    def __len__(self) -> int:
        return len(self._points)

    def add(self, name: str, picture: Picture | Kept) -> None:
        """Stores a picture, or what was kept of it, under a name; one stored under that name before is replaced."""
        new = kept(picture) if isinstance(picture, Picture) else picture
        self._wholes.remove(name)
        self._wholes.add(name, new.wholes)
        self._points.add(name, new.points)

    def remove(self, name: str) -> None:
        """Forgets the picture of that name, if there is one; never nominated again from now on."""
        self._wholes.remove(name)
        self._points.remove(name)

    def search(self, picture: Picture, most: int = 10) -> list[Nominee]:
        """The likeliest originals: whole pictures by distance first, then parts by votes."""
        near = self._wholes.within(_together(list(_sought(picture))), RADIUS)
        votes = self._points.votes(_together([_spread(bits, _ASKED) for bits in _descriptors(picture)]))
        names = {*near, *(name for name, count in votes.items() if count >= _LEAST_VOTES)}
        found = [Nominee(name, near.get(name), votes.get(name, 0)) for name in names]
        found.sort(key=lambda one: (RADIUS + 1 if one.distance is None else one.distance, -one.votes, one.name))
        return found[:most]


def kept(picture: Picture) -> Kept:
    """What an index keeps of a picture: PDQ as it stands, and keypoints of both orientations."""
    wholes = [area.bits[:1] for view in picture.views for area in _areas(view, panels=False)]
    both = [side.descriptors for view in picture.views for side in (view.coarse, view.mirrored)]
    return Kept(_together(wholes), _together([_spread(bits, _STORED) for bits in both]))


def from_bytes(raw: bytes) -> Bits:
    """Rows of 32 bytes that were written one after the other."""
    return np.frombuffer(raw, np.uint8).reshape(-1, WIDTH)


def _sought(picture: Picture) -> Iterator[Bits]:
    return (area.bits for view in picture.views for area in _areas(view, panels=True))


def _areas(view: View, *, panels: bool) -> Iterator[Pdq]:
    """What is hashed of a view, where its bits mean anything."""
    areas = [view.whole] if view.trimmed.box == view.whole.box else [view.whole, view.trimmed]
    if panels:
        areas += [panel.whole for panel in view.panels]
    return (area for area in areas if area.usable)


def _descriptors(picture: Picture) -> Iterator[Bits]:
    for view in picture.views:
        yield view.fine.descriptors
        yield from (panel.fine.descriptors for panel in view.panels)


def _spread(bits: Bits, most: int) -> Bits:
    """At most so many rows, taken evenly: keypoints come level by level, and every level is wanted."""
    return bits[np.linspace(0, len(bits) - 1, most).astype(np.int64)] if len(bits) > most else bits


def _together(parts: list[Bits]) -> Bits:
    return np.concatenate([np.zeros((0, WIDTH), np.uint8), *parts])
