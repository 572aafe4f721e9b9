"""The demo's table: complaint, verdict, band, outcome, truth, right or wrong."""

from collections.abc import Sequence
from pathlib import Path

import click

from noticedesk.cli.output import table
from noticedesk.demo.outcome import Outcome
from noticedesk.model.person import Person

COLUMNS = ("complaint", "verdict", "band", "outcome", "decided", "truth", "")


def show(played: list[Outcome], kept: Path | None, accounts: Sequence[tuple[Person, str]] = ()) -> None:
    """Prints the table, what is wrong, and how to look further, with the accounts that were made for it."""
    table(COLUMNS, [_row(item) for item in played], "What came of each complaint")
    for item in played:
        for difference in item.differences:
            click.echo(f"wrong: {item.complaint.id}: {difference} ({item.complaint.truth.because})")
    right = sum(item.right for item in played)
    click.echo(f"{right} of {len(played)} right")
    if kept:
        click.echo(f"Kept in {kept}. To look at it:\n  export NOTICEDESK_HOME={kept} NOTICEDESK_CONFIG={kept}/config")
        click.echo("  noticedesk queue; noticedesk claims; noticedesk show CLAIM; noticedesk audit verify")
        click.echo("The review console: noticedesk console, then sign in as (these passwords are shown only now)")
        for person, password in accounts:
            click.echo(f"  {person.email}  {password}  ({', '.join(person.roles)})")
    else:
        click.echo("To look at it in the review console: noticedesk demo --keep")


def _row(item: Outcome) -> tuple[str, ...]:
    truth = item.complaint.truth.outcome.value
    mark = "right" if item.right else "WRONG"
    return (item.complaint.title, item.verdict, item.band, item.outcome, item.decided, truth, mark)
