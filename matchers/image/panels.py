"""The panels of a picture: rectangles that were probably pictures of their own before someone put them together.

Two ways: straight edges that close to a rectangle (collages, screenshots, pasted inserts), and islands of content on
one ground colour (shop pages on white).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from matchers.image.decode import Pixels
from matchers.image.hashes import Box, shrunk

Mask = NDArray[np.bool_]

_SIDE = 320
_EDGE_STEP, _EDGE_GAP, _EDGE_RUN = 12, 5, 28
_BESIDE, _STANDS_OUT = 11, 1.8
_LINES, _MOST, _LEAST_SIDE, _LEAST_LONG = 16, 12, 28, 44
_MOST_ISLANDS = 8
_WHOLE, _SAME, _MADE_OF = 0.85, 0.75, 0.5
_SIDES_LEAST, _SIDES_TOGETHER = 0.6, 3.3
_GROUND_STEP, _GROUND_SHARE, _ISLAND_GAP = 14, 0.15, 7


def panels(picture: Pixels) -> tuple[Box, ...]:
    """At most twelve boxes in pixels of the picture, likeliest first; none in an ordinary photo."""
    small = shrunk(picture, _SIDE)
    if min(small.shape[:2]) < _LEAST_SIDE:
        return ()
    found = _islands(small) + _closed_rectangles(small)
    down, along = picture.shape[0] / small.shape[0], picture.shape[1] / small.shape[1]
    kept = _apart(found, (0, 0, small.shape[1], small.shape[0]))[:_MOST]
    return tuple((round(a * along), round(b * down), round(c * along), round(d * down)) for a, b, c, d in kept)


def _closed_rectangles(small: Pixels) -> list[Box]:
    """Rectangles whose four sides lie on straight edges, or on the frame; best supported first."""
    upright, level = _edges(small, across=True), _edges(small, across=False)
    columns, rows = _strongest(upright.sum(axis=0)), _strongest(level.sum(axis=1))
    left, right = _spans(columns)
    top, bottom = _spans(rows)
    if not len(left) or not len(top):
        return []
    upright_share, level_share = _share(upright.T[columns], top, bottom), _share(level[rows], left, right)
    sides = np.stack(
        [
            upright_share[np.searchsorted(columns, left)],
            upright_share[np.searchsorted(columns, right)],
            level_share[np.searchsorted(rows, top)].T,
            level_share[np.searchsorted(rows, bottom)].T,
        ]
    )
    good = (sides.min(axis=0) >= _SIDES_LEAST) & (sides.sum(axis=0) >= _SIDES_TOGETHER)
    size = (right - left)[:, None] * (bottom - top)[None]
    good &= np.maximum((right - left)[:, None], (bottom - top)[None]) >= _LEAST_LONG
    worth = np.where(good, sides.sum(axis=0) - 0.5 * size / (small.shape[0] * small.shape[1]), 0)
    order = np.argsort(-worth, axis=None)[: min(80, int(good.sum()))]
    return [
        (int(left[i]), int(top[j]), int(right[i]), int(bottom[j]))
        for i, j in zip(*np.unravel_index(order, worth.shape), strict=True)
    ]


def _edges(small: Pixels, *, across: bool) -> Mask:
    """Where a straight edge runs, one place wider or higher than the picture: the frame counts as an edge.

    `across` looks at differences between columns, that is at upright edges.
    """
    before, after = (small[:, :-1], small[:, 1:]) if across else (small[:-1], small[1:])
    step = _most(before, after)
    # An edge stands out from what is beside it; texture is as strong everywhere.
    beside = cv2.blur(step, (_BESIDE, 1) if across else (1, _BESIDE))
    strong = (step > _EDGE_STEP) & (step > (_STANDS_OUT * beside))
    framed = np.pad(strong, [(0, 0), (1, 1)] if across else [(1, 1), (0, 0)], constant_values=True).astype(np.uint8)
    # An edge that shrinking spread over two lines is one edge.
    near = cv2.dilate(framed, np.ones((1, 2) if across else (2, 1), np.uint8))
    gap, run = ((1, n) if not across else (n, 1) for n in (_EDGE_GAP, _EDGE_RUN))
    joined = cv2.morphologyEx(near, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones(run, np.uint8)) > 0)


def _most(before: Pixels, after: Pixels) -> NDArray[np.uint8]:
    """How much two pictures differ at each pixel, in the channel that differs most."""
    red, green, blue = cv2.split(cv2.absdiff(before, after))
    return np.asarray(cv2.max(cv2.max(red, green), blue))


def _strongest(amounts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places with the longest edges, at most 16 and never neighbours, with both ends of the frame."""
    kept = [0, len(amounts) - 1]
    for place in np.argsort(-amounts, kind="stable"):
        if len(kept) == _LINES or amounts[place] < _EDGE_RUN:
            break
        if all(abs(int(place) - other) > 3 for other in kept):
            kept.append(int(place))
    return np.sort(np.array(kept))


def _spans(places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All pairs of places (from, to) that are far enough apart for a panel."""
    i, j = np.triu_indices(len(places), 1)
    wide = places[j] - places[i] >= _LEAST_SIDE
    return places[i][wide], places[j][wide]


def _share(lines: Mask, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.float64]:
    """Which share of each line is edge between each start and its end: lines x spans."""
    running = np.insert(np.cumsum(lines, axis=1, dtype=np.int64), 0, 0, axis=1)
    return np.asarray((running[:, end] - running[:, start]) / (end - start))


def _islands(small: Pixels) -> list[Box]:
    """Boxes around what stands apart on the one colour that much of the picture has; largest first."""
    red, green, blue = cv2.split((small >> 4).astype(np.uint16))
    codes = red * 256 + green * 16 + blue
    counts = np.bincount(codes.ravel(), minlength=4096)
    if counts.max() < _GROUND_SHARE * codes.size:
        return []
    ground = small[codes == counts.argmax()].mean(axis=0)
    content = (_most(small, np.full_like(small, ground)) > _GROUND_STEP).astype(np.uint8)
    joined = cv2.morphologyEx(content, cv2.MORPH_CLOSE, np.ones((_ISLAND_GAP, _ISLAND_GAP), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(joined)
    large = [box for box in found[1:] if min(box[2:4]) >= _LEAST_SIDE and max(box[2:4]) >= _LEAST_LONG]
    large.sort(key=lambda box: -int(box[4]))
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in large[:_MOST_ISLANDS]]


def _apart(boxes: list[Box], whole: Box) -> list[Box]:
    """The boxes in order, without those that nearly repeat an earlier one or the whole."""
    kept: list[Box] = []
    for box in boxes:
        anew = _overlap(box, whole) < _WHOLE and all(_overlap(box, other) < _SAME for other in kept)
        if anew and not _is_made_of(box, kept):
            kept.append(box)
    return kept


def _is_made_of(box: Box, kept: list[Box]) -> bool:
    """Whether the box is two or more kept ones and what lies between them."""
    parts = [other for other in kept if _shared(box, other) > 0.9 * _area(other)]
    return len(parts) > 1 and sum(_area(part) for part in parts) > _MADE_OF * _area(box)


def _overlap(ours: Box, theirs: Box) -> float:
    """The shared area over the joint area."""
    shared = _shared(ours, theirs)
    return shared / (_area(ours) + _area(theirs) - shared)


def _shared(ours: Box, theirs: Box) -> int:
    width = min(ours[2], theirs[2]) - max(ours[0], theirs[0])
    height = min(ours[3], theirs[3]) - max(ours[1], theirs[1])
    return max(0, width) * max(0, height)


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
