"""Where keypoints of two pictures agree on one change of place, size, turn and slant."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from matchers.image.keypoints import FEWEST, Features, Matrix, scaling

RATIO = 0.85
_OFF, _TRIES, _SURE, _REFINED = 4.0, 800, 0.995, 5
_SCALE_LEAST, _SCALE_MOST, _SLANT_MOST = 0.08, 8.0, 2.2
_CELL = 4


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
    if len(source) < FEWEST:
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


def _pairs(ours: Features, theirs: Features) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Points of ours and theirs whose descriptors are nearest, where the second nearest is clearly farther."""
    matcher = cv2.BFMatcher(cv2.NORM_HAMMING)
    near = [pair for pair in matcher.knnMatch(theirs.descriptors, ours.descriptors, k=2) if len(pair) == 2]
    good = [first for first, second in near if first.distance < RATIO * second.distance]
    return ours.points[[m.trainIdx for m in good]], theirs.points[[m.queryIdx for m in good]]


def _plausible(linear: Matrix) -> bool:
    """Whether a copy could have been changed so: no mirror (that is other features' work), no extreme size or slant."""
    if np.linalg.det(linear) <= 0:
        return False
    large, small = np.linalg.svd(linear, compute_uv=False)
    return bool(small >= _SCALE_LEAST and large <= _SCALE_MOST and large <= _SLANT_MOST * small)


def _distinct(points: NDArray[np.float32]) -> int:
    """The number of small cells that hold a point, so that one repeated corner votes once."""
    return len(np.unique((points // _CELL).astype(np.int32), axis=0))
