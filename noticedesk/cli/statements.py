"""`noticedesk statements`: the statements of reasons that are due to the transparency database."""

import csv
import json
import sys
from typing import TYPE_CHECKING

import click

from noticedesk.cli.opened import the_desk
from noticedesk.cli.output import Row, json_option, show

if TYPE_CHECKING:
    from noticedesk.desk.statements.rows import Row as Stated


@click.group()
def command() -> None:
    """List and export statements of reasons, and queue those that were not."""


@command.command("list")
@click.option("--problems", is_flag=True, help="Only what cannot be sent as it is.")
@json_option
def list_statements(problems: bool, as_json: bool) -> None:
    """List every statement that is due, oldest decision first, with where it stands."""
    from noticedesk.desk.statements import rows, rules

    with the_desk() as desk, desk.db.read() as look:
        found = [_row(row) for row in rows.listed(desk, look) if row.problem or not problems]
        off = rules.off(desk)
    if off:
        click.echo(off, err=True)
    show(found, "statement/1", as_json=as_json, nothing="No statement is due.")


@command.command()
def export() -> None:
    """Write the statements as CSV in the fields of the database; lists stand as JSON, a problem keeps a row out."""
    from noticedesk.desk.statements import rows

    with the_desk() as desk, desk.db.read() as look:
        found = list(rows.listed(desk, look))
    good = [row.built.fields for row in found if not row.built.problems]
    names = sorted({name for fields in good for name in fields})
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
    writer.writeheader()
    for fields in good:
        writer.writerow({name: _cell(value) for name, value in fields.items()})
    if len(good) < len(found):
        click.echo(f"{len(found) - len(good)} left out; see: noticedesk statements list --problems", err=True)


@command.command()
def queue() -> None:
    """Queue what is due and was decided before statements were switched on; what is queued already stays one."""
    from noticedesk.desk.statements import rows

    with the_desk() as desk:
        rows.require(desk)
        click.echo(f"{rows.queue_all(desk)} queued; they leave with the next dispatch")


def _row(row: "Stated") -> Row:
    return {
        "puid": row.built.puid,
        "claim": row.claim,
        "decision": row.decision.id,
        "action": row.decision.action.value,
        "decided_at": row.decision.decided_at,
        "state": row.state,
        "problem": row.problem,
        "ended_at": row.ended_at,
        "ended_after_sending": row.after_sending,
    }


def _cell(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
