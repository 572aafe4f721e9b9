"""Chooses the cuts of the image matcher for a stated error, on pairs given as an argument, and says how sure they are.

    python -m benchmarks.thresholds [PAIRS.csv] [--false 0.005] [--missed 0.02] [--out reference.yaml]

PAIRS.csv has the columns reference, candidate and same (1 or 0); without it the pairs are drawn by program. The lowest
`strong` is chosen whose share of wrong matches among strangers is, with 95 % certainty (Clopper and Pearson 1934), at
most what was asked, and the highest `borderline` below it that misses no more copies than was asked.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from benchmarks.images import METHODS, changed, pictures_of
from matchers.calibrate import bound
from noticedesk.cli.pairing import findings, pool

_GRID = [percent / 100 for percent in range(30, 96, 5)]
_DOUBT = 0.05
Scored = Sequence[tuple[float, bool]]
"""The score of each pair, and whether it shows the same picture; what could not be compared scores 0."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pairs", type=Path, nargs="?")
    arguments.add_argument("--sources", type=int, default=9, help="pictures to draw where no pairs are given")
    arguments.add_argument("--false", type=float, default=0.005)
    arguments.add_argument("--missed", type=float, default=0.02)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    scored = of_file(given.pairs) if given.pairs else drawn(given.sources)
    reference = chosen(scored, given.false, given.missed) | {
        "data": given.pairs.name if given.pairs else f"{given.sources} drawn pictures, all changes of the tests",
        "run": f"python -m benchmarks.thresholds --false {given.false} --missed {given.missed}",
    }
    yaml.safe_dump(reference, sys.stdout, sort_keys=False)
    if given.out:
        given.out.write_text(yaml.safe_dump(reference, sort_keys=False), encoding="utf-8")


def of_file(pairs: Path) -> Scored:
    with pairs.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    named = iter([(row["reference"], row["candidate"]) for row in rows])
    with pool() as sandbox:
        found = list(findings(sandbox, named, pairs.parent, False))
    return [(one.score or 0.0, row["same"] == "1") for one, row in zip(found, rows, strict=True)]


def drawn(sources: int) -> Scored:
    pictures = pictures_of(None, sources + 9)
    references, copies, pairs = changed(pictures[:sources], pictures[sources:])
    ours = METHODS[0]
    mine, theirs = ([ours.describe(data) for data in files] for files in (references, copies))
    return [(ours.matches(mine[pair.reference], theirs[pair.candidate]), pair.same) for pair in pairs]


def chosen(scored: Scored, false: float, missed: float) -> dict[str, object]:
    """The cuts and what they rest on; a cut is None where no value keeps the stated error."""
    same, other = (np.array([score for score, is_same in scored if is_same == wanted]) for wanted in (True, False))
    # Each of the values tried shares the doubt (Bonferroni), so that choosing among them keeps the promise.
    doubt = _DOUBT / len(_GRID)
    strong = next((cut for cut in _GRID if bound(int((other >= cut).sum()), len(other), doubt) <= false), None)
    below = [cut for cut in _GRID if strong is not None and cut < strong]
    kept = [cut for cut in below if bound(int((same < cut).sum()), len(same), doubt) <= missed]
    return {
        "stated": {"false": false, "missed": missed, "certainty": 1 - _DOUBT},
        "strong_at_least": strong,
        "borderline_at_most": max(kept, default=None),
        "pairs": {"same": len(same), "different": len(other)},
        "at": {f"{cut:.2f}": _at(same, other, cut) for cut in (0.5, 0.8)},
    }


def _at(same: np.ndarray, other: np.ndarray, cut: float) -> dict[str, object]:
    wrong, lost = int((other >= cut).sum()), int((same < cut).sum())
    return {
        "false": wrong,
        "false_95": _interval(wrong, len(other)),
        "missed": lost,
        "missed_95": _interval(lost, len(same)),
    }


def _interval(events: int, trials: int) -> list[float]:
    """The two-sided interval of a share, 95 % sure."""
    half = _DOUBT / 2
    return [round(1 - bound(trials - events, trials, half), 5), round(bound(events, trials, half), 5)]


if __name__ == "__main__":
    main()
