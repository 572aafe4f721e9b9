"""Where keypoints of two pictures agree on one change of place, size, turn and slant."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from matchers.image.hamming import two_nearest
from matchers.image.keypoints import FEWEST, Features, Matrix, scaling

RATIO = 0.85
_OFF, _TRIES, _SURE, _REFINED = 4.0, 800, 0.995, 5
_SCALE_LEAST, _SCALE_MOST, _SLANT_MOST = 0.08, 8.0, 2.2
_CELL = 4
_NEAR, _SIMILAR, _OFF_REFINED = 12.0, 64, 3.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many distinct keypoints agree on `matrix`, the map from pixels of ours to pixels of theirs."""

    inliers: int
    matrix: Matrix


NONE = Agreement(0, np.eye(3))


def agreement(ours: Features, theirs: Features) -> Agreement:
    """The affine map on which most keypoints agree; zero inliers when there is none that a copy could have."""
    if len(ours) < FEWEST or len(theirs) < FEWEST:
        return NONE
    source, target = _pairs(ours, theirs)
    if len(source) <= FEWEST:
        return NONE
    found, inside = cv2.estimateAffine2D(
        source,
        target,
        method=cv2.RANSAC,
        ransacReprojThreshold=_OFF,
        maxIters=_TRIES,
        confidence=_SURE,
        refineIters=_REFINED,
    )
    if found is None or not _plausible(np.asarray(found[:, :2])):
        return NONE
    kept = inside.ravel().astype(bool)
    matrix = np.linalg.inv(scaling(theirs.scale)) @ np.vstack([found, [0, 0, 1]]) @ scaling(ours.scale)
    return Agreement(min(_distinct(source[kept]), _distinct(target[kept])), matrix)


def refined(ours: Features, theirs: Features, matrix: Matrix) -> Agreement:
    """The projective map near `matrix` (pixels of ours to pixels of theirs) on which most keypoints agree.

    Looks for each keypoint only where `matrix` puts it, so that repeated patterns and weak descriptors count too.
    """
    if len(ours) < FEWEST or len(theirs) < FEWEST:
        return NONE
    working = scaling(theirs.scale) @ matrix @ np.linalg.inv(scaling(ours.scale))
    expected = cv2.perspectiveTransform(ours.points.reshape(-1, 1, 2), working).reshape(-1, 2)
    close = ((expected[:, None] - theirs.points[None]) ** 2).sum(axis=2) < _NEAR**2
    mine, others = np.nonzero(close)
    far = np.bitwise_count(ours.descriptors[mine] ^ theirs.descriptors[others]).sum(axis=1)
    order = np.argsort(far, kind="stable")
    order = order[far[order] <= _SIMILAR]
    _, first = np.unique(mine[order], return_index=True)
    chosen = order[first]
    source, target = ours.points[mine[chosen]], theirs.points[others[chosen]]
    if len(source) < 2 * FEWEST:
        return NONE
    found, inside = cv2.findHomography(source, target, cv2.RANSAC, _OFF_REFINED, maxIters=_TRIES, confidence=_SURE)
    if found is None or not _plausible(np.asarray(found[:2, :2])):
        return NONE
    kept = inside.ravel().astype(bool)
    whole = np.linalg.inv(scaling(theirs.scale)) @ found @ scaling(ours.scale)
    return Agreement(min(_distinct(source[kept]), _distinct(target[kept])), whole)


def _pairs(ours: Features, theirs: Features) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Points of ours and theirs whose descriptors are nearest, where the second nearest is clearly farther."""
    far, which = two_nearest(theirs.descriptors, ours.descriptors)
    clear = far[:, 0] < RATIO * far[:, 1]
    return ours.points[which[clear, 0]], theirs.points[clear]


def _plausible(linear: Matrix) -> bool:
    """Whether a copy could have been changed so: no mirror (that is other features' work), no extreme size or slant."""
    if np.linalg.det(linear) <= 0:
        return False
    large, small = np.linalg.svd(linear, compute_uv=False)
    return bool(small >= _SCALE_LEAST and large <= _SCALE_MOST and large <= _SLANT_MOST * small)


def _distinct(points: NDArray[np.float32]) -> int:
    """The number of small cells that hold a point, so that one repeated corner votes once."""
    return len(np.unique((points // _CELL).astype(np.int32), axis=0))
