"""`noticedesk signals`: the pictures that new listings are compared with, and those that match too much."""

import click

from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show


@click.group(invoke_without_command=True)
@click.option("--quarantined", is_flag=True, help="Only those that are held back.")
@json_option
@click.pass_context
def command(ctx: click.Context, quarantined: bool, as_json: bool) -> None:
    """List the signals of the sweep with how often each matched; `release` one that is held back."""
    if ctx.invoked_subcommand:
        return
    from noticedesk.model.signal import Sighting, SightingOutcome, Signal, SignalState
    from noticedesk.store import records

    states = [SignalState.QUARANTINED] if quarantined else list(SignalState)
    with the_store() as db, db.read() as look:
        rows = [
            {
                "id": item.id,
                "state": item.state.value,
                "allegation": item.allegation,
                "sha256": item.sha256,
                "asked": item.asked,
                "hits": item.hits,
                **{
                    outcome.value: records.count(look, Sighting, signal=item.id, outcome=outcome)
                    for outcome in SightingOutcome
                },
                "quarantined_at": item.quarantined_at,
            }
            for item in records.find(look, Signal, state=states)
        ]
    show(rows, "signal/1", as_json=as_json, nothing="No signal yet; a sweep makes them of upheld decisions.")


@command.command()
@click.argument("signal")
def release(signal: str) -> None:
    """Let SIGNAL open proposals again, as the owner of the token in NOTICEDESK_TOKEN."""
    from noticedesk.desk.sweep import signals

    with the_desk() as desk:
        freed = signals.release(desk, the_person(desk.db), signal)
    click.echo(f"{freed.id} is released; what it saw meanwhile is opened by the next sweep")
