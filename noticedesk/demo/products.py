"""The works of the demo with their pictures: drawn by program, or taken from a folder of photographs."""

import io
import itertools
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from noticedesk.demo.changes import CHANGES
from noticedesk.demo.pictures import draw, jpeg
from noticedesk.demo.world import Design, Shows, world

LONGEST = 640
"""To how many pixels the longer side of a photograph is brought."""

_TWINS = 0.85


@dataclass(frozen=True, slots=True)
class Product:
    """A work, the picture of it that its holder made, and a picture of another thing of the same kind (both JPEG)."""

    design: Design
    original: bytes
    look_alike: bytes


Products = Mapping[str, Product]


def products(seed: int = 1, images: Path | None = None) -> Products:
    """The works by id; from the photographs below `images` where given, else drawn.

    Raises ValueError where the folder holds too few photographs.
    """
    designs = world().designs
    if images is None:
        return {key: _drawn(design, seed) for key, design in designs.items()}
    pairs = _chosen(_photographs(images), len(designs))
    return {
        key: Product(design, jpeg(mine), jpeg(other))
        for (key, design), (mine, other) in zip(designs.items(), pairs, strict=True)
    }


def picture(shown: Shows, made: Products) -> bytes:
    """The JPEG that an offer shows."""
    product = made[shown.product]
    file = product.look_alike if shown.look_alike else product.original
    if shown.change == "same":
        return file
    with Image.open(io.BytesIO(file)) as opened:
        return jpeg(CHANGES[shown.change](opened.convert("RGB")), quality=80)


def _drawn(design: Design, seed: int) -> Product:
    own = zlib.crc32(design.id.encode()) ^ seed
    return Product(design, jpeg(draw(design.kind, own, design.words)), jpeg(draw(design.kind, own + 1)))


def _photographs(folder: Path) -> list[Path]:
    suffixes = {".jpg", ".jpeg", ".png"}
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in suffixes)


Pair = tuple[Image.Image, Image.Image]


def _chosen(paths: list[Path], wanted: int) -> list[Pair]:
    """As many photographs as wanted, spread evenly over the names, each with one of its kind that is no twin of it."""
    if len(paths) < 2 * wanted:
        raise ValueError(f"{len(paths)} photographs (.jpg, .jpeg, .png) were found; at least {2 * wanted} are needed")
    places = [index * len(paths) // wanted for index in range(wanted)]
    return [_with_another(paths, place) for place in places]


def _with_another(paths: list[Path], place: int) -> Pair:
    mine = _opened(paths[place])
    others = (path for path in paths if path != paths[place])
    for path in sorted(others, key=lambda path: _nearness(path.stem, paths[place].stem), reverse=True):
        other = _opened(path)
        if _likeness(mine, other) < _TWINS:
            return mine, other
    raise ValueError(f"{paths[place]}: every other photograph looks the same")


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as file:
        picture = file.convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    return picture


def _nearness(one: str, two: str) -> tuple[bool, int]:
    """How near two names are: many letters in common at the start, but not one series of shots, numbered at the end."""
    series = one.rstrip("0123456789") == two.rstrip("0123456789")
    return not series, sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _likeness(one: Image.Image, two: Image.Image) -> float:
    """The correlation of two pictures at 16 x 16 grey pixels: near 1 for two shots of the same thing."""
    return float(np.corrcoef(_small(one), _small(two))[0, 1])


def _small(picture: Image.Image) -> NDArray[np.float64]:
    return np.asarray(picture.convert("L").resize((16, 16)), np.float64).ravel()
