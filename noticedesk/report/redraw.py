"""A picture of anybody's, drawn again: pixels only, nothing else of the file; run where it can be stopped."""

import io

from matchers.image import decode

LARGEST_SIDE = 1600
"""Pixels of the longer side."""


def redrawn(data: bytes) -> bytes:
    """The first frame as a PNG; raises CannotRead where there is none."""
    picture = next(decode.frames(data))
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
