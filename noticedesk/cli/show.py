"""`noticedesk show`: one case, whole."""

import json

import click

from noticedesk.cli.opened import the_store
from noticedesk.cli.output import json_option, show


@click.command()
@click.argument("case")
@json_option
def command(case: str, as_json: bool) -> None:
    """Show CASE (a claim or allegation id): parties, findings with their reasons, letters, clocks and timeline."""
    from dataclasses import asdict

    from noticedesk.desk.waiting import case_file

    with the_store() as db, db.read() as look:
        file = case_file(look, case)
    if as_json:
        click.echo(json.dumps({"schema": "case/1", **asdict(file)}, default=str, ensure_ascii=False))
        return
    claim = file.claim
    click.echo(
        f"{claim.id}  {claim.state}  {claim.verdict or 'not checked yet'} under {claim.regime or 'no regime yet'}"
    )
    show([{"role": p.role.value, "name": p.name, "email": p.email, "verified": p.verified.value} for p in file.parties],
         "party/1", as_json=False, title="Parties")  # fmt: skip
    for item in file.allegations:
        _allegation(item)
    show([{"letter": x.id, "template": x.template, "to": x.to, "state": x.state.value, "problem": x.problem}
          for x in file.letters], "letter/1", as_json=False, title="Letters", nothing="No letters.")  # fmt: skip
    show([{"rule": c.rule, "kind": c.kind.value, "due": c.due, "state": c.state.value, "reference": c.reference}
          for c in file.clocks], "clock/1", as_json=False, title="Clocks", nothing="No clocks.")  # fmt: skip
    show([{"at": e.at, "who": e.actor, "what": e.act, "subject": e.subject} for e in file.events],
         "event/1", as_json=False, title="Timeline")  # fmt: skip


def _allegation(item) -> None:  # type: ignore[no-untyped-def]
    proposal = item.proposal
    click.echo(
        f"\n{item.allegation.id}  {item.allegation.state}  version {item.allegation.version}  {item.listing.url}"
    )
    if proposal:
        proposed = f"{proposal.action} ({proposal.reason})" if proposal.action else proposal.question
        click.echo(f"  {proposal.band}: {proposed}")
    for finding in item.findings:
        score = f"{finding.score:.2f}" if finding.score is not None else finding.outcome
        click.echo(f"  {finding.matcher:8} {score:>12}  {finding.reason}")
    for decision in item.decisions:
        undone = " (taken back)" if decision.undone_at else ""
        click.echo(f"  decided {decision.action} ({decision.reason}) by {decision.decided_by}{undone}")
