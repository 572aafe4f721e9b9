"""Looks at theirs, whole and by panels, upright and mirrored: where might ours lie, and do the pixels agree there?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchers.image.geometry import Agreement, agreement, refined
from matchers.image.hashes import Box
from matchers.image.keypoints import Features, Matrix, scaling
from matchers.image.photometric import Texture, likeness, overlay, texture
from matchers.image.picture import View

_WORTH_A_LOOK = 5


@dataclass(frozen=True, slots=True)
class Look:
    """One supposed place of ours in theirs: the keypoints that agree on it, and how the pixels there agree.

    `like` is the correlation over the overlap; `matrix` maps pixels of ours to pixels of theirs.
    """

    inliers: int
    like: float
    texture: Texture
    matrix: Matrix
    told: str


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to look: which features are matched, and how their frames lie in the pictures."""

    ours: Features
    theirs: Features
    before: Matrix
    after: Matrix
    within: Box | None
    told: str


def looks(mine: View, other: View) -> Iterator[Look]:
    """The places worth a look, each first as found, then again after the map has been refined."""
    for way in _ways(mine, other):
        first = agreement(way.ours, way.theirs)
        if first.inliers < _WORTH_A_LOOK:
            continue
        yield _look(mine, other, way, first)
        again = refined(way.ours, way.theirs, first.matrix)
        if again.inliers >= _WORTH_A_LOOK:
            yield _look(mine, other, way, again)


def _ways(mine: View, other: View) -> Iterator[_Way]:
    parts: list[tuple[Features, Box | None, str]] = [(other.fine, None, "")]
    parts += [(panel.fine, panel.whole.box, " in a panel") for panel in other.panels]
    for fine, box, place in parts:
        after = _moved(box[0], box[1]) if box else np.eye(3)
        yield _Way(mine.coarse, fine, np.eye(3), after, box, f"upright{place}")
        yield _Way(mine.mirrored, fine, mirror(mine), after, box, f"mirrored{place}")


def _look(mine: View, other: View, way: _Way, found: Agreement) -> Look:
    matrix = way.after @ found.matrix @ way.before
    small = scaling(other.scale) @ matrix @ np.linalg.inv(scaling(mine.scale))
    laid = overlay(mine.grey, other.grey, small, way.within and _scaled(way.within, other.scale))
    return Look(found.inliers, likeness(laid), texture(laid), matrix, way.told)


def _scaled(box: Box, scale: float) -> Box:
    left, top, right, bottom = (round(place * scale) for place in box)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _moved(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], dtype=np.float64)


def mirror(view: View) -> Matrix:
    """The map of a picture's pixels to those of its left-right mirror."""
    return np.array([[-1, 0, view.width - 1], [0, 1, 0], [0, 0, 1]], dtype=np.float64)
