"""Hashes of a whole picture: the pHash of imagehash, and PDQ in all eight turns and mirrors, plain and without border.

Sources: imagehash.phash (hash_size 8); PDQ, Facebook 2019 (hash reference of ThreatExchange).
"""

from dataclasses import dataclass

import cv2
import imagehash
import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

from matchers.image.decode import Pixels

Bits = NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are the first outside."""

# PDQ reports 0-100; below this its bits are noise, and the distance is unknown rather than far.
LEAST_QUALITY = 50
_PDQ_SIDE = 512
_TRIM_SIDE = 256
_TRIM_COLOUR_STEP = 18
_TRIM_SHARE = 0.01
_TRIM_LEAST_LEFT = 0.25


@dataclass(frozen=True, slots=True)
class Pdq:
    """PDQ bits of one area: `bits` is 8 x 32 bytes, a row a turn (see TURNS); `box` is the area hashed."""

    bits: Bits
    quality: int
    box: Box

    @property
    def usable(self) -> bool:
        """Whether the area has enough detail for its bits to mean anything."""
        return self.quality >= LEAST_QUALITY


# Row i of the bits is the hash of the picture mirrored left-right (or not), then turned left so many quarters.
TURNS = ((False, 0), (False, 1), (False, 2), (False, 3), (True, 2), (True, 0), (True, 1), (True, 3))


def phash(picture: Image.Image) -> bytes:
    """The 64 bits of imagehash.phash, 8 bytes, most significant first: `phash(p).hex() == str(imagehash.phash(p))`."""
    return np.packbits(imagehash.phash(picture).hash.flatten()).tobytes()


def pdq(picture: Pixels, box: Box | None = None) -> Pdq:
    """PDQ of the box (default: the whole) of an RGB picture, shrunk to at most 512 px, in eight turns."""
    height, width = picture.shape[:2]
    box = box or (0, 0, width, height)
    left, top, right, bottom = box
    bits, quality = pdqhash.compute_dihedral(np.ascontiguousarray(shrunk(picture[top:bottom, left:right], _PDQ_SIDE)))
    return Pdq(np.packbits(np.array(bits, dtype=np.uint8), axis=1), int(quality), box)


def shrunk(picture: Pixels, side: int) -> Pixels:
    """The picture with its long side at most `side`, averaged by area; a smaller one as it is."""
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def without_border(picture: Pixels) -> Box:
    """The box left when uniform borders are cut from all four sides; the whole when too little would be left."""
    height, width = picture.shape[:2]
    small = shrunk(picture, _TRIM_SIDE).astype(np.int16)
    top, bottom = _uniform_lines(small), small.shape[0] - _uniform_lines(small[::-1])
    across = small.transpose(1, 0, 2)
    left, right = _uniform_lines(across), across.shape[0] - _uniform_lines(across[::-1])
    if bottom - top < _TRIM_LEAST_LEFT * small.shape[0] or right - left < _TRIM_LEAST_LEFT * small.shape[1]:
        return 0, 0, width, height
    down, along = height / small.shape[0], width / small.shape[1]
    return round(left * along), round(top * down), round(right * along), round(bottom * down)


def _uniform_lines(picture: NDArray[np.int16]) -> int:
    """How many lines from the first on are of the first line's median colour."""
    colour = np.median(picture[0], axis=0)
    for number, line in enumerate(picture):
        if (np.abs(line - colour) > _TRIM_COLOUR_STEP).any(axis=1).mean() > _TRIM_SHARE:
            return number
    return len(picture)


def distance(ours: Pdq, theirs: Pdq) -> tuple[int, int]:
    """The least Hamming distance (0-256) of their plain bits to our eight turns, and the row of TURNS that gave it."""
    far = np.bitwise_count(ours.bits ^ theirs.bits[0]).sum(axis=1)
    return int(far.min()), int(far.argmin())
