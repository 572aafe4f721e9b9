"""A picture described once: its hashes, its keypoints and a small grey copy, ready to be compared with any other."""

import hashlib
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from PIL import Image

from matchers.image.decode import MOST_FRAMES, CannotRead, LeftUnseen, Pixels, frames, pixels
from matchers.image.hashes import Box, Pdq, pdq, phash, without_border
from matchers.image.keypoints import FEWEST, NO_FEATURES, Features, Grey, features, resized
from matchers.image.panels import panels

PREPROCESSING = "2"
"""The version of decoding, hashing and keypoints: descriptions of different versions must not be compared."""

Side = Literal["ours", "theirs", "both"]

LEAST_SIDE = 16
_COARSE = (256, 400, 500)
_FINE = (256, 1000, 800)
# A picture of a screen or page has much else to see: twice the keypoints.
_SCREEN = 500
_PANEL = (256, 320, 250)
_PLAIN = 4.0
# Frames nearer than this many pHash bits show the same.
_SAME_FRAME = 4


@dataclass(frozen=True, slots=True)
class Panel:
    """A part that was probably a picture of its own: PDQ, plain and without border, and its own keypoints."""

    whole: Pdq
    trimmed: Pdq
    fine: Features


@dataclass(frozen=True, slots=True)
class View:
    """One frame: sizes in pixels, pHash (8 bytes), PDQ of the whole and without border, keypoints, a small grey copy.

    `mirrored` are the keypoints of the left-right mirror of the same copy that `coarse` was taken from. These two serve
    where the picture is ours; `fine` and `panels` where it is theirs. A `plain` one has too little in it to be told
    from any other plain picture.
    """

    width: int
    height: int
    phash: bytes
    whole: Pdq
    trimmed: Pdq
    panels: tuple[Panel, ...]
    grey: Grey
    scale: float
    coarse: Features
    mirrored: Features
    fine: Features
    plain: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A readable picture: digest of its bytes, and one view a distinct frame (one, unless it is animated).

    `side` says for which side of a comparison it was described; `unseen`, if anything, which part of an animation was
    not looked at, and why.
    """

    sha256: str
    views: tuple[View, ...]
    side: Side = "both"
    unseen: str = ""
    preprocessing: str = PREPROCESSING


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that cannot be compared, and why; never a picture that does not match."""

    sha256: str
    reason: str


def describe(data: bytes, side: Side = "both") -> Picture | Unreadable:
    """Everything that comparing needs of a file of an unknown kind; never raises.

    Refused with a reason: more than 50 million pixels (by the header, before decoding), damaged files, vector files,
    less than 16 pixels on a side. A picture that will only ever be ours, or theirs, takes half the time. Runs as long
    as the decoder does: call it where it can be stopped.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        distinct, unseen = _distinct(data)
    except CannotRead as problem:
        return Unreadable(digest, str(problem))
    if not distinct:
        return Unreadable(digest, f"too small: less than {LEAST_SIDE} pixels on a side")
    return Picture(digest, tuple(_view(frame, bits, side) for frame, bits in distinct), side, unseen)


def of_frame(frame: Image.Image, name: str, side: Side = "both") -> Picture:
    """The description of a decoded frame (upright RGB, 16 pixels or more); `name` stands in for a digest."""
    return Picture(name, (_view(frame, phash(frame), side),), side)


def _distinct(data: bytes) -> tuple[list[tuple[Image.Image, bytes]], str]:
    """The frames that show something of their own, at most 8, each with its pHash; and why the rest was left."""
    kept: list[tuple[Image.Image, bytes]] = []
    try:
        for frame in frames(data):
            if min(frame.size) < LEAST_SIDE:
                continue
            bits = phash(frame)
            if any(_differing(bits, other) <= _SAME_FRAME for _, other in kept):
                continue
            if len(kept) == MOST_FRAMES:
                return kept, f"only the first {MOST_FRAMES} frames that differ were looked at"
            kept.append((frame, bits))
    except LeftUnseen as rest:
        return kept, str(rest)
    return kept, ""


def _differing(ours: bytes, theirs: bytes) -> int:
    return (int.from_bytes(ours) ^ int.from_bytes(theirs)).bit_count()


def _view(frame: Image.Image, bits: bytes, side: Side) -> View:
    colour = pixels(frame)
    grey = np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    whole = pdq(colour)
    box = without_border(colour)
    small, scale = resized(grey, *_COARSE[:2])
    as_ours, as_theirs = side != "theirs", side != "ours"
    upright = features(small, scale, _COARSE[2]) if as_ours else NO_FEATURES
    fine = _fine(grey) if as_theirs else NO_FEATURES
    return View(
        width=frame.width,
        height=frame.height,
        phash=bits,
        whole=whole,
        trimmed=whole if box == whole.box else pdq(colour, box),
        panels=tuple(_panel(colour, grey, part) for part in panels(colour)) if as_theirs else (),
        grey=small,
        scale=scale,
        coarse=upright,
        mirrored=features(np.ascontiguousarray(small[:, ::-1]), scale, _COARSE[2]) if as_ours else NO_FEATURES,
        fine=fine,
        plain=float(small.std()) < _PLAIN or (not whole.usable and max(len(upright), len(fine)) < FEWEST),
    )


def _fine(grey: Grey) -> Features:
    copy, scale = resized(grey, *_FINE[:2])
    return features(copy, scale, _FINE[2] * max(1, max(copy.shape) // _SCREEN))


def _panel(colour: Pixels, grey: Grey, box: Box) -> Panel:
    left, top, right, bottom = box
    copy, scale = resized(np.ascontiguousarray(grey[top:bottom, left:right]), *_PANEL[:2])
    x, y, right, bottom = without_border(colour[top:bottom, left:right])
    inner = (left + x, top + y, left + right, top + bottom)
    whole = pdq(colour, box)
    return Panel(whole, whole if inner == box else pdq(colour, inner), features(copy, scale, _PANEL[2]))
