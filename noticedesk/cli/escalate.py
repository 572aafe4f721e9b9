"""`noticedesk escalate`: questions to another team, and their answers."""

from datetime import datetime

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.escalation import Team


@click.group()
def command() -> None:
    """Ask another team about a case, and answer."""


@command.command()
@click.argument("claim")
@click.argument("team", type=click.Choice([team.value for team in Team]))
@click.argument("question")
@click.option("--about", default="", help="The allegation or party that the question is about.")
def ask(claim: str, team: str, question: str, about: str) -> None:
    """Ask TEAM a QUESTION about CLAIM; its clocks run on."""
    from noticedesk.desk.escalation import escalate

    with the_desk() as desk:
        asked = escalate.escalate(desk, the_person(desk.db), claim, Team(team), question, about=about)
    click.echo(f"{asked.id}  due {asked.due_at:%Y-%m-%d %H:%M}Z")


@command.command()
@click.argument("escalation")
@click.argument("text")
@click.option("--outcome", default="answered", help="What came of it, in a word or two.")
def answer(escalation: str, text: str, outcome: str) -> None:
    """Answer ESCALATION; the case is back with its queue."""
    from noticedesk.desk.escalation import escalate

    with the_desk() as desk:
        escalate.answer(desk, the_person(desk.db), escalation, text, outcome)
    click.echo(f"{escalation} is answered")


@command.command("return")
@click.argument("escalation")
@click.argument("why")
def give_back(escalation: str, why: str) -> None:
    """Return ESCALATION unanswered, and say WHY; the case is back with its queue."""
    from noticedesk.desk.escalation import escalate

    with the_desk() as desk:
        escalate.give_back(desk, the_person(desk.db), escalation, why)
    click.echo(f"{escalation} is returned")


@command.command()
@click.argument("escalation")
@click.argument("owner")
@click.option("--due", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="Until when, with an offset.")
def assign(escalation: str, owner: str, due: datetime | None) -> None:
    """Give ESCALATION to OWNER, a person's id."""
    from noticedesk.desk.escalation import escalate

    with the_desk() as desk:
        escalate.assign(desk, the_person(desk.db), escalation, owner, due)
    click.echo(f"{escalation} is with {owner}")


@command.command("list")
@click.option("--team", type=click.Choice([team.value for team in Team]), help="Only those of this team.")
@click.option("--open", "only_open", is_flag=True, help="Only those without an answer.")
@json_option
def list_all(team: str | None, only_open: bool, as_json: bool) -> None:
    """List escalations, oldest first."""
    from noticedesk.model.escalation import Escalation
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        found = records.find(look, Escalation)
    rows = [
        {
            "id": item.id,
            "about": item.about,
            "team": item.team.value,
            "question": item.question,
            "due_at": item.due_at,
            "outcome": item.outcome,
            "owner": item.owner,
            "claim": item.claim,
            "answer": item.answer,
        }
        for item in found
        if team in (None, item.team.value) and not (only_open and item.answered_at)
    ]
    show(rows, "escalation/1", as_json=as_json, nothing="No escalation.")
