"""noticedesk match images: pairs of picture files compared on all cores, one line a pair."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from matchers.finding import Finding, Region
from matchers.image.explain import explained
from noticedesk.cli.pairing import Pair, findings, pool
from noticedesk.cli.progress import tracked
from noticedesk.decide import Bands, band_of
from noticedesk.model.decision import Band
from noticedesk.sandbox import Sandbox
from noticedesk.settings import from_environment, read

SCHEMA = "match-images/1"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_WORDS = {Band.STRONG: "match"}


class PairsError(ValueError):
    """A file of pairs that cannot be used: names the file and what is missing."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="PAIRS.csv | A B")
@click.option("--logo", is_flag=True, help="The references are logos or word marks: ask for more agreement.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, as is always done for PAIRS.csv.")
@click.option("--explain", type=click.Path(dir_okay=False, path_type=Path), help="Draw where A and B match (PNG).")
def images(files: tuple[Path, ...], logo: bool, as_json: bool, explain: Path | None) -> None:
    """Says whether each candidate is a copy, perhaps changed, of its reference, and where.

    PAIRS.csv has the columns reference and candidate; paths in it start from its own folder.
    """
    pairs, folder = _asked(files, explain)
    bands = read(from_environment().config / "bands.yaml", Bands)
    with pool() as sandbox:
        for finding in tracked(findings(sandbox, pairs, folder, logo), "Comparing", _count(files)):
            line = _line(finding, bands)
            click.echo(
                json.dumps(line, ensure_ascii=False) if as_json or len(files) == 1 else _told(finding, line["band"])
            )
            if explain:
                _draw(sandbox, files, finding, explain)


def _count(files: Sequence[Path]) -> int | None:
    """How many pairs there are, for the bar."""
    return len(files[0].read_bytes().splitlines()) - 1 if len(files) == 1 else None


def _asked(files: Sequence[Path], explain: Path | None) -> tuple[Iterator[Pair], Path]:
    if len(files) > 2:
        raise click.UsageError("give one CSV of pairs, or two pictures")
    if len(files) == 2:
        return iter([(str(files[0]), str(files[1]))]), Path()
    if explain:
        raise click.UsageError("--explain draws one pair: give two pictures")
    return _pairs(files[0]), files[0].parent


def _pairs(file: Path) -> Iterator[Pair]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            for column in ("reference", "candidate"):
                if column not in (table.fieldnames or ()):
                    raise PairsError(f"{file} has no column {column}; it needs the columns reference,candidate")
            yield from ((row["reference"] or "", row["candidate"] or "") for row in table)
    except UnicodeDecodeError:
        raise PairsError(f"{file} is not text; give a CSV of pairs, or two pictures") from None


def _line(finding: Finding, bands: Bands) -> Mapping[str, object]:
    """One line of the listing: `region` and `region_of_reference` are corners in pixels, or null."""
    place = next((where for where in finding.where if isinstance(where, Region)), None)
    band = band_of(finding, bands)
    return {
        "schema": SCHEMA,
        "reference": finding.ours,
        "candidate": finding.theirs,
        "score": finding.score,
        "band": _WORDS.get(band, band.value),
        "region": place and place.theirs,
        "region_of_reference": place and place.ours,
        "transform": place and place.transform,
        "reason": finding.reason,
        "steps": finding.steps,
    }


def _told(finding: Finding, band: object) -> str:
    score = "" if finding.score is None else f" ({finding.score})"
    places = [f"  where: {where.transform}" for where in finding.where if isinstance(where, Region)]
    return "\n".join([f"{band}{score}: {finding.reason}", *places, *(f"  step: {step}" for step in finding.steps)])


def _draw(sandbox: Sandbox, files: Sequence[Path], finding: Finding, out: Path) -> None:
    ours, theirs = (file.read_bytes() for file in files)
    out.write_bytes(sandbox.call(explained, ours, theirs, finding))
