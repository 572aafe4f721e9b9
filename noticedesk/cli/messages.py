"""`noticedesk messages`: what was set aside for a person, and what a person says of it."""

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.notice import ANSWERS, OPENING, NoticeKind


@click.group()
def command() -> None:
    """List messages that were set aside, link them to claims, and open claims with them."""


@command.command("list")
@json_option
def list_messages(as_json: bool) -> None:
    """List the messages that wait for a person, oldest first, each with the reason."""
    from noticedesk.desk import answer

    with the_store() as db, db.read() as look:
        rows = [
            {
                "id": one.id,
                "received_at": one.received_at,
                "kind": one.kind,
                "sender": one.sender,
                "subject": one.subject,
                "claim": one.claim,
                "why": one.problem,
            }
            for one in answer.waiting(look)
        ]
    show(rows, "message/1", as_json=as_json, nothing="No message waits.")


@command.command()
@click.argument("message")
@click.argument("claim")
@click.option(
    "--kind",
    type=click.Choice(sorted(kind.value for kind in ANSWERS)),
    help="What it is, where its words did not tell.",
)
@click.option("--about", multiple=True, metavar="ALLEGATION", help="What it is about, if not all that it names.")
@click.option("--sender-known", is_flag=True, help="You have made sure that it comes from the side that it speaks for.")
def link(message: str, claim: str, kind: str | None, about: tuple[str, ...], sender_known: bool) -> None:
    """Link MESSAGE to CLAIM, where it takes effect if its sender is verified or known to you."""
    from noticedesk.desk import answer

    said = answer.Said(claim, NoticeKind(kind) if kind else None, about, sender_known)
    with the_desk() as desk:
        became = answer.link(desk, the_person(desk.db), message, said)
    click.echo(f"{message}: {became}")


@command.command("open")
@click.argument("message")
@click.argument("kind", type=click.Choice(sorted(kind.value for kind in OPENING)))
def open_message(message: str, kind: str) -> None:
    """Open a claim with MESSAGE, which is a complaint of KIND though its words were not taken for one."""
    from noticedesk.desk import answer

    with the_desk() as desk:
        opened = answer.open_as(desk, the_person(desk.db), message, NoticeKind(kind))
    click.echo(f"{message} is in {opened.claim}")
