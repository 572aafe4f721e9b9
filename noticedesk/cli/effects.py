"""`noticedesk effects`: what leaves the desk, and what a person does about what failed."""

from typing import TYPE_CHECKING

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import Row, json_option, show
from noticedesk.model.escalation import Team

if TYPE_CHECKING:
    from noticedesk.desk.enforcement.deadletters import Effect


@click.group(invoke_without_command=True)
@click.option("--dead", is_flag=True, help="Only what failed too often or was refused, and waits for a person.")
@click.option("--all", "everything", is_flag=True, help="Also what was confirmed or cancelled.")
@json_option
@click.pass_context
def command(context: click.Context, dead: bool, everything: bool, as_json: bool) -> None:
    """List effects (orders to the platform, and mails) that are not settled, dead and overdue ones first."""
    if context.invoked_subcommand is None:
        _list(dead, everything, as_json)


@command.command()
@click.argument("effect")
def retry(effect: str) -> None:
    """Try EFFECT, dead or failed, again at once, as the owner of the token; under its key, so that it acts once."""
    from noticedesk.desk.enforcement import deadletters

    with the_desk() as desk:
        deadletters.retry(desk, the_person(desk.db), effect)
    click.echo(f"{effect} is tried again")


@command.command("hand-over")
@click.argument("effect")
@click.option("--team", required=True, type=click.Choice([team.value for team in Team]))
@click.option("--question", required=True, help="What the team is asked.")
def hand_over(effect: str, team: str, question: str) -> None:
    """Ask a team about EFFECT, which is dead and stays so, as the owner of the token."""
    from noticedesk.desk.enforcement import deadletters

    with the_desk() as desk:
        asked = deadletters.hand_over(desk, the_person(desk.db), effect, Team(team), question)
    click.echo(f"{asked.id}  due {asked.due_at:%Y-%m-%d %H:%M}Z")


def _list(dead: bool, everything: bool, as_json: bool) -> None:
    from datetime import UTC, datetime

    from noticedesk.desk.enforcement import deadletters
    from noticedesk.model.letter import OutboxState

    states = {OutboxState.DEAD} if dead else set(OutboxState) if everything else deadletters.UNSETTLED
    with the_store() as db, db.read() as look:
        found = deadletters.listed(look, datetime.now(UTC), states=states)
    show(map(_row, found), "effect/1", as_json=as_json, nothing="No such effect.")


def _row(effect: "Effect") -> Row:
    return {
        "id": effect.id,
        "kind": effect.kind,
        "state": effect.state,
        "action": effect.action,
        "attempts": effect.attempts,
        "last_error": effect.last_error,
        "age_hours": round(effect.age.total_seconds() / 3600, 1),
        "next_at": effect.next_at,
        "claim": effect.claim,
        "allegation": effect.allegation,
        "letter": effect.letter,
        "key": effect.key,
    }
