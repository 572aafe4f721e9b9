"""Whatever bytes arrive, describing ends with a picture or a reason, and comparing with a finding."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest

from matchers.image import Unreadable, compare, describe
from noticedesk.sandbox import Sandbox
from tests.matchers.image.drawings import pack, scene
from tests.matchers.image.files import animation, bomb, encoded
from tests.matchers.image.inputs import HEIC

_BATCH, _SECONDS, _MEGABYTES = 25, 60.0, 1024
SMALL = scene(1).resize((96, 84))
SEEDS = [
    *(encoded(SMALL, form) for form in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "ICO", "PPM", "TGA")),
    animation([SMALL, pack(1).resize((96, 84))]),
    encoded(SMALL.convert("CMYK"), "JPEG"),
    encoded(SMALL.convert("P"), "PNG"),
    HEIC,
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


def hold(batch: list[bytes]) -> list[str]:
    """What is wrong with the findings on a batch of files; runs in a worker."""
    wrong = []
    for number, data in enumerate(batch):
        described = describe(data)
        finding = compare(OURS, described)
        refused = isinstance(described, Unreadable)
        if not finding.reason or (refused and (finding.outcome != "unmatchable" or not described.reason)):
            wrong.append(f"file {number} of its batch: {finding}")
    return wrong


def held(count: int) -> None:
    """In workers that may take a minute and 1 GB for a batch: an end of one is a crash, a hang or a leak."""
    files = mutated(count)
    with Sandbox(workers=2, seconds=_SECONDS, megabytes=_MEGABYTES, tasks=count) as sandbox:
        while batches := [batch for batch in (list(islice(files, _BATCH)) for _ in range(20)) if batch]:
            for outcome in sandbox.map(hold, batches):
                assert outcome == []


def test_three_hundred_mutated_files_end_with_a_picture_or_a_reason() -> None:
    held(300)


@pytest.mark.soak
def test_ten_thousand_mutated_files_end_with_a_picture_or_a_reason() -> None:
    held(10_000)
