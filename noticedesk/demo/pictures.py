"""Product pictures drawn by program: textured, shaded and noisy like photographs, the same for the same seed."""

import colorsys
import io
import math
import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from noticedesk.demo.outlines import OUTLINES, Part, Point

WIDTH, HEIGHT = 480, 400
QUALITY = 88

Pixels = NDArray[np.float32]
Rng = np.random.Generator
Colour = tuple[int, int, int]


def draw(kind: str, seed: int, words: str = "") -> Image.Image:
    """A picture of one product of the kind, 480 x 400 RGB; another seed is another design in another pose."""
    rng = np.random.default_rng([seed, zlib.crc32(kind.encode())])
    pixels = _background(rng)
    place = _pose(rng)
    palette = _palette(rng)
    for part in OUTLINES[kind]:
        texture = _texture(part, palette, words, rng)
        pixels = _lay(pixels, _shape(part, place, rng), texture)
    return _photographed(pixels, rng)


def jpeg(picture: Image.Image, quality: int = QUALITY) -> bytes:
    """The picture as a JPEG file."""
    file = io.BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()


def _palette(rng: Rng) -> list[Colour]:
    """Six colours about one hue and its opposite, from dark to light."""
    hue = rng.random()
    hues = (hue, hue + 0.08, hue + 0.5, hue + 0.42, hue + 0.2, hue)
    return [_colour(h, 0.35 + 0.5 * rng.random(), level) for h, level in zip(hues, _LEVELS, strict=True)]


_LEVELS = (0.25, 0.45, 0.6, 0.75, 0.85, 0.95)


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _clouds(rng: Rng, cells: tuple[int, int], octaves: int = 4) -> Pixels:
    """Smooth random values about 0, with ever finer detail; `cells` are the coarsest blobs across and down."""
    total = np.zeros((HEIGHT, WIDTH), np.float32)
    for octave in range(octaves):
        across, down = (count * 2**octave for count in cells)
        coarse = Image.fromarray(rng.normal(size=(down, across)).astype(np.float32))
        total += np.asarray(coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)) / 2**octave
    return total


_GRAINS = ((2, 40), (50, 2), (5, 4), (24, 20))
"""Boards, curtain, wall, stone: how many blobs of the background's texture lie across and down."""


def _background(rng: Rng) -> Pixels:
    """A wall and a table, each with a grain of its own, lit from one side."""
    wall, table = (_surface(rng, _GRAINS[index]) for index in rng.choice(len(_GRAINS), 2, replace=False))
    edge = int(HEIGHT * (0.62 + 0.25 * rng.random()))
    pixels = wall.copy()
    pixels[edge:] = table[edge:]
    light: Pixels = np.linspace(1.12, 0.82, WIDTH, dtype=np.float32)[None, :, None]
    lit: Pixels = pixels * (light if rng.random() < 0.5 else light[:, ::-1])
    return lit


def _surface(rng: Rng, cells: tuple[int, int]) -> Pixels:
    base = np.array(_colour(rng.random(), 0.08 + 0.3 * rng.random(), 0.5 + 0.4 * rng.random()), np.float32)
    surface: Pixels = base * (1 + 0.11 * _clouds(rng, cells)[:, :, None])
    return surface


def _pose(rng: Rng) -> Callable[[Point], Point]:
    """Where the object stands: a map from the frame of an outline to pixels, turned and scaled a little."""
    angle, side = math.radians(rng.uniform(-9, 9)), HEIGHT * rng.uniform(0.78, 0.96)
    wide = rng.uniform(0.88, 1.12)
    left, top = WIDTH / 2 + rng.uniform(-35, 35), HEIGHT / 2 + rng.uniform(-12, 12)

    def place(point: Point) -> Point:
        x, y = (point[0] - 0.5) * side * wide, (point[1] - 0.5) * side
        return left + x * math.cos(angle) - y * math.sin(angle), top + x * math.sin(angle) + y * math.cos(angle)

    return place


def _shape(part: Part, place: Callable[[Point], Point], rng: Rng) -> Image.Image:
    """The outline of the part at twice the size; no two makers cut the same kind of thing in quite the same form."""
    points = tuple((x + rng.normal(0, 0.018), y + rng.normal(0, 0.018)) for x, y in part.points)
    for _ in range(3 if part.round_ else 0):
        points = _cut_corners(points)
    outline = Image.new("L", (WIDTH * 2, HEIGHT * 2))
    ImageDraw.Draw(outline).polygon([(x * 2, y * 2) for x, y in map(place, points)], fill=255)
    return outline


def _lay(pixels: Pixels, outline: Image.Image, texture: Pixels) -> Pixels:
    """A part laid over what is there, with the shadow it throws and the shading that makes it round."""
    cover = _level(outline)
    # A wide blur costs the less the smaller the picture.
    small = outline.resize((WIDTH // 4, HEIGHT // 4), Image.Resampling.BOX)
    shadow, depth = (_level(small.filter(ImageFilter.GaussianBlur(radius))) for radius in (2, 6))
    ground = pixels * (1 - 0.45 * np.roll(shadow, (9, 7), (0, 1)))
    laid = ground * (1 - cover) + texture * (0.6 + 0.45 * depth) * cover
    return laid.astype(np.float32, copy=False)


def _level(mask: Image.Image) -> Pixels:
    """How much of each pixel lies inside, from 0 to 1."""
    whole = mask.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    return np.asarray(whole, np.float32)[:, :, None] / np.float32(255)


def _cut_corners(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Chaikin's step: every corner becomes two, a quarter of the way along its sides."""
    ends = zip(points, points[1:] + points[:1], strict=True)
    return tuple((a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in ends for part in (0.25, 0.75))


def _texture(part: Part, palette: list[Colour], words: str, rng: Rng) -> Pixels:
    """What the part is made of, as a whole picture of it."""
    if part.paint in ("print", "face"):
        cloth = _printed(palette, rng, dense=part.paint == "face")
    elif part.paint == "label":
        cloth = _lettered(palette, words, rng)
    else:
        shade = {"plain": palette[2], "dark": (38, 36, 40), "light": (232, 228, 220)}[part.paint]
        cloth = Image.new("RGB", (WIDTH, HEIGHT), shade)
    return np.asarray(cloth, np.float32) * (1 + 0.05 * _clouds(rng, (30, 30), 2)[:, :, None])


def _printed(palette: list[Colour], rng: Rng, *, dense: bool) -> Image.Image:
    """A design of shards, stars, rings and strokes in random places: the artwork that makes a product its own."""
    cloth = Image.new("RGB", (WIDTH, HEIGHT), palette[int(rng.integers(len(palette)))])
    brush = ImageDraw.Draw(cloth)
    motif = _MOTIFS[int(rng.integers(len(_MOTIFS)))]
    for _ in range(260 if dense else 150):
        spot = (rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT))
        size = rng.uniform(5, 22) if dense else rng.uniform(9, 46)
        shape = motif if rng.random() < 0.75 else _shard
        shape(brush, spot, size, palette[int(rng.integers(len(palette)))], rng)
    return cloth


def _shard(brush: ImageDraw.ImageDraw, spot: Point, size: float, colour: Colour, rng: Rng) -> None:
    turns = np.sort(rng.uniform(0, 2 * math.pi, int(rng.integers(3, 7))))
    brush.polygon([(spot[0] + size * math.cos(t), spot[1] + size * math.sin(t)) for t in turns], fill=colour)


def _star(brush: ImageDraw.ImageDraw, spot: Point, size: float, colour: Colour, rng: Rng) -> None:
    rays, turn = int(rng.integers(4, 9)), rng.uniform(0, math.pi)
    radii = [size if index % 2 else size * 0.42 for index in range(2 * rays)]
    corners = [(radius, turn + index * math.pi / rays) for index, radius in enumerate(radii)]
    brush.polygon([(spot[0] + r * math.cos(t), spot[1] + r * math.sin(t)) for r, t in corners], fill=colour)


def _ring(brush: ImageDraw.ImageDraw, spot: Point, size: float, colour: Colour, rng: Rng) -> None:
    tall = size * rng.uniform(0.6, 1)
    box = (spot[0] - size, spot[1] - tall, spot[0] + size, spot[1] + tall)
    brush.ellipse(box, outline=colour, width=max(2, int(size * rng.uniform(0.15, 0.5))))


def _stroke(brush: ImageDraw.ImageDraw, spot: Point, size: float, colour: Colour, rng: Rng) -> None:
    turn = rng.uniform(0, 2 * math.pi)
    end = (spot[0] + 3 * size * math.cos(turn), spot[1] + 3 * size * math.sin(turn))
    brush.line([spot, end], fill=colour, width=max(2, int(size * 0.4)))


_MOTIFS = (_shard, _star, _ring, _stroke)


def _lettered(palette: list[Colour], words: str, rng: Rng) -> Image.Image:
    """A label that repeats the words over its whole area, so that they show wherever the part lies."""
    paper = Image.new("RGB", (WIDTH, HEIGHT), palette[-1])
    brush = ImageDraw.Draw(paper)
    font = ImageFont.load_default(int(rng.integers(20, 27)))
    line = f"{words or 'No. ' + str(rng.integers(100, 999))}   " * 12
    for row in range(0, HEIGHT, 30):
        brush.text((-int(rng.integers(120)), row), line, fill=palette[0], font=font)
    return paper


def _photographed(pixels: Pixels, rng: Rng) -> Image.Image:
    """The scene as a camera gives it: darker corners, a breath of blur, and grain."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    dim = (1 - 0.16 * (x**2 + y**2)).astype(np.float32)[:, :, None]
    scene = Image.fromarray(np.clip(pixels * dim, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.7))
    grain = rng.normal(0, 4, (HEIGHT, WIDTH, 1)) + rng.normal(0, 1.5, (HEIGHT, WIDTH, 3))
    return Image.fromarray(np.clip(np.asarray(scene, np.float32) + grain, 0, 255).astype(np.uint8))
