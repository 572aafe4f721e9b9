"""pHash of many files: the exact one, and a named fast variant that decodes small and is never taken for it."""

from typing import Literal

import imagehash
import numpy as np
from PIL import Image

from matchers.image.decode import first_frame
from matchers.image.hashes import phash

Variant = Literal["phash", "phash_fast"]

_DRAFT = (128, 128)
"""A JPEG is decoded at the least of 1/1, 1/2, 1/4, 1/8 of its size that is no smaller than this."""


def hashed(data: bytes, variant: Variant) -> str:
    """The 64 bits in hexadecimal, of the first frame; raises CannotRead with the reason.

    `phash` is bit for bit that of imagehash for a picture as it is shown (upright, on white). `phash_fast` differs by a
    few bits and may only be compared with its like.
    """
    if variant == "phash":
        return phash(first_frame(data)).hex()
    frame = first_frame(data, draft=_DRAFT)
    frame.thumbnail(_DRAFT, Image.Resampling.BOX, reducing_gap=None)
    return np.packbits(imagehash.phash(frame).hash.flatten()).tobytes().hex()
