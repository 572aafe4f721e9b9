import io

import numpy as np
import pytest
from PIL import Image

from matchers.image.decode import CannotRead, frames
from tests.matchers.image.drawings import scene
from tests.matchers.image.files import animation, bomb, encoded

PICTURE = scene(1)


def first(data: bytes) -> np.ndarray:
    return np.asarray(next(frames(data)))


def far(ours: np.ndarray, theirs: np.ndarray) -> float:
    return float(np.abs(ours.astype(int) - theirs.astype(int)).mean())


def test_a_png_is_read_as_it_was_written() -> None:
    assert far(first(encoded(PICTURE)), np.asarray(PICTURE)) == 0


def test_the_orientation_that_a_camera_noted_is_applied() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = PICTURE.transpose(Image.Transpose.ROTATE_90)
    assert far(first(encoded(turned, exif=exif)), np.asarray(PICTURE)) == 0


def test_sixteen_bits_are_brought_to_eight() -> None:
    grey = np.asarray(PICTURE.convert("L"))
    data = encoded(Image.fromarray(grey.astype(np.uint16) * 257))
    assert far(first(data)[..., 0], grey) == 0


def test_floating_grey_is_scaled_to_its_own_range() -> None:
    grey = np.asarray(PICTURE.convert("L"))
    data = encoded(Image.fromarray(grey.astype(np.float32) / 1000), "TIFF")
    assert far(first(data)[..., 0], (grey - grey.min()) * (255 / (grey.max() - grey.min()))) < 1


def test_what_is_transparent_is_white_whatever_hides_below_it() -> None:
    hidden = PICTURE.convert("RGBA")
    hidden.paste((9, 60, 200, 0), (100, 100, 300, 300))
    assert (first(encoded(hidden))[100:300, 100:300] == 255).all()


def test_what_cannot_be_seen_on_white_is_seen_on_black() -> None:
    art = Image.new("RGBA", (90, 90), (255, 255, 255, 0))
    art.paste((255, 255, 255, 255), (30, 30, 60, 60))
    seen = first(encoded(art))
    assert (seen[30:60, 30:60] == 255).all()
    assert (seen[:30] == 0).all()


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "CMYK", "YCbCr"])
def test_every_mode_of_colour_becomes_rgb(mode: str) -> None:
    form = "TIFF" if mode in {"CMYK", "YCbCr"} else "PNG"
    expected = np.asarray(PICTURE.convert(mode).convert("RGB"))
    assert far(first(encoded(PICTURE.convert(mode), form)), expected) < 2


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "BMP", "TIFF", "AVIF", "GIF"])
def test_every_usual_format_is_read(form: str) -> None:
    assert far(first(encoded(PICTURE, form)), np.asarray(PICTURE)) < 12


def test_every_frame_of_an_animation_is_seen() -> None:
    assert len(list(frames(animation([scene(n) for n in range(4)])))) == 4


@pytest.mark.parametrize("side", [8000, 12000, 40000])
def test_too_many_pixels_are_refused_before_anything_is_decoded(side: int) -> None:
    with pytest.raises(CannotRead, match="more pixels than may be opened"):
        list(frames(bomb(side)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"not a picture at all", "not a picture"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\xef\xbb\xbf  <svg/>", "SVG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "not a picture"),
        (encoded(PICTURE, "JPEG")[:9000], "damaged or cut off"),
        (encoded(PICTURE)[:9000], "damaged or cut off"),
    ],
)
def test_what_cannot_be_opened_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason):
        list(frames(data))


def test_the_second_picture_of_a_phone_file_is_left_out() -> None:
    out = io.BytesIO()
    PICTURE.save(out, "MPO", save_all=True, append_images=[scene(2)])
    assert len(list(frames(out.getvalue()))) == 1
