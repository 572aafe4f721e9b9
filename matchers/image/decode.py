"""Bytes of an unknown picture in, upright RGB frames out; what cannot be opened safely says why."""

import io
import warnings
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

try:
    import pi_heif
except ImportError:
    pi_heif = None
else:
    # The thumbnails and depth maps beside a picture are left alone; what is hostile is run in a worker anyway.
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False)

Pixels = NDArray[np.uint8]
"""Height x width x 3, RGB."""

MOST_PIXELS = 50_000_000
MOST_FRAMES = 8
# A copy can hide far behind in an animation; beyond this many pixels the rest is left unseen.
_MOST_PIXELS_OF_ALL_FRAMES = 100_000_000
_MOST_FRAMES_LOOKED_AT = 200
# Only readers written for raster files: no PostScript, no vector formats, nothing that starts another program.
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "PPM", "ICO", "TGA", *(("HEIF",) if pi_heif else ()))
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_WHITE, _BLACK = (255, 255, 255, 255), (0, 0, 0, 255)
# White art on a transparent ground is nothing but white on white.
_BLANK = 4


class CannotRead(ValueError):
    """Bytes that are no picture we open; the message is the reason, in words for a reviewer."""


class LeftUnseen(CannotRead):
    """The frames so far can be used; the message says why the rest of the animation was not looked at."""


def first_frame(data: bytes, draft: tuple[int, int] | None = None) -> Image.Image:
    """The first frame, upright and RGB; raises CannotRead with the reason.

    With `draft` a JPEG is decoded at a fraction of its size that is no smaller, several times quicker.
    """
    return next(frames(data, draft))


def frames(data: bytes, draft: tuple[int, int] | None = None) -> Iterator[Image.Image]:
    """Every frame, upright and RGB; raises CannotRead with the reason.

    Beyond 200 frames or 100 million pixels it raises LeftUnseen, after it gave the frames before.
    """
    _refuse_other_kinds(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield from _opened(data, draft)
        except CannotRead:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise CannotRead(_too_large("")) from None
        except UnidentifiedImageError:
            raise CannotRead("not a picture of a kind that is read here (" + ", ".join(_FORMATS) + ")") from None
        except MemoryError:
            raise CannotRead("the picture needs more memory than it may have") from None
        # Decoders fail on hostile bytes with errors of every class (struct, zlib, index, key).
        except Exception as error:
            raise CannotRead(f"damaged or cut off: {error or type(error).__name__}") from error


def _refuse_other_kinds(data: bytes) -> None:
    if not data:
        raise CannotRead("the file is empty")
    if _is_vector(data):
        raise CannotRead("an SVG is a drawing, not a picture; send it as PNG or JPEG")
    if not pi_heif and data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise CannotRead('HEIC is not read here; install noticedesk with the extra "heic", or send a JPEG')


def _opened(data: bytes, draft: tuple[int, int] | None) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
        seen, count = 0, _frames_of(file)
        if draft:
            _refuse_large(file.size)
            file.draft("RGB", draft)
        for number in range(count):
            # The header is read on every seek, so that the size is known before anything is decoded.
            file.seek(number)
            _refuse_large(file.size)
            seen += file.width * file.height
            if number == _MOST_FRAMES_LOOKED_AT or (number and seen > _MOST_PIXELS_OF_ALL_FRAMES):
                raise LeftUnseen(f"only the first {number} of {count} frames were looked at")
            upright = _upright_rgb(file)
            # The next frame is decoded into the same place.
            yield upright.copy() if count > 1 and upright is file else upright


def _frames_of(file: Image.Image) -> int:
    # The further pictures of an MPO are previews and gain maps of the first.
    if file.format == "MPO" or not getattr(file, "is_animated", False):
        return 1
    return int(getattr(file, "n_frames", 1))


def _refuse_large(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise CannotRead(_too_large(f" ({size[0]} x {size[1]})"))


def _too_large(size: str) -> str:
    return f"more pixels than may be opened{size}; the limit is {MOST_PIXELS // 1_000_000} million"


def _is_vector(data: bytes) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<svg") or (head.startswith((b"<?xml", b"<!--", b"<!doctype")) and b"<svg" in head)


def _upright_rgb(file: Image.Image) -> Image.Image:
    """The frame as it is shown; the file itself where nothing had to be changed, as copies cost what decoding does."""
    file.load()
    ImageOps.exif_transpose(file, in_place=True)
    return _opaque(_eight_bit(file))


def _eight_bit(picture: Image.Image) -> Image.Image:
    """The picture with 8 bits a channel: 16-bit grey is divided by 257, floating grey scaled to its own range."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    values = np.asarray(picture).astype(np.float64)
    if picture.mode == "F":
        values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
        low, high = values.min(), values.max()
        values = (values - low) * (255 / (high - low) if high > low else 0)
    elif picture.mode != "I" or values.max() > 255:
        values = values / 257
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _opaque(picture: Image.Image) -> Image.Image:
    """RGB, on white as most shops show it; on black where nothing can be seen on white."""
    if not picture.has_transparency_data:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    above = picture.convert("RGBA")
    on_white = _on(above, _WHITE)
    return _on(above, _BLACK) if _is_blank(on_white) else on_white


def _on(above: Image.Image, colour: tuple[int, int, int, int]) -> Image.Image:
    return Image.alpha_composite(Image.new("RGBA", above.size, colour), above).convert("RGB")


def _is_blank(picture: Image.Image) -> bool:
    return all(high - low <= _BLANK for low, high in picture.getextrema())  # type: ignore[misc]


def pixels(picture: Image.Image) -> Pixels:
    """The pixels of an RGB picture."""
    return np.asarray(picture, dtype=np.uint8)
