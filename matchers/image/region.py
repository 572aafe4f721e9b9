"""Where two pictures match: corners in both, and what was done to ours, in words."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from matchers.finding import Quad, Region
from matchers.image.hashes import TURNS, Box
from matchers.image.keypoints import Matrix

_TURNED, _STRETCHED, _PART = 2.5, 1.08, 0.97
_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


def corners(box: Box) -> Quad:
    """The corners of a box, clockwise from the top left."""
    left, top, right, bottom = box
    first, second, third, fourth = ((left + x * (right - left), top + y * (bottom - top)) for x, y in _CORNERS)
    return first, second, third, fourth


def turned(ours: Box, theirs: Box, row: int) -> Matrix:
    """The map that lays the box of ours on the box of theirs after the mirror and quarter turns of TURNS[row]."""
    mirror, quarters = TURNS[row]
    places = list(_CORNERS)
    if mirror:
        places = [(1 - x, y) for x, y in places]
    for _ in range(quarters):
        places = [(y, 1 - x) for x, y in places]
    left, top, right, bottom = theirs
    target = [(left + x * (right - left) - 0.5, top + y * (bottom - top) - 0.5) for x, y in places]
    source = np.array(corners(ours), np.float32) - 0.5
    return np.asarray(cv2.getPerspectiveTransform(source, np.array(target, np.float32)), dtype=np.float64)


def region(matrix: Matrix, ours: tuple[int, int], theirs: tuple[int, int]) -> Region:
    """The region that `matrix` (pixels of ours to theirs) maps onto theirs; sizes are (width, height)."""
    whole = np.array(corners((0, 0, *ours)), np.float64) - 0.5
    laid = project(matrix, whole) + 0.5
    frame = np.array(corners((0, 0, *theirs)), np.float32)
    shared, _ = cv2.intersectConvexConvex(cv2.convexHull(laid.astype(np.float32)), frame)
    full = cv2.contourArea(laid.astype(np.float32))
    return Region(
        ours=_quad(whole + 0.5),
        theirs=_quad(laid),
        transform=words(matrix, shared / (theirs[0] * theirs[1]), shared / full if full else 0.0),
    )


def project(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points (n x 2) mapped."""
    return np.asarray(cv2.perspectiveTransform(points.reshape(-1, 1, 2), matrix).reshape(-1, 2), dtype=np.float64)


def _quad(points: NDArray[np.float64]) -> Quad:
    first, second, third, fourth = ((round(float(x), 1), round(float(y), 1)) for x, y in points)
    return first, second, third, fourth


def words(matrix: Matrix, covered: float, shown: float) -> str:
    """What was done, e.g. "mirrored, rotated 10 degrees, covers 38 % of the picture"."""
    linear = matrix[:2, :2]
    mirrored = np.linalg.det(linear) < 0
    said = ["mirrored"] if mirrored else []
    if mirrored:
        linear = linear @ np.diag([-1.0, 1.0])
    angle = round(math.degrees(math.atan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1])))
    if abs(angle) >= _TURNED:
        said.append(f"rotated {abs(angle)} degrees {'clockwise' if angle > 0 else 'anticlockwise'}")
    large, small = np.linalg.svd(linear, compute_uv=False)
    if large > _STRETCHED * small:
        said.append("stretched or slanted")
    if shown < _PART:
        said.append(f"shows {round(100 * shown)} % of ours")
    said.append("covers the whole picture" if covered > _PART else f"covers {round(100 * covered)} % of the picture")
    return ", ".join(said)
