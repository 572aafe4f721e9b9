"""`noticedesk report`: what the desk asks of itself, as a table or a file."""

from datetime import date, datetime
from pathlib import Path

import click

from noticedesk.cli.opened import the_store
from noticedesk.cli.output import json_option, show

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("name", required=False)
@click.option("--from", "since", type=DAY, help="From this day on (UTC).")
@click.option("--to", "until", type=DAY, help="Up to this day, not included.")
@click.option("--csv", type=FILE, help="Write a CSV file.")
@click.option("--xlsx", type=FILE, help="Write a workbook.")
@click.option("--parquet", type=FILE, help="Write a Parquet file.")
@json_option
def command(
    name: str | None, since: datetime | None, until: datetime | None, as_json: bool, **files: Path | None
) -> None:
    """Print the report NAME, or write it to files; without a name, list the reports."""
    from noticedesk.report.catalogue import REPORTS, Period, report
    from noticedesk.report.files import FORMATS

    if name is None:
        show([{"name": one.name, "answers": one.answers} for one in REPORTS], "reports/1", as_json=as_json)
        return
    wanted = report(name)
    with the_store() as db, db.read() as look:
        table = wanted.rows(look, Period(since=_day(since), until=_day(until)))
    written = {kind: path for kind, path in files.items() if path}
    for kind, path in written.items():
        FORMATS[kind](table, path)
        click.echo(f"{path}: {len(table.rows)} rows", err=True)
    if as_json or not written:
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        show([{"report": name, **row} for row in rows] if as_json else rows, "report/1", as_json=as_json)


def _day(instant: datetime | None) -> date | None:
    return instant.date() if instant else None
