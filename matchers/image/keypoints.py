"""Keypoints of a picture: ORB on grey, for parts, turns and changed shapes that no hash of the whole survives."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Matrix = NDArray[np.float64]
"""3 x 3, maps (x, y, 1); whole numbers are the middles of pixels."""

# Pictures are spread over processes; threads within each would only contend for the same cores.
cv2.setNumThreads(1)

FEWEST = 4
_LEVELS, _STEP, _FAST, _EDGE, _PATCH = 10, 1.2, 8, 15, 31


@dataclass(frozen=True, slots=True)
class Features:
    """Points (n x 2, float32) and their descriptors (n x 32 bytes) in a copy `scale` times the size of the picture."""

    points: NDArray[np.float32]
    descriptors: NDArray[np.uint8]
    scale: float

    def __len__(self) -> int:
        return len(self.points)


NO_FEATURES = Features(np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8), 1.0)


def resized(grey: Grey, least: int, most: int) -> tuple[Grey, float]:
    """The grey picture with its long side within the two bounds, and the scale that was applied."""
    height, width = grey.shape
    long = max(height, width)
    scale = min(max(long, least), most) / long
    if scale == 1:
        return grey, 1.0
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=way), dtype=np.uint8), scale


def scaling(scale: float) -> Matrix:
    """The map from pixels of a picture to pixels of its copy `scale` times the size."""
    shift = (scale - 1) / 2
    return np.array([[scale, 0, shift], [0, scale, shift], [0, 0, 1]], dtype=np.float64)


def features(grey: Grey, scale: float, most: int) -> Features:
    """At most `most` keypoints of a grey picture that is `scale` times the size of its original."""
    if min(grey.shape) <= 2 * _EDGE:
        return NO_FEATURES
    orb = cv2.ORB.create(
        nfeatures=most,
        scaleFactor=_STEP,
        nlevels=_LEVELS,
        edgeThreshold=_EDGE,
        patchSize=_PATCH,
        fastThreshold=_FAST,
    )
    found, described = orb.detectAndCompute(grey, None)
    if not found:
        return NO_FEATURES
    points = np.array([point.pt for point in found], dtype=np.float32)
    return Features(points, np.asarray(described, dtype=np.uint8), scale)
