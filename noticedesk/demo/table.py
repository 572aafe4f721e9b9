"""The demo's table: complaint, verdict, band, outcome, truth, right or wrong."""

from pathlib import Path

import click

from noticedesk.cli.output import table
from noticedesk.demo.outcome import Outcome

COLUMNS = ("complaint", "verdict", "band", "outcome", "decided", "truth", "")


def show(played: list[Outcome], kept: Path | None) -> None:
    """Prints the table, what is wrong, and how to look further."""
    table(COLUMNS, [_row(item) for item in played], "What came of each complaint")
    for item in played:
        for difference in item.differences:
            click.echo(f"wrong: {item.complaint.id}: {difference} ({item.complaint.truth.because})")
    right = sum(item.right for item in played)
    click.echo(f"{right} of {len(played)} right")
    if kept:
        click.echo(f"Kept in {kept}. To look at it:\n  export NOTICEDESK_HOME={kept} NOTICEDESK_CONFIG={kept}/config")
        click.echo("  noticedesk queue; noticedesk claims; noticedesk show CLAIM; noticedesk audit verify")


def _row(item: Outcome) -> tuple[str, ...]:
    truth = item.complaint.truth.outcome.value
    mark = "right" if item.right else "WRONG"
    return (item.complaint.title, item.verdict, item.band, item.outcome, item.decided, truth, mark)
