"""Files of every kind and defect that arrives, drawn by program, by the name that the cases call them by."""

import base64
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.matchers.image.drawings import scene
from tests.matchers.image.files import animation, bomb, encoded

OURS = scene(1)
_ORIENTATIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stored the picture that it wants to be shown turned so (Exif 2.32, tag 0x0112)."""


def oriented(number: int, form: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = number
    return encoded(OURS.transpose(_ORIENTATIONS[number]), form, exif=exif)


def grey16() -> bytes:
    return encoded(Image.fromarray(np.asarray(OURS.convert("L")).astype(np.uint16) * 257))


def hidden(alpha: int) -> bytes:
    """Our picture under so much opacity, 0 being invisible."""
    picture = OURS.copy()
    picture.putalpha(alpha)
    return encoded(picture)


def half_hidden() -> bytes:
    """Another picture lies invisible where ours ends."""
    picture = Image.new("RGBA", (700, 420), (0, 0, 0, 0))
    below = scene(60).convert("RGBA")
    below.putalpha(0)
    picture.paste(below, (350, 0))
    picture.paste(OURS, (0, 0))
    return encoded(picture)


def white_art() -> Image.Image:
    """White letters and shapes that only a dark ground shows."""
    art = Image.new("RGBA", (400, 400), (255, 255, 255, 0))
    pen = ImageDraw.Draw(art)
    for place, word in enumerate(("ORVANE", "KELDIS", "MURATH")):
        pen.text((30, 40 + 110 * place), word, fill="white", font=ImageFont.load_default(70))
        pen.ellipse((20 + 120 * place, 330, 90 + 110 * place, 390), outline="white", width=6)
    return art


def adobe_cmyk() -> bytes:
    """As Photoshop writes it: inverted, with Adobe's own marker."""
    data = encoded(OURS.convert("CMYK"), "JPEG", quality=90)
    assert b"Adobe" in data[:200]
    return data


def with_profile() -> bytes:
    return encoded(OURS, "JPEG", quality=90, icc_profile=b"\0" * 200)


def slides(form: str, place: int, count: int) -> bytes:
    """An animation of pictures that differ, ours at a place."""
    shown = [OURS if number == place else scene(100 + number) for number in range(count)]
    if form == "GIF":
        return animation([picture.resize((240, 210)) for picture in shown])
    first, *others = (picture.resize((240, 210)) for picture in shown)
    return encoded(first, form, save_all=True, append_images=others, duration=90)


def pages() -> bytes:
    return encoded(scene(70), "TIFF", save_all=True, append_images=[OURS.copy()], compression="tiff_deflate")


def flicker(count: int) -> bytes:
    """An animation of so many frames that only ever shows two pictures."""
    both = [scene(80).resize((48, 42)), scene(81).resize((48, 42))]
    return animation([both[number % 2] for number in range(count)])


def cut(data: bytes, share: float) -> bytes:
    return data[: round(len(data) * share)]


def colour16() -> bytes:
    """Three channels of 16 bits, which Pillow cannot write."""
    wide = (np.asarray(OURS)[..., ::-1].astype(np.uint16) * 257).copy()
    return cv_encoded(wide)


def cv_encoded(pixels: np.ndarray) -> bytes:
    import cv2

    done, data = cv2.imencode(".png", pixels)
    assert done
    return bytes(data)


HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAA"
    "AERAAAEAAQAAAAABegABAAAAAAAAAxAAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3"
    "aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAA"
    "AwAeoBAgYWW6kkprm4CGgwIAAAMAMgAAAwACEGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAACAAAAAYAAAABBw"
    "aXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAAxhtZGF0AAADDCgBrxOAgYybakbkMcueBO//xZ1H/kud0y5J1BUxV4q5ZyRjT34z"
    "j/w91uompTE4vswZ8CnZz0V/fzSTfpqp8pV/rtvew1kn7rpgEsGcp5CzJ1o/IsR9vLeuew5eslmi5C3BVX04FscSCRBOIX1stYnlD9HHn8s0t2vG"
    "lp7sZkiG+VOCAkQ1n7J+vh4aDXqjgA8Brep+odP0L9lAZ/JrfOjBGd7wv1h7/P/wiawrYXur2HmmkJq5GHSqVxSZvMk4gNSXlNRywITP37CYZhM4"
    "Yf8S8hqor9jzjXYbagVHysjQZ6agc8zED7WbGJyUdgqeEBs/eiVmAHP70W/CtpfwlE4H6NfhBuq/TsY59IS8qPA4fqX+eMqkBfUIZ+Uvca+Zz9v+"
    "Jqr+R0yHkxD28xmYZBMSFsFZ7A/ge5vtuUIV0JU1s0NDx95rHdbOk8LiC8WX+HD/QrtviRCPeq7m5Uv8/jIHQGK0wkRysi0kccNXU6vmaaiz7EZw"
    "YKPDuPeRZaSPTLqEj4rZS1+8Laa7yZZxIxUeRIRwI9gMzcgEKjgfO1JvgS+aP7ScT7ZVm/GTXfzCdIsFvFaZJt3z1eAEKhC2HUjlpBIM0igA2oKC"
    "L+BkvMopE1+htUF12YPbNyBAMS0nCmH9s6XeHduJywl3XqYLQK+WSVOufwjAFYTJf/YIXt9Osm4d0+p+UtseXogPClLhaAKRGv6ouIIVbWZRRCVc"
    "7t36XrimqgWDGD9FrkT1WgOWgFbMDiHZny1pdKIX14x0zl3gkqv1evXZwjQVuu9vUB3yjj2yOB+R9PrdlW8uth719uvrkaiFo37H11oC+i/3iVVM"
    "ASYv392dmXRYZiXSfdy0e+MY1QPk1j/r8Y02pbt0aYi+6oT50WGQzd4qS6Ht9WpK5RTNx5d7Cdqi8YxcRHAJMeURpYmr9/UCXyTYKd6Rvka5VFk8"
    "nOOpzHNLiT5884wkbB5Cb66NRkSwCJrBCyljZRMPy+2geSf2dtJXC7VEUgG2gKZkm0igWwjPqCHqkBwLbLmGV/2bykPqwg=="
)
"""The drawing `blocks`, written once by libheif (the reader that is tested here cannot write)."""


def blocks() -> Image.Image:
    """Rectangles of whole numbers only: no font and no resize draws them otherwise."""
    picture = Image.new("RGB", (128, 96), (235, 235, 225))
    pen, rng = ImageDraw.Draw(picture), np.random.default_rng(4)
    for _ in range(14):
        x, y = int(rng.integers(0, 110)), int(rng.integers(0, 80))
        size = int(rng.integers(6, 40)), int(rng.integers(6, 30))
        red, green, blue = (int(value) for value in rng.integers(0, 255, 3))
        pen.rectangle((x, y, x + size[0], y + size[1]), fill=(red, green, blue))
    return picture


SVG = b'<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'

FILES: dict[str, Callable[[], bytes]] = {
    "ours": lambda: encoded(OURS),
    "another": lambda: encoded(scene(2)),
    **{
        f"exif orientation {number} {form}": lambda number=number, form=form: oriented(number, form)
        for number in _ORIENTATIONS
        for form in ("JPEG", "WEBP", "PNG", "TIFF")
    },
    "grey of 16 bits": grey16,
    "colour of 16 bits": colour16,
    "grey TIFF of 16 bits": lambda: encoded(
        Image.fromarray(np.asarray(OURS.convert("L")).astype(np.uint16) * 257), "TIFF"
    ),
    "floating TIFF": lambda: encoded(Image.fromarray(np.asarray(OURS.convert("L")).astype(np.float32) / 99), "TIFF"),
    "half transparent": lambda: hidden(128),
    "wholly transparent": lambda: hidden(0),
    "ours beside a hidden picture": half_hidden,
    "white art": lambda: encoded(white_art()),
    "white art on black": lambda: encoded(
        Image.alpha_composite(Image.new("RGBA", (400, 400), "black"), white_art()).convert("RGB"), "JPEG"
    ),
    "flat": lambda: encoded(Image.new("RGB", (400, 300), (20, 90, 160))),
    "gradient": lambda: encoded(Image.linear_gradient("L").resize((400, 300))),
    "one pixel": lambda: encoded(Image.new("RGB", (1, 1))),
    "a strip of ours 8 pixels high": lambda: encoded(OURS.crop((0, 100, 480, 108))),
    "144 million pixels": lambda: bomb(12_000),
    "1,600 million pixels": lambda: bomb(40_000),
    "50 million pixels and a few": lambda: bomb(7_072),
    "cut JPEG": lambda: cut(encoded(OURS, "JPEG", quality=90), 0.6),
    "cut PNG": lambda: cut(encoded(OURS), 0.6),
    "cut GIF": lambda: cut(slides("GIF", 2, 4), 0.9),
    "empty": lambda: b"",
    "garbage": lambda: bytes(range(256)) * 40,
    "a page instead": lambda: b"<!doctype html><html><body>404 not found</body></html>",
    "SVG": lambda: SVG,
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "PDF": lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    **{
        f"{form} with ours as slide {place} of {count}": lambda form=form, place=place, count=count: slides(
            form, place - 1, count
        )
        for form, place, count in (
            ("GIF", 3, 5), ("WEBP", 3, 5), ("PNG", 3, 5), ("AVIF", 2, 3), ("GIF", 12, 14),
        )
    },
    "GIF of 210 frames": lambda: flicker(210),
    "TIFF with ours on page 2": pages,
    "CMYK by Adobe": adobe_cmyk,
    "CMYK TIFF": lambda: encoded(OURS.convert("CMYK"), "TIFF"),
    "palette": lambda: encoded(OURS.quantize(64)),
    "palette with transparency": lambda: encoded(OURS.quantize(64), transparency=0),
    "two colours": lambda: encoded(OURS.convert("1")),
    "a broken colour profile": with_profile,
    "AVIF": lambda: encoded(OURS, "AVIF", quality=60),
    "WEBP": lambda: encoded(OURS, "WEBP", quality=60),
    "progressive JPEG": lambda: encoded(OURS, "JPEG", quality=80, progressive=True),
    "blocks": lambda: encoded(blocks()),
    "HEIC of blocks": lambda: HEIC,
}  # fmt: skip
