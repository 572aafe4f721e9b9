"""Pictures drawn by program that look like what a marketplace shows: each seed gives another one of its kind."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Drawing = Callable[[int], Image.Image]
_SIZE = (480, 420)


def _grain(rng: np.random.Generator, size: tuple[int, int], cells: int) -> NDArray[np.uint8]:
    """Smooth coloured noise over several scales, as cloth, wood or a landscape has."""
    width, height = size
    total = np.zeros((height, width, 3))
    for step in (cells, cells * 3, cells * 9):
        coarse = rng.random((max(2, step * height // width), max(2, step), 3)).astype(np.float32)
        total += cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC) / (step / cells) ** 0.5
    total -= total.min()
    return np.asarray(total * (255 / total.max()), dtype=np.uint8)


def _colour(rng: np.random.Generator) -> tuple[int, int, int]:
    red, green, blue = rng.integers(20, 235, 3)
    return int(red), int(green), int(blue)


def _word(rng: np.random.Generator, least: int = 4) -> str:
    return "".join(rng.choice(list("ABCDEFGHIKLMNOPRSTUVXYZ"), int(rng.integers(least, least + 5))))


def scene(seed: int) -> Image.Image:
    """A photo-like scene: soft noise with shapes on it."""
    rng = np.random.default_rng(seed)
    picture = Image.fromarray(_grain(rng, _SIZE, int(rng.integers(4, 9))))
    pen = ImageDraw.Draw(picture)
    for _ in range(14):
        x, y = int(rng.integers(0, _SIZE[0])), int(rng.integers(0, _SIZE[1]))
        w, h = int(rng.integers(20, 120)), int(rng.integers(20, 120))
        shape = pen.ellipse if rng.random() < 0.5 else pen.rectangle
        shape((x, y, x + w, y + h), fill=_colour(rng), outline=_colour(rng), width=2)
    return picture


def garment(seed: int) -> Image.Image:
    """A striped or dotted shirt with a printed word, on a plain ground."""
    rng = np.random.default_rng(seed)
    ground = int(rng.integers(210, 246))
    picture = Image.new("RGB", _SIZE, (ground, ground, ground))
    cloth = Image.fromarray(_grain(rng, _SIZE, 30))
    cloth = Image.blend(cloth, Image.new("RGB", _SIZE, _colour(rng)), 0.6)
    pen = ImageDraw.Draw(cloth)
    for at in range(0, _SIZE[0], int(rng.integers(14, 40))):
        pen.line((at, 0, at + int(rng.integers(-60, 60)), _SIZE[1]), fill=_colour(rng), width=int(rng.integers(2, 8)))
    pen.text((170, int(rng.integers(150, 240))), _word(rng), fill=_colour(rng), font=ImageFont.load_default(48))
    mask = Image.new("L", _SIZE, 0)
    lean = [int(n) for n in rng.integers(-20, 20, 8)]
    ImageDraw.Draw(mask).polygon(
        [
            (150 + lean[0], 50), (330 + lean[1], 50), (440 + lean[2], 150 + lean[3]), (380, 200 + lean[4]),
            (350, 170), (350 + lean[5], 390), (130 + lean[6], 390), (130, 170), (100, 200), (40 + lean[7], 150),
        ],
        fill=255,
    )  # fmt: skip
    picture.paste(cloth, mask=mask)
    return picture


def pack(seed: int) -> Image.Image:
    """A carton with a printed label, on a shelf-like ground."""
    rng = np.random.default_rng(seed)
    picture = Image.fromarray(_grain(rng, _SIZE, 3) // 2 + 90)
    pen = ImageDraw.Draw(picture)
    left, right = int(rng.integers(110, 160)), int(rng.integers(320, 370))
    pen.rectangle((left, 30, right, 400), fill=_colour(rng), outline=(20, 20, 20), width=3)
    for line in range(int(rng.integers(5, 8))):
        size = int(rng.integers(14, 40))
        pen.text((left + 12, 50 + 46 * line), _word(rng), fill=_colour(rng), font=ImageFont.load_default(size))
    for _ in range(6):
        x, y = int(rng.integers(left, right - 40)), int(rng.integers(60, 340))
        pen.ellipse((x, y, x + int(rng.integers(15, 70)), y + int(rng.integers(15, 70))), fill=_colour(rng))
    return picture


def logo(seed: int) -> Image.Image:
    """A flat mark on white: a few plain shapes and a word."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGB", (400, 400), "white")
    pen = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(3, 6))):
        x, y, w, h = (int(n) for n in rng.integers((40, 40, 50, 50), (220, 180, 150, 130)))
        shape = [pen.ellipse, pen.rectangle, pen.pieslice][int(rng.integers(3))]
        if shape == pen.pieslice:
            pen.pieslice((x, y, x + w, y + h), int(rng.integers(360)), int(rng.integers(360)), fill=_colour(rng))
        else:
            shape((x, y, x + w, y + h), fill=_colour(rng))
    pen.text((60, 310), _word(rng), fill=_colour(rng), font=ImageFont.load_default(64))
    return picture


KINDS: dict[str, Drawing] = {"scene": scene, "garment": garment, "pack": pack, "logo": logo}
