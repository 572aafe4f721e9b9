"""`noticedesk audit`: search and verify the append-only log."""

from pathlib import Path

import click

from noticedesk.cli import PROBLEMS
from noticedesk.cli.opened import the_desk, the_person, the_store
from noticedesk.cli.output import json_option, show


@click.group()
def command() -> None:
    """Search and verify the append-only log of everything that happened."""


@command.command()
@json_option
def verify(as_json: bool) -> None:
    """Verify the whole chain; exit code 3 and the broken rows if it does not hold."""
    from noticedesk.store import chain, proof

    with the_store() as db:
        breaks = proof.verify(db)
        with db.read() as look:
            head = chain.head(look)
    if breaks:
        show([{"seq": item.seq, "problem": item.what} for item in breaks], "audit-break/1", as_json=as_json)
        raise SystemExit(PROBLEMS)
    show([{"events": head.seq, "head": head.hash, "holds": True}], "audit/1", as_json=as_json)


@command.command()
@click.option("--claim", help="Only the events of this claim.")
@click.option("--actor", help="Only what this person or automation did.")
@json_option
def events(claim: str | None, actor: str | None, as_json: bool) -> None:
    """List events, oldest first."""
    from noticedesk.model.event import Event
    from noticedesk.store import records

    with the_store() as db, db.read() as look:
        found = records.find(look, Event, claim=claim) if claim else records.find(look, Event)
    rows = [
        {"seq": e.seq, "at": e.at, "actor": e.actor, "act": e.act, "subject": e.subject, "details": dict(e.details)}
        for e in found
        if actor in (None, e.actor)
    ]
    show(rows, "event/1", as_json=as_json)


@command.command()
@click.argument("claim")
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@json_option
def bundle(claim: str, out: Path, as_json: bool) -> None:
    """Write the evidence of CLAIM to OUT.zip: it opens offline and checks itself (python3 verify.py inside)."""
    from noticedesk.report import bundle as bundles

    with the_desk() as desk:
        made = bundles.make(desk, the_person(desk.db), claim, out)
    row = {"path": str(out), "seal": made.seal, "files": made.files, "left_out": len(made.left_out)}
    show([row], "bundle/1", as_json=as_json)
    if not as_json:
        show([{"not in it": what, "why": why} for what, why in made.left_out], "", as_json=False, nothing="")
