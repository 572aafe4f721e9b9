"""`noticedesk queue`: what waits for a person."""

import click

from noticedesk.cli.opened import the_store
from noticedesk.cli.output import json_option, show


@click.command()
@click.option("--desk", type=click.Choice(["specialist", "legal", "safety"]), help="Only what waits for this desk.")
@json_option
def command(desk: str | None, as_json: bool) -> None:
    """List what waits for a person, most pressing first."""
    from dataclasses import asdict

    from noticedesk.desk.waiting import waiting

    with the_store() as db, db.read() as look:
        rows = [asdict(row) for row in waiting(look) if desk in (None, row.desk)]
    show(rows, "queue/1", as_json=as_json, nothing="Nothing waits for a person.")
