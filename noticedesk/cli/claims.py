"""`noticedesk claims`: the claims, newest last."""

import click

from noticedesk.cli.opened import the_store
from noticedesk.cli.output import json_option, show
from noticedesk.model.claim import ClaimState


@click.command()
@click.option("--state", type=click.Choice([state.value for state in ClaimState]), help="Only claims in this state.")
@click.option("--campaign", help="Only claims whose letters are of this template (N-...).")
@click.option("--campaigns", is_flag=True, help="List the templates that came more than once instead.")
@json_option
def command(state: str | None, campaign: str | None, campaigns: bool, as_json: bool) -> None:
    """List claims, oldest first."""
    from noticedesk.model.claim import Claim
    from noticedesk.model.conduct import Fingerprint
    from noticedesk.store import records

    if campaigns:
        _campaigns(as_json)
        return
    with the_store() as db, db.read() as look:
        found = records.find(look, Claim, state=[state] if state else list(ClaimState))
        if campaign:
            members = {one.claim for one in records.find(look, Fingerprint, campaign=campaign)}
            found = [claim for claim in found if claim.id in members]
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


def _campaigns(as_json: bool) -> None:
    from noticedesk.store import campaigns

    with the_store() as db, db.read() as look:
        found = campaigns.largest(look)
    rows = [{"campaign": one, "letters": letters, "claims": claims} for one, letters, claims in found]
    show(rows, "campaign/1", as_json=as_json, nothing="No template has come more than once.")
