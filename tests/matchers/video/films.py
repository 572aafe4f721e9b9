"""Small videos made by program: scenes of two seconds each, over which the camera moves."""

import io
from collections.abc import Callable, Sequence

import av
from PIL import Image

from tests.matchers.image.drawings import scene

RATE, SECONDS_OF_A_SCENE = 6, 2
SIZE = (320, 240)
Change = Callable[[Image.Image], Image.Image]


def shots(seeds: Sequence[int]) -> list[Image.Image]:
    """The frames of a film of these scenes."""
    frames = []
    for seed in seeds:
        wide = scene(seed)
        for step in range(RATE * SECONDS_OF_A_SCENE):
            frames.append(wide.crop((4 * step, 20, 4 * step + 400, 320)).resize(SIZE, Image.Resampling.BICUBIC))
    return frames


def film(frames: Sequence[Image.Image], change: Change | None = None, form: str = "mp4", codec: str = "mpeg4") -> bytes:
    """The frames, each changed, as a file."""
    out = io.BytesIO()
    shown = [change(frame) if change else frame for frame in frames]
    with av.open(out, "w", format=form) as container:
        stream = container.add_stream(codec, rate=RATE)
        stream.width, stream.height = shown[0].size
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = 900_000
        stream.gop_size = RATE
        for picture in shown:
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode(None))
    return out.getvalue()
