"""`noticedesk show`: one case, whole."""

import json
from typing import TYPE_CHECKING

import click

from noticedesk.cli.opened import the_store
from noticedesk.cli.output import Row, json_option, show

if TYPE_CHECKING:
    from noticedesk.desk.cases.casefile import AllegationFile, Case


@click.command()
@click.argument("case")
@json_option
def command(case: str, as_json: bool) -> None:
    """Show CASE (a claim or allegation id): parties, findings with their reasons, letters, clocks and timeline."""
    from dataclasses import asdict

    from noticedesk.desk.cases import casefile

    with the_store() as db, db.read() as look:
        file = casefile.case(look, case)
    if as_json:
        click.echo(json.dumps({"schema": "case/1", **asdict(file)}, default=str, ensure_ascii=False))
        return
    claim = file.claim
    verdict = f"{claim.verdict or 'not checked yet'} under {claim.regime or 'no regime yet'}"
    click.echo(f"{claim.id}  {claim.state}  {verdict}  received {claim.received_at:%Y-%m-%d %H:%M}Z")
    for item in file.allegations:
        _allegation(item)
    for title, rows in _sections(file):
        show(rows, "", as_json=False, title=title, nothing=f"{title}: none.")


def _allegation(item: "AllegationFile") -> None:
    allegation, proposal = item.allegation, item.proposal
    click.echo(f"\n{allegation.id}  {allegation.state}  version {allegation.version}  {item.listing.url}")
    if proposal:
        proposed = f"{proposal.action} ({proposal.reason})" if proposal.action else proposal.question
        click.echo(f"  {proposal.band}: {proposed}")
    for finding in item.findings:
        score = f"{finding.score:.2f}" if finding.score is not None else finding.outcome
        click.echo(f"  {finding.matcher:9} {score:>12}  {finding.reason}")
    for decision in item.decisions:
        undone = " (taken back)" if decision.undone_at else ""
        click.echo(f"  decided {decision.action} ({decision.reason}) by {decision.decided_by}{undone}")


def _sections(file: "Case") -> list[tuple[str, list[Row]]]:
    return [
        ("Parties", [{"role": p.role, "name": p.name, "email": p.email, "verified": p.verified} for p in file.parties]),
        ("Letters", [{"id": x.id, "template": x.template, "to": x.to, "state": x.state} for x in file.letters]),
        ("Clocks", [{"rule": c.rule, "kind": c.kind, "due": c.due, "state": c.state} for c in file.clocks]),
        ("Escalations", [{"team": e.team, "question": e.question, "outcome": e.outcome} for e in file.escalations]),
        ("Timeline", [{"at": e.at, "who": e.actor, "what": e.act, "subject": e.subject} for e in file.events]),
    ]
