"""Whether the pixels agree, once ours is laid over theirs: what tells a copy from another photo of the same thing."""

import cv2
import numpy as np
from numpy.typing import NDArray

from matchers.image.keypoints import Grey, Matrix, resized, scaling

_SIDE, _BLUR = 200, 1.2
_SHRINKS, _SHRINK_BLUR = 0.7, 0.45
_LEAST_PIXELS = 150
_FLAT_OURS, _FLAT_THEIRS = 4.0, 2.0

Floats = NDArray[np.float32]


def likeness(ours: Grey, theirs: Grey, matrix: Matrix) -> float:
    """The correlation, -1 to 1, of theirs with ours laid over by `matrix`; 0 where too little can be compared."""
    small, scale = resized(theirs, 1, _SIDE)
    place = scaling(scale) @ matrix
    blurred = cv2.GaussianBlur(small, (0, 0), _BLUR).astype(np.float32)
    size = (small.shape[1], small.shape[0])
    laid = cv2.warpPerspective(_softened(ours, place), place, size, flags=cv2.INTER_LINEAR).astype(np.float32)
    mask = cv2.warpPerspective(np.full(ours.shape, 255, np.uint8), place, size, flags=cv2.INTER_NEAREST)
    # The outermost line is half picture, half nothing.
    inside = cv2.erode(mask, np.ones((3, 3), np.uint8), borderValue=0) > 0
    return correlation(laid[inside], blurred[inside])


def _softened(ours: Grey, place: Matrix) -> Grey:
    """Ours, blurred as much as the map will shrink it, or fine texture would alias into noise."""
    shrink = float(np.sqrt(abs(np.linalg.det(place[:2, :2]))))
    if not 0 < shrink < _SHRINKS:
        return ours
    return np.asarray(cv2.GaussianBlur(ours, (0, 0), _SHRINK_BLUR / shrink), dtype=np.uint8)


def correlation(ours: Floats, theirs: Floats) -> float:
    """The zero-mean normalised correlation; 0 for fewer than 150 pixels or where either is flat."""
    if ours.size < _LEAST_PIXELS or ours.std() < _FLAT_OURS or theirs.std() < _FLAT_THEIRS:
        return 0.0
    return float(np.mean((ours - ours.mean()) * (theirs - theirs.mean())) / (ours.std() * theirs.std()))
