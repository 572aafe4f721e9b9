"""Looks at theirs, whole and by panels, upright and mirrored: where might ours lie, and do the pixels agree there?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matchers.image.geometry import Agreement, agreement, refined
from matchers.image.hashes import Box
from matchers.image.keypoints import Features, Matrix, scaling
from matchers.image.photometric import Texture, aligned, likeness, overlay, texture
from matchers.image.picture import View

_WORTH_A_LOOK, _WORTH_ALIGNING = 5, 12


@dataclass(frozen=True, slots=True)
class Look:
    """One supposed place of ours in theirs: the keypoints that agree on it, and how the pixels there agree.

    `like` is the correlation over the overlap; `matrix` maps pixels of ours to pixels of theirs. `aligned` says that it
    was moved until the pixels agreed best, which flatters what is merely alike.
    """

    inliers: int
    like: float
    texture: Texture
    matrix: Matrix
    told: str
    aligned: bool = False


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
    """The places worth a look: each as found, after the map has been refined, and aligned by the pixels themselves."""
    for way in _ways(mine, other):
        found = agreement(way.ours, way.theirs)
        if found.inliers < _WORTH_A_LOOK:
            continue
        yield _look(mine, other, way, found)
        again = refined(way.ours, way.theirs, found.matrix)
        if again.inliers >= _WORTH_A_LOOK:
            yield _look(mine, other, way, again)
        best = max(found, again, key=lambda one: one.inliers)
        if best.inliers >= _WORTH_ALIGNING:
            yield from _aligned(mine, other, way, best)


def _ways(mine: View, other: View) -> Iterator[_Way]:
    parts: list[tuple[Features, Box | None, str]] = [(other.fine, None, "")]
    parts += [(panel.fine, panel.whole.box, " in a panel") for panel in other.panels]
    for fine, box, place in parts:
        after = _moved(box[0], box[1]) if box else np.eye(3)
        yield _Way(mine.coarse, fine, np.eye(3), after, box, f"upright{place}")
        yield _Way(mine.mirrored, fine, mirror(mine), after, box, f"mirrored{place}")


def _look(mine: View, other: View, way: _Way, found: Agreement) -> Look:
    matrix = way.after @ found.matrix @ way.before
    return _seen(mine, other, way, Agreement(found.inliers, matrix), way.told)


def _aligned(mine: View, other: View, way: _Way, found: Agreement) -> Iterator[Look]:
    small = _of_copies(mine, other, way.after @ found.matrix @ way.before)
    moved = aligned(mine.grey, other.grey, small, _within(way, other))
    if moved is not None:
        matrix = np.linalg.inv(scaling(other.scale)) @ moved @ scaling(mine.scale)
        told = f"{way.told}, aligned by the pixels"
        yield replace(_seen(mine, other, way, Agreement(found.inliers, matrix), told), aligned=True)


def _seen(mine: View, other: View, way: _Way, found: Agreement, told: str) -> Look:
    laid = overlay(mine.grey, other.grey, _of_copies(mine, other, found.matrix), _within(way, other))
    return Look(found.inliers, likeness(laid), texture(laid), found.matrix, told)


def _of_copies(mine: View, other: View, matrix: Matrix) -> Matrix:
    """The map between the small grey copies, of one between the pictures."""
    return np.asarray(scaling(other.scale) @ matrix @ np.linalg.inv(scaling(mine.scale)), dtype=np.float64)


def _within(way: _Way, other: View) -> Box | None:
    return way.within and _scaled(way.within, other.scale)


def _scaled(box: Box, scale: float) -> Box:
    left, top, right, bottom = (round(place * scale) for place in box)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _moved(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], dtype=np.float64)


def mirror(view: View) -> Matrix:
    """The map of a picture's pixels to those of its left-right mirror."""
    return np.array([[-1, 0, view.width - 1], [0, 1, 0], [0, 0, 1]], dtype=np.float64)
