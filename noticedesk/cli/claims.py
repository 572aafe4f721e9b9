"""`noticedesk claims`: the claims, newest last."""

import click

from noticedesk.cli.opened import the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.claim import ClaimState


@click.command()
@click.option("--state", type=click.Choice([state.value for state in ClaimState]), help="Only claims in this state.")
@json_option
def command(state: str | None, as_json: bool) -> None:
    """List claims, oldest first."""
    from noticedesk.model.claim import Claim
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        found = records.find(look, Claim, state=[state] if state else list(ClaimState))
    rows = [
        {
            "id": claim.id,
            "received_at": claim.received_at,
            "state": claim.state.value,
            "verdict": claim.verdict,
            "regime": claim.regime,
            "lane": claim.lane.value,
            "principal": claim.principal,
            "due_at": claim.due_at,
            "linked": claim.linked,
            "flags": list(claim.flags),
        }
        for claim in found
    ]
    show(rows, "claim/1", as_json=as_json, nothing="No claim yet.")
