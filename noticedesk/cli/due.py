"""`noticedesk due`: clocks that run out, those that were missed, and what is known with nothing done."""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from noticedesk.cli.opened import the_desk
from noticedesk.cli.output import json_option, show

if TYPE_CHECKING:
    from noticedesk.desk.desk import Desk
    from noticedesk.store import Look


@click.command()
@click.option("--hours", type=click.IntRange(min=0), default=72, show_default=True, help="How far to look ahead.")
@json_option
def command(hours: int, as_json: bool) -> None:
    """List what runs out soon, was missed or lies still; `statutory` says whether the law or the desk set the time."""
    with the_desk() as desk, desk.db.read() as look:
        rows = [*_clocks(desk, look, hours), *_lying_still(desk, look)]
    show(sorted(rows, key=lambda row: str(row["since"])), "due/1", as_json=as_json, nothing="Nothing is due.")


def _clocks(desk: "Desk", look: "Look", hours: int) -> list[dict[str, object]]:
    from noticedesk.desk.deadlines.breach import OURS, STATUTORY, is_theirs
    from noticedesk.model.clock import Clock, ClockState
    from noticedesk.store import records, search

    running = search.past(look, Clock, "due", desk.now() + timedelta(hours=hours), state=ClockState.RUNNING)
    missed = records.find(look, Clock, state=ClockState.MISSED, ended_at=None)
    return [
        {
            "what": "missed" if item.due < desk.now() else "due",
            "subject": item.allegation or item.claim,
            "claim": item.claim,
            "rule": item.rule,
            "statutory": item.kind in STATUTORY,
            "since": item.due,
        }
        for item in (*missed, *running)
        if item.kind in STATUTORY | OURS and not is_theirs(desk, item)
    ]


def _lying_still(desk: "Desk", look: "Look") -> list[dict[str, object]]:
    from noticedesk.desk.chase import overdue

    found = [("known, nothing done", item) for item in overdue.undone(desk, look)]
    found += [("not checked", item) for item in overdue.unchecked(desk, look)]
    return [
        {
            "what": what,
            "subject": item.subject,
            "claim": item.claim,
            "rule": item.rule,
            "statutory": False,
            "since": item.since,
        }
        for what, item in found
    ]
