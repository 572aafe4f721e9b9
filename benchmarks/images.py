"""Image matching side by side with plain hashes on the same pictures in the same run.

    python -m benchmarks.images [--folder PICTURES] [--sources 6] [--seed 1] [--rows 1000000 10000000]

Without a folder the pictures are drawn by program. Each source is changed in every way of
tests/matchers/image/changes.py and compared with its own original and with others; another seed takes other sources
and other changes. Prints recall (of each change, too), false matches, CPU milliseconds and ratios.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import imagehash
import numpy as np
from PIL import Image

from benchmarks.image_bulk import bulk
from benchmarks.image_index import parts, wholes
from matchers.image import BORDERLINE, MATCH, Picture, compare, describe
from matchers.image.decode import frames
from matchers.image.hashes import pdq, phash
from tests.matchers.image.changes import HARD, SIMPLE
from tests.matchers.image.drawings import KINDS
from tests.matchers.image.files import encoded

_COMPANY, _OTHERS = 9, 4
_PHASH, _PDQ = 8, 31


@dataclass(frozen=True)
class Pair:
    reference: int
    candidate: int
    same: bool
    change: str


@dataclass(frozen=True)
class Method:
    name: str
    describe: Callable[[bytes], object]
    matches: Callable[[object, object], float]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--sources", type=int, default=6)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--bulk", type=int, default=48, help="pictures of 1600 pixels to hash")
    arguments.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 10_000_000], help="hashes in the index")
    arguments.add_argument("--references", type=int, default=700, help="pictures in the search by parts")
    given = arguments.parse_args()
    pictures = pictures_of(given.folder, given.sources + _COMPANY, given.seed)
    references, copies, pairs = changed(pictures[: given.sources], pictures[given.sources :], given.seed)
    print(f"{len(references)} sources x {len(SIMPLE) + len(HARD)} changes, {len(pairs)} pairs")
    recalls = {method.name: measured(method, references, copies, pairs) for method in METHODS}
    ours = recalls.pop("noticedesk")
    for name, recall in recalls.items():
        print(f"ratio of recall, noticedesk to {name}: {ours / max(recall, 1e-9):.2f}")
    hashing(references + copies)
    bulk(given.bulk)
    print("\nindex")
    for rows in given.rows:
        wholes(rows)
    parts((given.references // 4, given.references // 2, given.references), min(given.sources, 6))
    print(f"load when done: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def pictures_of(folder: Path | None, count: int, seed: int) -> list[Image.Image]:
    if folder is None:
        draws = list(KINDS.values())
        return [draws[number % len(draws)](1000 * (seed - 1) + number) for number in range(count)]
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"}]
    chosen = np.random.default_rng(seed).permutation(len(files))[:count]
    return [next(frames(files[number].read_bytes())) for number in chosen]


def changed(
    sources: Sequence[Image.Image], company: Sequence[Image.Image], seed: int
) -> tuple[list[bytes], list[bytes], list[Pair]]:
    """Originals and copies as files, and the pairs to compare: each copy with its own and four other originals."""
    rng = np.random.default_rng(4 + seed)
    references = [encoded(source, "JPEG", quality=90) for source in sources]
    copies: list[bytes] = []
    pairs: list[Pair] = []
    for number, source in enumerate(sources):
        for name, change in (SIMPLE | HARD).items():
            others = [company[place] for place in rng.permutation(len(company))]
            copies.append(encoded(change(source, others, rng), "JPEG", quality=85))
            pairs.append(Pair(number, len(copies) - 1, True, name))
            strangers = [place for place in rng.permutation(len(sources)) if place != number][:_OTHERS]
            pairs += [Pair(int(place), len(copies) - 1, False, name) for place in strangers]
    return references, copies, pairs


def measured(method: Method, references: list[bytes], copies: list[bytes], pairs: list[Pair]) -> float:
    """Prints the line of one method and gives its recall."""
    began = time.process_time()
    ours, theirs = ([method.describe(data) for data in files] for files in (references, copies))
    described = time.process_time()
    scores = [method.matches(ours[pair.reference], theirs[pair.candidate]) for pair in pairs]
    compared = time.process_time()
    recall, review = (share(pairs, scores, same=True, cut=cut) for cut in (MATCH, BORDERLINE))
    wrong, asked = (share(pairs, scores, same=False, cut=cut) for cut in (MATCH, BORDERLINE))
    print(
        f"{method.name:12} recall {recall:.3f}  with review {review:.3f}  false {wrong:.4f}  false review {asked:.4f}  "
        f"describe {1000 * (described - began) / (len(references) + len(copies)):.1f} ms  "
        f"compare {1000 * (compared - described) / len(pairs):.2f} ms"
    )
    if method.name == "noticedesk":
        by_change(pairs, scores)
    return recall


def by_change(pairs: list[Pair], scores: list[float]) -> None:
    """Prints the recall of each change, those of the harder ones first, and of the harder ones together."""
    same = [(pair.change, score) for pair, score in zip(pairs, scores, strict=True) if pair.same]
    for name in (*HARD, *SIMPLE):
        found = [score for change, score in same if change == name]
        print(f"  {name:20} {np.mean(np.array(found) >= MATCH):.3f}  {np.mean(np.array(found) >= BORDERLINE):.3f}")
    hard = np.array([score for change, score in same if change in HARD])
    print(f"  the harder ones together {np.mean(hard >= MATCH):.3f}, with review {np.mean(hard >= BORDERLINE):.3f}")


def share(pairs: list[Pair], scores: list[float], *, same: bool, cut: float) -> float:
    return float(np.mean([score >= cut for pair, score in zip(pairs, scores, strict=True) if pair.same == same]))


def hashing(files: list[bytes]) -> None:
    """Our pHash against the loop that a user of imagehash writes, decoding included, and decoding alone."""
    loops: dict[str, Callable[[bytes], object]] = {
        "decoding alone": lambda data: next(frames(data)),
        "imagehash": lambda data: imagehash.phash(next(frames(data))),
        "noticedesk": lambda data: phash(next(frames(data))),
    }
    took = {}
    for name, loop in loops.items():
        began = time.process_time()
        for data in files:
            loop(data)
        took[name] = (time.process_time() - began) / len(files)
        print(f"pHash, {name}: {1000 * took[name]:.2f} ms a picture, {1 / took[name]:.0f} a second")
    print(f"ratio of pHash time, imagehash to noticedesk: {took['imagehash'] / took['noticedesk']:.2f}")


def _ours(first: object, second: object) -> float:
    assert isinstance(first, Picture) and isinstance(second, Picture)
    return compare(first, second).score or 0.0


def _phash_near(first: object, second: object) -> float:
    assert isinstance(first, imagehash.ImageHash) and isinstance(second, imagehash.ImageHash)
    return float(first - second <= _PHASH)


def _pdq_near(first: object, second: object) -> float:
    bits = [one.bits[0] for one in (first, second)]  # type: ignore[attr-defined]
    return float(int(np.bitwise_count(bits[0] ^ bits[1]).sum()) <= _PDQ)


METHODS = [
    Method("noticedesk", describe, _ours),
    Method("phash <= 8", lambda data: imagehash.phash(next(frames(data))), _phash_near),
    Method("PDQ <= 31", lambda data: pdq(np.asarray(next(frames(data)))), _pdq_near),
]

if __name__ == "__main__":
    main()
