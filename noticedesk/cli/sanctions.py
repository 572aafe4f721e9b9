"""`noticedesk sanctions`: what is proposed about accounts and notifiers, and a person's answer to it."""

from datetime import UTC, datetime

import click

from noticedesk.cli.mandates import DAY
from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.conduct import Answer


@click.group()
def command() -> None:
    """Answer what is proposed about repeat infringers and those who misuse notices."""


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also what is answered.")
@json_option
def list_all(everything: bool, as_json: bool) -> None:
    """List the proposals that wait for a person."""
    from noticedesk.desk.misuse import sanctions
    from noticedesk.model.conduct import Sanction
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        found = records.find(look, Sanction) if everything else sanctions.open_proposals(look)
    rows = [
        {
            "id": one.id,
            "measure": one.measure.value,
            "service": one.service,
            "subject": one.subject,
            "grounds": list(one.grounds),
            "by_rule": one.by_rule,
            "reference": one.reference,
            "proposed_at": one.proposed_at,
            "answer": one.answer.value if one.answer else None,
            "answered_by": one.answered_by,
            "until": one.until,
        }
        for one in found
    ]
    show(rows, "sanction/1", as_json=as_json, nothing="Nothing is proposed.")


@command.command()
@click.argument("sanction")
@click.option("--until", type=DAY, help="The day (UTC) on which it ends.")
@click.option("--note", default="", help="Why, for the file; no personal data.")
def accept(sanction: str, until: datetime | None, note: str) -> None:
    """Accept SANCTION (M-...): a measure about an account is asked of the platform as your decision."""
    _answer(sanction, Answer.ACCEPTED, until, note)


@command.command()
@click.argument("sanction")
@click.option("--note", default="", help="Why, for the file; no personal data.")
def reject(sanction: str, note: str) -> None:
    """Reject SANCTION (M-...); it is proposed again only on further grounds."""
    _answer(sanction, Answer.REJECTED, None, note)


def _answer(sanction: str, said: Answer, until: datetime | None, note: str) -> None:
    from noticedesk.desk.misuse import sanctions

    end = until.replace(tzinfo=UTC) if until else None
    with the_desk() as desk:
        verdict = sanctions.Verdict(answer=said, until=end, note=note)
        made = sanctions.answer(desk, the_person(desk.db), sanction, verdict)
    click.echo(f"{made.id}  {made.measure.value}: {said.value}")
