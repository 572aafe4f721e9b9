"""`noticedesk clocks`: the clocks of a claim, and what legal changes about one by hand, with the reason."""

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show

ACTS = ("pause", "resume", "cancel", "satisfy")


@click.group()
def command() -> None:
    """Show the clocks of a claim; legal pauses, resumes, cancels or satisfies one with a reason."""


@command.command("list")
@click.argument("claim")
@json_option
def list_all(claim: str, as_json: bool) -> None:
    """List the clocks of CLAIM, and why one was ended by hand."""
    from noticedesk.model.clock import Clock
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        found = records.find(look, Clock, claim=claim)
    rows = [
        {
            "id": item.id,
            "about": item.allegation or item.claim,
            "rule": item.rule,
            "kind": item.kind.value,
            "due": item.due,
            "state": item.state.value,
            "ended_by": item.ended_by,
            "why": item.ended_why,
        }
        for item in found
    ]
    show(rows, "clock_of_case/1", as_json=as_json, nothing="No clock.")


@command.command("set")
@click.argument("clock")
@click.argument("act", type=click.Choice(ACTS))
@click.option("--why", required=True, help="Why; kept with the clock.")
def set_(clock: str, act: str, why: str) -> None:
    """Do ACT with CLOCK (K-...). When it is due stays as the law counted it."""
    from noticedesk.desk.deadlines.byhandclocks import NotByHand, by_hand

    with the_desk() as desk:
        person = the_person(desk.db)
        try:
            changed = by_hand(desk, person, clock, act, why)
        except NotByHand as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{changed.id}  {changed.rule} is {changed.state}")
