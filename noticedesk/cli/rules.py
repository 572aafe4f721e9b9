"""`noticedesk rules`: the regimes, their elements, timers and events, and whether the files hold together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from noticedesk.regime import Regime, Version


@click.group(name="rules")
def command() -> None:
    """List, show and check the regimes: law as dated data."""


@command.command(name="list")
@click.option("--as-of", metavar="DATE", help="Only what is in force on this date; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a regime.")
def list_(as_of: str | None, as_json: bool) -> None:
    """List the regimes in force."""
    from datetime import date

    from noticedesk.regime import in_force

    try:
        day = date.fromisoformat(as_of) if as_of else date.today()
    except ValueError as error:
        raise click.UsageError(f"--as-of {as_of}: {error}") from None
    laws = in_force(_regimes(), day)
    rows = [_summary(law.regime, law.version) for law in laws]
    if as_json:
        click.echo("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), nl=False)
        return
    _table(("id", "version", "since", "title", "reviewed_by_counsel"), rows)


@command.command(name="show")
@click.argument("regime")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON, every version.")
def show(regime: str, as_json: bool) -> None:
    """Show one regime: elements, duties, timers, what is uncertain."""
    found = _one(regime)
    if as_json:
        from pydantic import TypeAdapter

        from noticedesk.regime import Regime

        values = TypeAdapter(Regime).dump_python(found, mode="json")
        click.echo(json.dumps({"schema": "regime/1", **values}, ensure_ascii=False))
        return
    from noticedesk.regime.page import page

    click.echo(page(found), nl=False)


@command.command(name="events")
@click.argument("regime")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON an event.")
def events(regime: str, as_json: bool) -> None:
    """List the events that start and stop the clocks of a regime."""
    rows: list[dict[str, object]] = [
        {"schema": "event/1", "event": event, "means": says} for event, says in _one(regime).events.items()
    ]
    if as_json:
        click.echo("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), nl=False)
        return
    _table(("event", "means"), rows)


@command.command(name="diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--cases/--no-cases", default=True, help="Name the open claims that a change touches.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a change, and one an open claim.")
def diff(old: str, new: str, cases: bool, as_json: bool) -> None:
    """Say what changed between OLD and NEW: two dates, or two folders of regimes."""
    from dataclasses import asdict

    from noticedesk.regime.diff import changes

    found = changes(_at(old), _at(new))
    rows: list[dict[str, object]] = [{"schema": "rule_change/1", **asdict(change)} for change in found]
    touched = _open_cases({change.regime for change in found}) if cases and found else []
    if as_json:
        click.echo("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in [*rows, *touched]), nl=False)
        return
    if not rows:
        click.echo("Nothing changed.")
        return
    _table(("regime", "how", "what", "before", "after"), rows)
    if touched:
        _table(("claim", "regime", "regime_version", "state"), touched)


@command.command(name="docs")
def docs() -> None:
    """Write the page of all regimes, with what is uncertain, to standard output (docs/regimes.md)."""
    from noticedesk.regime.page import pages

    click.echo(pages(_regimes()), nl=False)


@command.command(name="check")
def check() -> None:
    """Check every regime and every letter template, and that each duty's letter exists."""
    from noticedesk.draft import check_copies, load_letters
    from noticedesk.regime import check_letters
    from noticedesk.settings import from_environment

    regimes = _regimes()
    letters = load_letters(from_environment().templates)
    check_letters(regimes, letters.names)
    check_copies(letters, regimes)
    click.echo(f"{len(regimes)} regimes and {len(letters.names)} letters hold together")


def _regimes() -> tuple[Regime, ...]:
    from noticedesk.regime import load
    from noticedesk.settings import from_environment

    return load(from_environment().config / "regimes")


def _one(wanted: str) -> Regime:
    from noticedesk.regime import by_id
    from noticedesk.settings import SettingError

    regimes = _regimes()
    try:
        return by_id(regimes, wanted)
    except SettingError as error:
        raise click.UsageError(str(error)) from None


def _at(named: str) -> dict[str, Version]:
    """The versions in force on a date, or today in a folder."""
    from datetime import date
    from pathlib import Path

    from noticedesk.regime import in_force, load

    folder = Path(named)
    try:
        day = date.fromisoformat(named)
    except ValueError:
        if not folder.is_dir():
            raise click.UsageError(f"{named} is neither a date (2026-11-22) nor a folder of regimes") from None
        return {law.id: law.version for law in in_force(load(folder), date.today())}
    return {law.id: law.version for law in in_force(_regimes(), day)}


def _open_cases(regimes: set[str]) -> list[dict[str, object]]:
    """The claims under these regimes that are not ended; each keeps the version that it was received under."""
    from noticedesk.cli.opened import the_desk
    from noticedesk.model.claim import OPEN, Claim
    from noticedesk.store import records

    with the_desk() as desk, desk.db.read() as look:
        claims = records.find(look, Claim, regime=sorted(regimes), state=OPEN)
    return [
        {
            "schema": "touched_claim/1",
            "claim": claim.id,
            "regime": claim.regime,
            "regime_version": claim.regime_version,
            "state": claim.state.value,
        }
        for claim in claims
    ]


def _summary(regime: Regime, version: Version) -> dict[str, object]:
    return {
        "schema": "regime_in_force/1",
        "id": regime.id,
        "version": version.version,
        "since": version.since.isoformat(),
        "until": version.until.isoformat() if version.until else None,
        "title": regime.title,
        "place": regime.place,
        "countries": list(regime.countries),
        "rights": [right.value for right in regime.rights],
        "kinds": [kind.value for kind in regime.kinds],
        "reviewed_by_counsel": regime.reviewed_by_counsel,
    }


def _table(columns: tuple[str, ...], rows: list[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(row[column]) for column in columns))
    Console().print(table)
