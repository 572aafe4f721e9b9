"""`noticedesk hold`: legal holds, which stop every erasure."""

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show


@click.group()
def command() -> None:
    """Place, lift and list legal holds; only legal places and lifts them."""


@command.command()
@click.argument("about")
@click.option("--why", required=True, help="Why; kept with the hold.")
def add(about: str, why: str) -> None:
    """Hold ABOUT: a claim (C-...), a party (P-...) or a listing (L-...)."""
    from noticedesk.desk.retain import holds

    with the_desk() as desk:
        held = holds.place(desk, the_person(desk.db), about, why)
    click.echo(f"{held.id}  {about} is under a legal hold")


@command.command()
@click.argument("about")
@click.option("--why", required=True, help="Why it is over; kept with the hold.")
def lift(about: str, why: str) -> None:
    """Lift every hold on ABOUT, or the one hold of that id (H-...)."""
    from noticedesk.desk.retain import holds

    with the_desk() as desk:
        lifted = holds.lift(desk, the_person(desk.db), about, why)
    click.echo("\n".join(f"{item.id}  on {item.about} is lifted" for item in lifted))


@command.command("list")
@json_option
def list_all(as_json: bool) -> None:
    """List the holds that last."""
    from noticedesk.desk.retain import holds

    with the_store() as db, db.read() as look:
        found = holds.lasting_holds(look)
    rows = [
        {"id": item.id, "about": item.about, "why": item.why, "by": item.placed_by, "since": item.placed_at}
        for item in found
    ]
    show(rows, "hold/1", as_json=as_json, nothing="No hold.")
