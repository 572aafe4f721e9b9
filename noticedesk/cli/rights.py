"""`noticedesk rights`: registrations as an office's register has them, checked by whom and when."""

from datetime import datetime

import click

from noticedesk.cli.mandates import DAY
from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.right import RightKind, RightStatus


@click.group()
def command() -> None:
    """Keep the registrations of rights."""


@command.command("list")
@click.option("--holder", default="", help="Only those of this holder.")
@json_option
def list_all(holder: str, as_json: bool) -> None:
    """List the rights that were claimed or checked."""
    from noticedesk.desk.registry import register
    from noticedesk.model.right import Right
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        found = records.find(look, Right, holder=register.key(holder)) if holder else records.find(look, Right)
    rows = [
        {
            "id": one.id,
            "kind": one.kind.value,
            "holder": one.holder,
            "office": one.office,
            "number": one.number,
            "status": one.status.value,
            "expires": one.expires,
            "checked_by": one.checked_by,
            "checked_at": one.checked_at,
        }
        for one in found
    ]
    show(rows, "right/1", as_json=as_json, nothing="No right is known yet.")


@command.command()
@click.argument("kind", type=click.Choice([kind.value for kind in RightKind]))
@click.argument("holder")
@click.argument("office")
@click.argument("number")
@click.option("--status", type=click.Choice([one.value for one in RightStatus]), required=True, help="What it says.")
@click.option("--expires", type=DAY, help="Until when it is registered.")
def check(kind: str, holder: str, office: str, number: str, status: str, expires: datetime | None) -> None:
    """Keep what the register of OFFICE says of NUMBER, a right of HOLDER: checked by you, now."""
    from noticedesk.desk.registry import register

    seen = register.Registration(
        kind=RightKind(kind),
        holder=holder,
        office=office,
        number=number,
        status=RightStatus(status),
        expires=expires.date() if expires else None,
    )
    with the_desk() as desk:
        right = register.check_right(desk, the_person(desk.db), seen)
    click.echo(f"{right.id}  {right.office} {right.number}: {right.status.value}")
