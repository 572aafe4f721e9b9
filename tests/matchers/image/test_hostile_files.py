"""Whatever bytes arrive, describing ends with a picture or a reason, and comparing with a finding."""

from collections.abc import Iterator

import numpy as np
import pytest

from matchers.image import Unreadable, compare, describe
from tests.matchers.image.drawings import pack, scene
from tests.matchers.image.files import animation, bomb, encoded

SMALL = scene(1).resize((96, 84))
SEEDS = [
    *(encoded(SMALL, form) for form in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "ICO", "PPM", "TGA")),
    animation([SMALL, pack(1).resize((96, 84))]),
    encoded(SMALL.convert("CMYK"), "JPEG"),
    encoded(SMALL.convert("P"), "PNG"),
    bomb(9000),
    b"<svg xmlns='http://www.w3.org/2000/svg' width='99999999' height='99999999'/>",
]
OURS = describe(encoded(scene(1)))


def mutated(count: int) -> Iterator[bytes]:
    """Files with bytes changed, cut out, repeated and cut off."""
    rng = np.random.default_rng(20261122)
    for number in range(count):
        data = bytearray(SEEDS[number % len(SEEDS)])
        for _ in range(int(rng.integers(1, 12))):
            at = int(rng.integers(len(data))) if rng.random() < 0.5 else int(rng.integers(min(len(data), 80)))
            data[at] = int(rng.integers(256))
        start, end = sorted(int(place) for place in rng.integers(0, len(data), 2))
        kind = int(rng.integers(5))
        if kind == 1:
            del data[start:end]
        elif kind == 2:
            data[start:start] = data[start:end]
        elif kind == 3:
            del data[end:]
        yield bytes(data)


def hold(count: int) -> None:
    for data in mutated(count):
        described = describe(data)
        finding = compare(OURS, described)
        assert finding.reason
        if isinstance(described, Unreadable):
            assert described.reason
            assert finding.outcome == "unmatchable"


def test_three_hundred_mutated_files_end_with_a_picture_or_a_reason() -> None:
    hold(300)


@pytest.mark.soak
def test_ten_thousand_mutated_files_end_with_a_picture_or_a_reason() -> None:
    hold(10_000)
