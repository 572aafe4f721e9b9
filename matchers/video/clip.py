"""A video described once: its sampled frames that show something, each with hashes and keypoints."""

import hashlib
from dataclasses import dataclass
from itertools import pairwise

from matchers.image import Picture, Side, Unreadable
from matchers.image import describe as described_picture
from matchers.image.decode import CannotRead, LeftUnseen
from matchers.image.picture import LEAST_SIDE, of_frame
from matchers.video.decode import EVERY, frames


@dataclass(frozen=True, slots=True)
class Moment:
    """A frame at so many seconds from the start."""

    at: float
    picture: Picture


@dataclass(frozen=True, slots=True)
class Clip:
    """A readable video, or a picture as a clip of one moment; `apart` are the seconds between its moments.

    `unseen`, if anything, says which part was not looked at, and why.
    """

    sha256: str
    moments: tuple[Moment, ...]
    still: bool
    apart: float = EVERY
    unseen: str = ""


def describe(data: bytes, side: Side = "both") -> Clip | Unreadable:
    """Everything that comparing needs of a video or picture of an unknown kind; never raises.

    Runs as long as the decoder does, about a second for fifty seconds of video: call it where it can be stopped.
    """
    digest = hashlib.sha256(data).hexdigest()
    still = described_picture(data, side)
    if isinstance(still, Picture):
        return Clip(digest, (Moment(0.0, still),), True)
    try:
        moments, unseen = _moments(data, digest, side)
    except CannotRead as problem:
        return Unreadable(digest, str(problem))
    if not moments:
        return Unreadable(digest, "no frame of it shows anything")
    gaps = sorted(after.at - before.at for before, after in pairwise(moments))
    return Clip(digest, tuple(moments), False, max(EVERY, gaps[len(gaps) // 2] if gaps else EVERY), unseen)


def _moments(data: bytes, digest: str, side: Side) -> tuple[list[Moment], str]:
    kept: list[Moment] = []
    try:
        for at, frame in frames(data):
            if min(frame.size) >= LEAST_SIDE:
                kept.append(Moment(at, of_frame(frame, f"{digest}@{at:.2f}", side)))
    except LeftUnseen as rest:
        return kept, str(rest)
    return kept, ""
