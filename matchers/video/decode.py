"""Bytes of an unknown video in, upright RGB frames with their seconds out; what cannot be opened safely says why."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from PIL import Image

from matchers.image.decode import MOST_PIXELS, CannotRead, LeftUnseen

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

Timed = tuple[float, Image.Image]
"""Seconds from the start, and the frame."""

EVERY = 1.0
"""Seconds between frames that are sampled."""
MOST_FRAMES = 240
# No playlists and no lists of other files: what an outsider sends names nothing that is then opened.
_KINDS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpeg,mpegts,ogg,asf,gif"
_SIDE = 640
# A film that ends so many seconds, and such a share, before it says it does was cut off; sound may be a little longer.
_SHORT, _SHORT_SHARE = 2.0, 0.1
_FULL_TURN = 360


def frames(data: bytes) -> Iterator[Timed]:
    """A frame a second and every key frame, or of a long video key frames alone; at most 240.

    Raises CannotRead with the reason, or LeftUnseen after the frames that could be had.
    """
    try:
        import av
    except ImportError:
        raise CannotRead('videos are not read here; install noticedesk with the extra "video"') from None
    had = False
    try:
        only = {"format_whitelist": _KINDS}
        with av.open(io.BytesIO(data), "r", container_options=only, io_open=_refused) as container:
            for timed in _sampled(container):
                had = True
                yield timed
    except CannotRead:
        raise
    # FFmpeg's readers fail on hostile bytes with errors of every class.
    except Exception as error:
        why = f"damaged or cut off: {error or type(error).__name__}"
        raise (LeftUnseen(f"the rest is {why}") if had else CannotRead(why)) from error


def _refused(url: str, flags: int, options: object) -> NoReturn:
    raise PermissionError("a video may not name other files")


def _sampled(container: "InputContainer") -> Iterator[Timed]:
    if not container.streams.video:
        raise CannotRead("there is no moving picture in it")
    stream = container.streams.video[0]
    if stream.width * stream.height > MOST_PIXELS:
        raise CannotRead(f"more pixels than may be opened ({stream.width} x {stream.height})")
    said = _seconds(container, stream)
    apart = max(EVERY, said / MOST_FRAMES)
    if apart > EVERY:
        stream.codec_context.skip_frame = "NONKEY"
    due, count, at = 0.0, 0, 0.0
    for frame in container.decode(stream):
        at = float(frame.time or 0.0)
        if at < due and not (frame.key_frame and apart == EVERY):
            continue
        if count == MOST_FRAMES:
            raise LeftUnseen(f"only the first {at:.0f} seconds were looked at")
        count += 1
        due = max(due, at + apart) if at >= due else due
        yield at, _upright(frame)
    if said - at > max(_SHORT, _SHORT_SHARE * said):
        raise LeftUnseen(f"it is cut off after {at:.0f} of {said:.0f} seconds")


def _seconds(container: "InputContainer", stream: "VideoStream") -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / 1_000_000


def _upright(frame: "VideoFrame") -> Image.Image:
    """At most 640 pixels long: a copy in a video is never sharper than its compression."""
    scale = min(1.0, _SIDE / max(frame.width, frame.height))
    width, height = (max(1, round(side * scale)) for side in (frame.width, frame.height))
    picture = Image.fromarray(frame.to_ndarray(format="rgb24", width=width, height=height))
    turn = frame.rotation % _FULL_TURN
    return picture.rotate(turn, expand=True) if turn else picture
