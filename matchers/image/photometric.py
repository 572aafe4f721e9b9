"""Whether the pixels agree, once ours is laid over theirs: what tells a copy from another photo of the same thing."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from matchers.image.hashes import Box
from matchers.image.keypoints import Grey, Matrix, resized, scaling

_SIDE, _BLUR = 200, 1.2
_SHRINKS, _SHRINK_BLUR = 0.7, 0.45
_LEAST_PIXELS = 150
_FLAT_OURS, _FLAT_THEIRS = 4.0, 2.0
_WINDOW, _TEXTURE, _CLOSE, _AGREES, _EXACT = 11, 3.0, 0.4, 0.5, 0.8
_CLEAR_OF = 19
_STEPS, _STILL, _ALIGNED_BLUR, _FARTHEST = 25, 1e-3, 5, 40.0
_LEAST_SHRINK = 0.01

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Ours laid over theirs in a small frame of theirs: the pixels of both, and where both have some."""

    ours: Floats
    theirs: Floats
    inside: Mask


@dataclass(frozen=True, slots=True)
class Texture:
    """How far theirs has the texture of ours where ours has any: 0 to 1, and the number of pixels that had texture.

    `agreeing` is the share that is alike. What was pasted over a copy costs only its own share; another print on the
    same garment costs all of it. `exact` is the share of the alike that is alike to the pixel: in a copy nearly all is,
    the rest being pasted over; in another photo of the same thing, or a sister product, much is alike and little exact.
    `clear` is the share that lies well away from whatever is other, and `exact_clear` how much of that is exact: the
    rim of what was pasted over a copy is half alike and says nothing about it.
    """

    agreeing: float
    exact: float
    pixels: int
    clear: float = 0.0
    exact_clear: float = 0.0


def overlay(ours: Grey, theirs: Grey, matrix: Matrix, within: Box | None = None) -> Overlay:
    """Ours warped by `matrix` onto a copy of theirs that is at most 200 px long; only the part of theirs `within`."""
    small, frame = _framed(theirs, within)
    place = frame @ matrix
    size = (small.shape[1], small.shape[0])
    laid = cv2.warpPerspective(_softened(ours, place), place, size, flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full(ours.shape, 255, np.uint8), place, size, flags=cv2.INTER_NEAREST)
    # The outermost line is half picture, half nothing.
    inside = cv2.erode(mask, np.ones((3, 3), np.uint8), borderValue=0) > 0
    return Overlay(laid.astype(np.float32), cv2.GaussianBlur(small, (0, 0), _BLUR).astype(np.float32), inside)


def _framed(theirs: Grey, within: Box | None) -> tuple[Grey, Matrix]:
    """The part of theirs within, at most 200 px long, and the map from pixels of theirs to it."""
    left, top, right, bottom = within or (0, 0, theirs.shape[1], theirs.shape[0])
    small, scale = resized(theirs[top:bottom, left:right], 1, _SIDE)
    return small, scaling(scale) @ np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]])


def aligned(ours: Grey, theirs: Grey, matrix: Matrix, within: Box | None = None) -> Matrix | None:
    """The projective map near `matrix` under which the pixels correlate best; None where none is found near it.

    Keypoints lie some pixels off on a slant; a copy then falls into place, a sister product stays as far off as it was.
    Enhanced correlation coefficient, Evangelidis and Psarakis 2008.
    """
    laid = overlay(ours, theirs, matrix, within)
    enough = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _STEPS, _STILL)
    start, mask = np.eye(3, dtype=np.float32), laid.inside.astype(np.uint8) * 255
    try:
        _, moved = cv2.findTransformECC(
            laid.theirs, laid.ours, start, cv2.MOTION_HOMOGRAPHY, enough, mask, _ALIGNED_BLUR
        )
    # It gives up where the two do not correlate, or have nothing left in common on the way.
    except cv2.error:
        return None
    _, frame = _framed(theirs, within)
    before = frame @ matrix
    try:
        after = np.linalg.inv(moved.astype(np.float64)) @ before
    except np.linalg.LinAlgError:
        return None
    height, width = ours.shape
    shift = np.abs(_corners(after, width, height) - _corners(before, width, height)).max()
    # A map that has run away would fold the picture to a line.
    return np.asarray(np.linalg.inv(frame) @ after, dtype=np.float64) if shift <= _FARTHEST else None


def _corners(matrix: Matrix, width: int, height: int) -> Matrix:
    corners = np.array([[[0, 0]], [[width, 0]], [[width, height]], [[0, height]]], dtype=np.float64)
    return np.asarray(cv2.perspectiveTransform(corners, matrix), dtype=np.float64)


def _softened(ours: Grey, place: Matrix) -> Grey:
    """Ours, blurred as much as the map will shrink it, or fine texture would alias into noise."""
    shrink = float(np.sqrt(abs(np.linalg.det(place[:2, :2]))))
    # Blurring for a picture shrunk to a dot would take minutes.
    if not _LEAST_SHRINK < shrink < _SHRINKS:
        return ours
    return np.asarray(cv2.GaussianBlur(ours, (0, 0), _SHRINK_BLUR / shrink), dtype=np.uint8)


def likeness(laid: Overlay) -> float:
    """The zero-mean normalised correlation over the overlap, -1 to 1; 0 for too few pixels or where either is flat."""
    ours, theirs = laid.ours[laid.inside], laid.theirs[laid.inside]
    if ours.size < _LEAST_PIXELS or ours.std() < _FLAT_OURS or theirs.std() < _FLAT_THEIRS:
        return 0.0
    return float(np.mean((ours - ours.mean()) * (theirs - theirs.mean())) / (ours.std() * theirs.std()))


def texture(laid: Overlay) -> Texture:
    """How far theirs has the texture of ours around each textured pixel of ours."""
    inside = laid.inside.astype(np.float32)
    weight = np.maximum(_mean(inside), 1e-6)
    ours, theirs = laid.ours * inside, laid.theirs * inside
    mean_ours, mean_theirs = _mean(ours) / weight, _mean(theirs) / weight
    spread_ours = np.maximum(_mean(ours * ours) / weight - mean_ours**2, 0)
    spread_theirs = np.maximum(_mean(theirs * theirs) / weight - mean_theirs**2, 1.0)
    textured = laid.inside & (spread_ours > _TEXTURE**2)
    count = int(textured.sum())
    if count < _LEAST_PIXELS:
        return Texture(0.0, 0.0, count)
    together = _mean(ours * theirs) / weight - mean_ours * mean_theirs
    alike = together / np.sqrt(np.maximum(spread_ours, 1.0) * spread_theirs)
    other = (textured & (alike <= _CLOSE)).astype(np.uint8)
    clear = textured & (cv2.dilate(other, np.ones((_CLEAR_OF, _CLEAR_OF), np.uint8)) == 0)
    return Texture(
        agreeing=_share(alike[textured] > _AGREES),
        exact=_share(alike[textured & (alike > _CLOSE)] > _EXACT),
        pixels=count,
        clear=float(clear.sum()) / count,
        exact_clear=_share(alike[clear] > _EXACT),
    )


def _share(flags: Mask) -> float:
    return float(flags.mean()) if flags.size else 0.0


def _mean(values: Floats) -> Floats:
    return np.asarray(cv2.blur(values, (_WINDOW, _WINDOW), borderType=cv2.BORDER_CONSTANT), dtype=np.float32)
