"""noticedesk match marks, domains, use, products, names, passages: texts compared, JSON Lines in and out."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from matchers.finding import Passage
from noticedesk.cli.progress import tracked
from noticedesk.decide import Bands, band_of
from noticedesk.model.decision import Band
from noticedesk.settings import from_environment, read

Row = Mapping[str, Any]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SAME = 0.5
"""From this score on two offers or names are more likely the same than not."""

_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines, which these commands always print.")


class InputError(ValueError):
    """A line of input that cannot be compared: names the file, the line and what is wrong."""


@click.command(short_help="Find marks in titles")
@click.option("--marks", "list_", type=FILE, required=True, help="CSV with a column mark, one mark a row.")
@click.option("--fast", is_flag=True, help="Look for misspellings in single words only: for bulk monitoring.")
@click.argument("file", type=FILE)
@_json
def marks(list_: Path, fast: bool, file: Path, as_json: bool) -> None:
    """Finds in each title of FILE (lines of {id, title}) every mark of a list, written out or in disguise."""
    from matchers.text import Marks

    index, bands = Marks(_marks(list_), fast), _bands()
    _print(file, "match-marks/1", lambda row: {"hits": list(_hits(index, _text(row, "title"), bands))})


@click.command(short_help="Find marks in the names of shops and domains")
@click.argument("file", type=FILE)
@_json
def domains(file: Path, as_json: bool) -> None:
    """Says for each line of {id, mark, name} whether the name of a shop, a handle or a domain holds the mark."""
    from matchers.text import domains as mark_in_name

    bands = _bands()

    def line(row: Row) -> Row:
        found = mark_in_name(_text(row, "mark"), _text(row, "name"))
        span = found.where[0].theirs if found.where and isinstance(found.where[0], Passage) else None
        return {"span": span, **_said(found.score, band_of(found, bands), found.reason)}

    _print(file, "match-domains/1", line)


@click.command(short_help="Say what a mark does in a title")
@click.argument("file", type=FILE)
@_json
def use(file: Path, as_json: bool) -> None:
    """Says for each line of {id, title, mark} whether the mark is used as brand, reference, allusion, word or none."""
    from matchers.text import use as use_of

    def line(row: Row) -> Row:
        found = use_of(_text(row, "mark"), _text(row, "title"))
        return {"use": found.use, "span": found.where.theirs if found.where else None, "reason": found.why}

    _print(file, "match-use/1", line)


@click.command(short_help="Compare two offers")
@click.argument("file", type=FILE)
@_json
def products(file: Path, as_json: bool) -> None:
    """Says for each line of {id, a, b} (title and, where given, description, brand, price, category, modelno) if the
    two offers show the same product."""
    from matchers.text import product

    bands = _bands()
    _print(file, "match-products/1", lambda row: _same(product(_offer(row, "a"), _offer(row, "b")), bands))


@click.command(short_help="Compare two names")
@click.argument("file", type=FILE)
@_json
def names(file: Path, as_json: bool) -> None:
    """Says for each line of {id, schema, a, b} whether two names of persons or companies may be the same party."""
    from matchers.text import name

    bands = _bands()
    _print(file, "match-names/1", lambda row: _same(name(_text(row, "a"), _text(row, "b")), bands))


@click.command(short_help="Find copied passages")
@click.argument("file", type=FILE)
@_json
def passages(file: Path, as_json: bool) -> None:
    """Says for each line of {id, original, suspect} what of the original is copied, as spans of the suspect."""
    from matchers.text import passage

    bands = _bands()

    def line(row: Row) -> Row:
        found = passage(_text(row, "original"), _text(row, "suspect"))
        band = band_of(found, bands)
        spans = [place.theirs for place in found.where if isinstance(place, Passage)]
        return {"copied": _counts(band), "spans": spans, **_said(found.score, band, found.reason)}

    _print(file, "match-passages/1", line)


def _hits(index: Any, title: str, bands: Bands) -> Iterator[Row]:
    from matchers.text.context import of_finding

    for found in index.find(title):
        band = band_of(found, bands)
        if _counts(band):
            said = of_finding(found)
            yield {
                "mark": found.ours,
                "score": round(found.score, 4),
                "band": band.value,
                "use": said.use,
                "span": found.where[0].theirs,
                "reason": f"{found.reason}; {said.why}",
            }


def _same(found: Any, bands: Bands) -> Row:
    band = band_of(found, bands)
    return {"same": (found.score or 0) >= SAME, **_said(found.score, band, found.reason)}


def _said(score: float | None, band: Band, reason: str) -> Row:
    return {"score": None if score is None else round(score, 4), "band": band.value, "reason": reason}


def _counts(band: Band) -> bool:
    return band in (Band.STRONG, Band.BORDERLINE)


def _offer(row: Row, side: str) -> Any:
    from matchers.text import Product

    given = row.get(side)
    if not isinstance(given, dict):
        raise InputError(f"{side} is not an object with a title")
    fields = {name: str(given[name]) for name in Product.__dataclass_fields__ if given.get(name) is not None}
    return Product(**{"title": "", **fields})


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise InputError(f"{name} is not a text")
    return value


def _print(file: Path, schema: str, line: Callable[[Row], Row]) -> None:
    with file.open(encoding="utf-8") as rows:
        for number, raw in enumerate(tracked(rows, "Comparing"), 1):
            if not raw.strip():
                continue
            try:
                row = _parsed(raw)
                said = {"schema": schema, "id": row.get("id", str(number)), **line(row)}
            except InputError as error:
                raise InputError(f"{file} line {number}: {error}") from None
            click.echo(json.dumps(said, ensure_ascii=False))


def _parsed(raw: str) -> Row:
    try:
        row = json.loads(raw)
    except ValueError as error:
        raise InputError(f"not JSON ({error})") from None
    if not isinstance(row, dict):
        raise InputError("not a JSON object")
    return row


def _marks(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if "mark" not in (table.fieldnames or ()):
            raise InputError(f"{file} has no column mark; it has {', '.join(table.fieldnames or ()) or 'none'}")
        return [row["mark"] for row in table if row["mark"]]


def _bands() -> Bands:
    return read(from_environment().config / "bands.yaml", Bands)
