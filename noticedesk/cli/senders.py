"""`noticedesk senders`: who may send through the API, and their tokens."""

from typing import TYPE_CHECKING

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show

if TYPE_CHECKING:
    from noticedesk.store.conduct import Record


@click.group()
def command() -> None:
    """Manage who may send through the API."""


@command.command("list")
@json_option
def list_senders(as_json: bool) -> None:
    """List the senders with their tokens that still work."""
    from noticedesk.model.submission import Sender, SenderToken
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        senders = records.find(look, Sender)
        tokens = records.find(look, SenderToken, revoked_at=None)
    rows = [
        {
            "id": sender.id,
            "name": sender.name,
            "email": sender.email,
            "active": sender.active,
            "webhook": sender.webhook,
            "tokens": [token.id for token in tokens if token.sender == sender.id],
        }
        for sender in senders
    ]
    show(rows, "senders/1", as_json=as_json, nothing="Nobody yet; add the first: noticedesk senders add NAME EMAIL")


@command.command("known")
@json_option
def known_senders(as_json: bool) -> None:
    """List who sends most, whoever they are: what, to which service, and what came of it."""
    from noticedesk.store import conduct

    with the_store() as db, db.read() as look:
        rows = [_row(one, conduct.record(look, one)) for one in conduct.senders(look)]
    show(rows, "sender_record/1", as_json=as_json, nothing="No verified sender has written yet.")


def _row(address: str, record: "Record") -> dict[str, object]:
    return {
        "sender": address,
        "messages": record.messages,
        "claims": record.claims,
        "decided": record.decided,
        "refused": record.refused,
        "overturned": record.overturned,
        "kinds": [f"{kind} {count}" for kind, count in record.kinds],
        "services": [f"{service} {count}" for service, count in record.services],
    }


@command.command()
@click.argument("name")
@click.argument("email")
def add(name: str, email: str) -> None:
    """Let somebody send through the API. What comes by their token comes from EMAIL."""
    from datetime import UTC, datetime

    from noticedesk.desk.portal import senders

    with the_store() as db:
        sender = senders.add(db, the_person(db), name, email, datetime.now(UTC))
    click.echo(f"{sender.id}  {sender.name} <{sender.email}>")


@command.command()
@click.argument("sender")
def token(sender: str) -> None:
    """Issue a token for SENDER (id or e-mail). It is shown once."""
    from datetime import UTC, datetime

    from noticedesk.desk.portal import senders

    with the_store() as db:
        click.echo(senders.token(db, the_person(db), sender, datetime.now(UTC)))


@command.command()
@click.argument("sender")
@click.argument("url", required=False)
@click.option("--off", is_flag=True, help="Tell them nothing more.")
@click.option("--new-secret", is_flag=True, help="Sign with a new secret; the one before works until the next.")
def webhook(sender: str, url: str | None, off: bool, new_secret: bool) -> None:
    """Tell SENDER (id or e-mail) by signed webhook at URL where what they sent stands; shows the secret that signs."""
    from noticedesk.desk.portal import senders

    if off and url:
        raise click.UsageError("give a URL or --off, not both")
    with the_desk() as desk:
        told = senders.webhook(desk, the_person(desk.db), sender, "" if off else url, new_secret=new_secret)
    url = told.sender.webhook
    where = f"at {url}" if url else "nowhere; name an address: senders webhook SENDER URL"
    click.echo(f"{told.sender.id}  {told.sender.name} is told {where}")
    click.echo(f"secret: {told.secret}")


@command.command()
@click.argument("token_id")
def revoke(token_id: str) -> None:
    """Take back the token TOKEN_ID (its middle part); it stops working at once."""
    from datetime import UTC, datetime

    from noticedesk.desk.portal import senders

    with the_store() as db:
        senders.revoke(db, the_person(db), token_id, datetime.now(UTC))
    click.echo(f"{token_id} is taken back")
