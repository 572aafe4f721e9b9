"""`noticedesk clock`: what is due when under a regime, from events given on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from noticedesk.clock import Clocks


@click.command(name="clock")
@click.argument("regime")
@click.argument("events", nargs=-1, metavar="EVENT=INSTANT...")
@click.option("--tz", "timezone", metavar="ZONE", help="Time zone of the agent; the regime's own unless given.")
@click.option(
    "--calendar", "calendars", metavar="ID", multiple=True, help="weekdays, US, US-NY, ...: the first one counts."
)
@click.option("--now", metavar="INSTANT", help="The moment to look from; the present unless given.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def command(
    regime: str,
    events: tuple[str, ...],
    timezone: str | None,
    calendars: tuple[str, ...],
    now: str | None,
    as_json: bool,
) -> None:
    """Say what is due when under REGIME, given what happened when.

    INSTANT is a date and time with its offset (2026-11-20T16:00-05:00, or Z), or a bare date in the agent's zone. The
    events of a regime are listed by: noticedesk rules events REGIME.
    """
    from noticedesk.clock import CalendarError, MomentError, line
    from noticedesk.settings import SettingError

    try:
        found = _clocks(regime, events, timezone, calendars, now)
    except (CalendarError, MomentError, SettingError) as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        click.echo(json.dumps(line(found), ensure_ascii=False))
    else:
        _show(found)


def _clocks(
    regime: str, events: tuple[str, ...], timezone: str | None, calendars: tuple[str, ...], now: str | None
) -> Clocks:
    from datetime import UTC, datetime

    from noticedesk.clock import MomentError, clocks, legal_date, read, zone
    from noticedesk.regime import InForce, by_id, load
    from noticedesk.settings import from_environment

    rules = by_id(load(from_environment().config / "regimes"), regime)
    happened = _events(events)
    where = zone(timezone or rules.timezone)
    present = read(now) if now else datetime.now(UTC)
    if not isinstance(present, datetime):
        raise MomentError(f"--now {now} is a bare date; write an instant with its offset")
    first = min((legal_date(moment, where) for moment in happened.values()), default=legal_date(present, where))
    version = rules.in_force(first)
    if version is None:
        raise MomentError(f"{regime} had no version in force on {first}")
    return clocks(InForce(rules, version), happened, now=present, timezone=timezone, calendars=calendars)


def _events(pairs: tuple[str, ...]) -> dict[str, date]:
    from noticedesk.clock import MomentError, read

    found: dict[str, date] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise MomentError(f"{pair!r} is no EVENT=INSTANT; write for example notice_received=2026-11-20T16:00-05:00")
        if name in found:
            raise MomentError(f"{name} is given twice; the first one that is complete starts its clocks")
        found[name] = read(text)
    return found


def _show(found: Clocks) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table(title=f"{found.regime} version {found.regime_version}, {found.timezone}", title_justify="left")
    for heading in ("due", "clock", "status"):
        table.add_column(heading, no_wrap=True)
    table.add_column("by")
    for due in found.due:
        kind = due.kind.value + (", provisional" if due.provisional else "")
        by = ", ".join(part for part in (kind, due.reference, due.calendar, due.tag) if part)
        table.add_row(due.due.strftime("%a %Y-%m-%d %H:%M"), due.id, due.status.value, by)
    console.print(table if found.due else f"These events start no clock; see: noticedesk rules events {found.regime}")
    if found.safe_window:
        console.print(f"Safe window by every plausible calendar: {found.safe_window.first} to {found.safe_window.last}")
    for warning in found.warnings:
        console.print(f"{warning.id}: {warning.text}", style="yellow", markup=False)
