"""The index: exact search in 1 and 10 million hashes, and how well and fast parts find their original as it grows."""

import time
from pathlib import Path

import numpy as np
from PIL import Image

from matchers.image import Picture, Side, describe
from matchers.image.owned import Owned
from matchers.index import RADIUS, WIDTH, Index, kept
from tests.matchers.image.changes import HARD, SIMPLE
from tests.matchers.image.drawings import KINDS
from tests.matchers.image.files import encoded

_QUERIES, _BRUTE, _CHUNK = 50, 5, 1_000_000
_PARTS = ("crop25", "crop50", "mirrored_crop_jpeg", "before_after", "shop_desktop", "small_mirrored")


def wholes(count: int) -> None:
    """Prints queries a second, memory and recall for random hashes with planted neighbours 0 to 50 bits away."""
    rng = np.random.default_rng(3)
    before, began = resident(), time.perf_counter()
    stored = Owned(WIDTH)
    sought = np.zeros((_QUERIES, WIDTH), np.uint8)
    brute: list[set[int]] = [set() for _ in range(_BRUTE)]
    for start in range(0, count, _CHUNK):
        bits = rng.integers(0, 256, (min(_CHUNK, count - start), WIDTH), np.uint8)
        if not start:
            sought = planted(bits[:_QUERIES], rng)
        for one, found in zip(sought, brute, strict=False):
            found |= {start + int(place) for place in np.nonzero(np.bitwise_count(bits ^ one).sum(1) <= RADIUS)[0]}
        stored.add(np.arange(start, start + len(bits)), bits)
    built, grown = time.perf_counter() - began, resident() - before
    began, worked = time.perf_counter(), time.process_time()
    found = [stored.within(one[None], RADIUS) for one in sought]
    each, worked = (time.perf_counter() - began) / _QUERIES, (time.process_time() - worked) / _QUERIES
    planted_found = sum(place in near for place, near in enumerate(found))
    agrees = all(set(near) == exact for near, exact in zip(found, brute, strict=False))
    print(
        f"{count:>11,} hashes of 256 bits: {1 / each:6.1f} queries/s ({1000 * each:.1f} ms, CPU {1000 * worked:.1f}) "
        f"at radius {RADIUS}, "
        f"{grown / 2**20:.0f} MB, filled in {built:.0f} s, planted found {planted_found} of {_QUERIES}, "
        f"{'the same as' if agrees else 'NOT'} brute force ({_BRUTE} queries)"
    )


def planted(bits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The rows with 0 to 50 of their bits turned."""
    loose = np.unpackbits(bits, axis=1)
    for row, count in zip(loose, np.linspace(0, RADIUS, len(bits)).astype(int), strict=True):
        row[rng.choice(loose.shape[1], count, replace=False)] ^= 1
    return np.packbits(loose, axis=1)


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def parts(sizes: tuple[int, ...], queries: int) -> None:
    """Prints how often the original is among the first ten, by partial copies, at each number of references."""
    rng = np.random.default_rng(8)
    draws = list(KINDS.values())
    index, seen, before = Index(), 0, resident()
    company = [draws[number % len(draws)](10_000 + number) for number in range(9)]
    changes = SIMPLE | HARD
    asked = [
        (f"{number}", described(changes[name](draws[number % len(draws)](number), company, rng), "theirs"))
        for number in range(queries)
        for name in _PARTS
    ]
    for size in sizes:
        for number in range(seen, size):
            picture = described(draws[number % len(draws)](number), "ours")
            index.add(f"{number}", kept(picture))
        seen = size
        began = time.perf_counter()
        places = [[one.name for one in index.search(picture)] for _, picture in asked]
        each = (time.perf_counter() - began) / len(asked)
        ten = np.mean([name in found for (name, _), found in zip(asked, places, strict=True)])
        first = np.mean([found[:1] == [name] for (name, _), found in zip(asked, places, strict=True)])
        print(
            f"{size:>5} references: original in the first ten {ten:.3f}, first {first:.3f}, "
            f"{1000 * each:.0f} ms a search, "
            f"{(resident() - before) / 2**20:.0f} MB"
        )


def described(picture: Image.Image, side: Side) -> Picture:
    found = describe(encoded(picture, "JPEG", quality=88), side)
    assert isinstance(found, Picture)
    return found
