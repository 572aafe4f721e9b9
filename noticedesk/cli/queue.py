"""`noticedesk queue`: what waits for a person."""

import click

from noticedesk.cli.opened import the_store
from noticedesk.cli.output import json_option, show

SHOWN = ("subject", "claim", "version", "lane", "desk", "state", "due_at", "band", "proposal", "reason", "about")


@click.command()
@click.option("--desk", type=click.Choice(["specialist", "legal", "safety"]), help="Only what waits for this desk.")
@json_option
def command(desk: str | None, as_json: bool) -> None:
    """List what waits for a person, most pressing first."""
    from noticedesk.desk.cases.waiting import Filters, waiting

    with the_store() as db, db.read() as look:
        rows = waiting(look, Filters(desks=(desk,) if desk else ()))
        shown = ({name: getattr(row, name) for name in SHOWN} for row in rows)
        show(shown, "queue/1", as_json=as_json, nothing="Nothing waits for a person.")
