"""`noticedesk alarms`: what is the matter, and who has taken it on."""

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the open alarms, worst and oldest first; `take` one on."""
    if ctx.invoked_subcommand:
        return
    from noticedesk.desk import alarms

    with the_store() as db, db.read() as look:
        found = alarms.open_alarms(look)
    rows = [
        {
            "id": item.id,
            "severity": item.severity.value,
            "kind": item.kind.value,
            "role": item.role.value,
            "subject": item.subject,
            "claim": item.claim,
            "text": item.text,
            "raised_at": item.raised_at,
            "taken_by": item.acknowledged_by,
        }
        for item in found
    ]
    show(rows, "alarm/1", as_json=as_json, nothing="No alarm is open.")


@command.command()
@click.argument("alarm")
def take(alarm: str) -> None:
    """Take ALARM on, as the owner of the token in NOTICEDESK_TOKEN; what only happened once ends with that."""
    from noticedesk.desk import alarms

    with the_desk() as desk:
        taken = alarms.acknowledge(desk, the_person(desk.db), alarm)
    click.echo(f"{taken.id} is taken on" + (" and ended" if taken.ended_at else ""))
