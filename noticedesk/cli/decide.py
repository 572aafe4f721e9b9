"""`noticedesk decide`: a person's decision about one allegation."""

from datetime import datetime

import click

from noticedesk.cli import TRY_AGAIN
from noticedesk.cli.opened import the_desk, the_person
from noticedesk.model.action import Action, Reason


@click.command()
@click.argument("allegation")
@click.argument("action", type=click.Choice([action.value for action in Action]))
@click.option("--reason", required=True, type=click.Choice([reason.value for reason in Reason]))
@click.option(
    "--version", required=True, type=int, help="The version that you looked at, as `queue` and `show` print it."
)
@click.option("--territory", "territories", multiple=True, help="Where it applies (country code); everywhere if none.")
@click.option("--part", "parts", multiple=True, help="What part of the listing it applies to.")
@click.option("--until", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d"]), help="Until when it applies.")
@click.option("--note", default="", help="A note for the file.")
def command(
    allegation: str, action: str, reason: str, version: int, **rest: tuple[str, ...] | datetime | str | None
) -> None:
    """Decide about ALLEGATION as the owner of the token in NOTICEDESK_TOKEN.

    Nothing leaves before the window to take it back has passed. Exit code 75: somebody changed the allegation since;
    the message says what, look again and decide anew.
    """
    from noticedesk.desk import review
    from noticedesk.store import Stale

    ruling = review.Ruling(action=Action(action), reason=Reason(reason), **rest)  # type: ignore[arg-type]
    with the_desk() as desk:
        person = the_person(desk.db)
        try:
            decision = review.decide(desk, person, allegation, ruling, version)
        except Stale as stale:
            click.echo(f"noticedesk: {stale}", err=True)
            raise SystemExit(TRY_AGAIN) from None
    click.echo(f"{decision.id}  {decision.action} ({decision.reason}) by {person.name}")
