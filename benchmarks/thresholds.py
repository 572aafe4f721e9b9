"""Says for which error the cuts of the image matcher stand, on labelled pairs given as an argument, and how surely.

    python -m benchmarks.thresholds PAIRS.csv --about "what the pairs are" [--logo] [--out benchmarks/chosen/NAME.yaml]

PAIRS.csv has the columns reference, candidate and same (1 or 0). The lowest `strong` is chosen whose share of wrong
matches among strangers is, with 95 % certainty (Clopper and Pearson 1934), at most what was asked, and the highest
`borderline` below it that misses no more copies than was asked; the cuts in force are counted beside them. The interval
takes pairs for independent: pairs of few sources say less than their number.
"""

import argparse
import csv
import json
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from matchers.calibrate import bound
from matchers.image import BORDERLINE, MATCH, PREPROCESSING
from noticedesk.cli.pairing import findings, pool

_GRID = [percent / 100 for percent in range(30, 96, 5)]
_DOUBT = 0.05
Scored = Sequence[tuple[float | None, bool]]
"""The score of each pair (None: it could not be compared), and whether it shows the same picture."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pairs", type=Path)
    arguments.add_argument("--about", required=True, help="what the pairs are, for whoever reads the reference later")
    arguments.add_argument("--logo", action="store_true", help="by the rule of logos")
    arguments.add_argument("--lines", type=Path, help="what `noticedesk match images PAIRS.csv` printed just before")
    arguments.add_argument("--false", type=float, default=0.002)
    arguments.add_argument("--missed", type=float, default=0.02)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    rows = read(given.pairs)
    scored = of_lines(rows, given.lines) if given.lines else of_rows(rows, given.pairs.parent, given.logo)
    reference = {
        "about": given.about,
        "run": f"python -m benchmarks.thresholds {shlex.join(given_again(given))}",
        "preprocessing": PREPROCESSING,
        "rule": "logo" if given.logo else "picture",
        "sources": len({row["reference"] for row in rows if row["same"] == "1"}),
        **chosen(scored, given.false, given.missed),
    }
    yaml.safe_dump(reference, sys.stdout, sort_keys=False, width=118)
    if given.out:
        given.out.write_text(HEAD + yaml.safe_dump(reference, sort_keys=False, width=118), encoding="utf-8")


HEAD = "# Written by benchmarks/thresholds.py; a test compares it with the cuts in force.\n---\n"


def given_again(given: argparse.Namespace) -> list[str]:
    """The arguments that matter, with the name of the pairs and not the place where they lay."""
    logo = ["--logo"] if given.logo else []
    return [given.pairs.name, *logo, "--false", str(given.false), "--missed", str(given.missed)]


def read(pairs: Path) -> list[dict[str, str]]:
    with pairs.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        missing = {"reference", "candidate", "same"} - set(table.fieldnames or ())
        if missing:
            raise SystemExit(f"{pairs} has no column {', '.join(sorted(missing))}")
        return list(table)


def of_rows(rows: list[dict[str, str]], folder: Path, logo: bool) -> Scored:
    named = iter([(row["reference"], row["candidate"]) for row in rows])
    with pool() as sandbox:
        found = list(findings(sandbox, named, folder, logo))
    return [(one.score, row["same"] == "1") for one, row in zip(found, rows, strict=True)]


def of_lines(rows: list[dict[str, str]], lines: Path) -> Scored:
    """The scores that were printed, in the order of the pairs."""
    printed = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    for row, line in zip(rows, printed, strict=True):
        if not (line["reference"].endswith(row["reference"]) and line["candidate"].endswith(row["candidate"])):
            raise SystemExit(f"{lines}: {line['candidate']} stands where the pairs have {row['candidate']}")
    return [(line["score"], row["same"] == "1") for row, line in zip(rows, printed, strict=True)]


def chosen(scored: Scored, false: float, missed: float) -> dict[str, object]:
    """The cuts and what they rest on; a cut is None where no value keeps the stated error.

    What could not be compared counts as missed among copies, and is left out among strangers.
    """
    same = np.array([score or 0.0 for score, is_same in scored if is_same])
    other = np.array([score for score, is_same in scored if not is_same and score is not None])
    # Each of the values tried shares the doubt (Bonferroni), so that choosing among them keeps the promise.
    doubt = _DOUBT / len(_GRID)
    strong = next((cut for cut in _GRID if bound(int((other >= cut).sum()), len(other), doubt) <= false), None)
    below = [cut for cut in _GRID if strong is not None and cut < strong]
    kept = [cut for cut in below if bound(int((same < cut).sum()), len(same), doubt) <= missed]
    return {
        "stated": {"false": false, "missed": missed, "certainty": 1 - _DOUBT},
        "lowest_strong": strong,
        "highest_borderline": max(kept, default=None),
        "pairs": {"same": len(same), "different": len(other), "unmatchable": sum(score is None for score, _ in scored)},
        "in_force": {name: _at(same, other, cut) for name, cut in (("strong", MATCH), ("borderline", BORDERLINE))},
    }


def _at(same: np.ndarray, other: np.ndarray, cut: float) -> dict[str, object]:
    wrong, lost = int((other >= cut).sum()), int((same < cut).sum())
    return {
        "cut": cut,
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
