"""Bulk hashing of 1600-pixel JPEGs on all cores, against the loop that a user of imagehash writes and bare decoding."""

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import imagehash
import numpy as np
from PIL import Image

from matchers.image.bulk import Variant
from noticedesk.cli.hashing import hash_files, lines
from noticedesk.cli.pairing import pool
from noticedesk.sandbox import Sandbox
from tests.matchers.image.drawings import KINDS
from tests.matchers.image.files import encoded

_SIZE, _BATCH, _ROUNDS = (1600, 1200), 8, 3


def bulk(count: int) -> None:
    """Prints pictures a second of each way, the best of three rounds taken in turn, and the ratios asked for."""
    with tempfile.TemporaryDirectory() as folder, pool() as sandbox:
        names = written(Path(folder), count)
        found = {variant: list(lines(sandbox, names, variant)) for variant in VARIANTS}
        loop = loop_of_imagehash(names)
        ways: dict[str, Callable[[], object]] = {
            "loop of imagehash.phash": lambda: loop_of_imagehash(names),
            "decoding alone, all cores": lambda: decoded(sandbox, names),
            "noticedesk hash": lambda: list(lines(sandbox, names, "phash")),
            "noticedesk hash --fast": lambda: list(lines(sandbox, names, "phash_fast")),
        }
        rates = {name: 0.0 for name in ways}
        for _ in range(_ROUNDS):
            for name, way in ways.items():
                rates[name] = max(rates[name], count / taken(way))
        once: dict[str, Callable[[], object]] = {
            "loop": lambda: loop_of_imagehash(names),
            "decoding": lambda: decode(names),
            "hash": lambda: hash_files((names, "phash")),
            "fast": lambda: hash_files((names, "phash_fast")),
        }
        spent = {name: min(cpu(way) for _ in range(_ROUNDS)) / count for name, way in once.items()}
    print(f"\nbulk: {count} JPEGs of {_SIZE[0]} x {_SIZE[1]}")
    for name, rate in rates.items():
        print(f"{name:28} {rate:7.1f} pictures/s")
    base = rates["loop of imagehash.phash"]
    same = sum(line.value == other for line, other in zip(found["phash"], loop, strict=True))
    print(f"bit-identical to imagehash: {same} of {count}")
    off = [int(line.value, 16) ^ int(other, 16) for line, other in zip(found["phash_fast"], loop, strict=True)]
    print(f"bits of phash_fast that differ: {np.mean([one.bit_count() for one in off]):.2f} on average")
    ours, fast = rates["noticedesk hash"] / base, rates["noticedesk hash --fast"] / base
    print(f"ratio to the loop: {ours:.2f}, fast {fast:.2f}")
    print(f"ratio to bare decoding: {rates['noticedesk hash'] / rates['decoding alone, all cores']:.2f}")
    print("CPU ms a picture, one process: " + ", ".join(f"{name} {1000 * each:.1f}" for name, each in spent.items()))
    cores = os.cpu_count() or 1
    print(
        f"by CPU time, on {cores} cores that do nothing else: {cores * spent['loop'] / spent['hash']:.2f} of the loop, "
        f"fast {cores * spent['loop'] / spent['fast']:.2f}, {spent['decoding'] / spent['hash']:.2f} of bare decoding"
    )


VARIANTS: tuple[Variant, ...] = ("phash", "phash_fast")


def written(folder: Path, count: int) -> list[str]:
    """Drawn pictures with grain, as files."""
    draws = list(KINDS.values())
    names = []
    for number in range(count):
        large = np.asarray(draws[number % len(draws)](number).resize(_SIZE, Image.Resampling.BICUBIC))
        grain = np.random.default_rng(number).normal(0, 6, large.shape)
        picture = Image.fromarray(np.clip(large + grain, 0, 255).astype(np.uint8))
        path = folder / f"{number:04}.jpg"
        path.write_bytes(encoded(picture, "JPEG", quality=85))
        names.append(str(path))
    return names


def taken(way: Callable[[], object]) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


def cpu(way: Callable[[], object]) -> float:
    began = time.process_time()
    way()
    return time.process_time() - began


def loop_of_imagehash(names: Sequence[str]) -> list[str]:
    found = []
    for name in names:
        with Image.open(name) as picture:
            found.append(str(imagehash.phash(picture)))
    return found


def decoded(sandbox: Sandbox, names: Sequence[str]) -> None:
    batches = [list(names[start : start + _BATCH]) for start in range(0, len(names), _BATCH)]
    assert sandbox.map(decode, batches) == [None] * len(batches)


def decode(names: list[str]) -> None:
    """Decodes files and nothing more; runs in a worker."""
    for name in names:
        with Image.open(name) as picture:
            picture.load()
