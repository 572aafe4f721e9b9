"""`noticedesk inquiries`: partners' questions without a claim."""

from datetime import datetime

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.escalation import Team


@click.group()
def command() -> None:
    """Register, list, link and answer partners' questions."""


@command.command()
@click.argument("partner")
@click.argument("question")
@click.option("--team", default=Team.LEGAL.value, type=click.Choice([team.value for team in Team]))
@click.option("--due", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="Until when, with an offset.")
def register(partner: str, question: str, team: str, due: datetime | None) -> None:
    """Register the QUESTION of PARTNER."""
    from noticedesk.desk.escalation import inquiries

    with the_desk() as desk:
        made = inquiries.register(desk, the_person(desk.db), partner, question, Team(team), due=due)
    click.echo(f"{made.id}  due {made.due_at:%Y-%m-%d %H:%M}Z")


@command.command()
@click.argument("inquiry")
@click.argument("text")
def answer(inquiry: str, text: str) -> None:
    """Record the answer to INQUIRY."""
    from noticedesk.desk.escalation import inquiries

    with the_desk() as desk:
        inquiries.answer(desk, the_person(desk.db), inquiry, text)
    click.echo(f"{inquiry} is answered")


@command.command()
@click.argument("inquiry")
@click.argument("claim")
def link(inquiry: str, claim: str) -> None:
    """Link INQUIRY to CLAIM, whose timeline then shows it."""
    from noticedesk.desk.escalation import inquiries

    with the_desk() as desk:
        claims = inquiries.link(desk, the_person(desk.db), inquiry, claim)
    click.echo(f"{inquiry} is linked to {', '.join(claims)}")


@command.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only those without an answer.")
@json_option
def list_inquiries(only_open: bool, as_json: bool) -> None:
    """List inquiries, oldest first."""
    from noticedesk.desk.escalation import inquiries
    from noticedesk.model.escalation import Inquiry
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        rows = [
            {
                "id": one.id,
                "partner": one.partner,
                "question": one.question,
                "team": one.owner,
                "due_at": one.due_at,
                "answered_at": one.answered_at,
                "claims": inquiries.claims_of(look, one.id),
            }
            for one in records.find(look, Inquiry)
            if not (only_open and one.answered_at)
        ]
    show(rows, "inquiry/1", as_json=as_json, nothing="No inquiry.")
