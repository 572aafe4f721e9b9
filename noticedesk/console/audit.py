"""The audit log: searched, verified, and the evidence of a case as one archive that proves itself."""

import tempfile
from pathlib import Path

from starlette.responses import Response

from noticedesk.console.casefile import admitted
from noticedesk.console.files import handed_out
from noticedesk.console.handling import BadForm
from noticedesk.console.visit import Visit
from noticedesk.model.person import Person
from noticedesk.report import bundle
from noticedesk.store import chain, proof, records, search

SHOWN = 50
FIELDS = ("claim", "subject", "actor", "act")


def show(visit: Visit) -> Response:
    """The newest events of what is asked for, newest first."""
    return _page(visit)


def verify(visit: Visit) -> Response:
    """Walks the whole chain and says whether it holds."""
    return _page(visit, breaks=proof.verify(visit.desk.db))


def take_evidence(visit: Visit) -> Response:
    """The evidence of a case, as an archive; that it was taken is itself an event."""
    with visit.desk.db.read() as look:
        claim = admitted(look, visit, visit.path["claim"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{claim.id}.zip"
        bundle.make(visit.desk, visit.who, claim.id, path)
        content = handed_out(visit, path.read_bytes())
    named = {"content-disposition": f'attachment; filename="{claim.id}.zip"'}
    return Response(content, media_type="application/zip", headers=named)


def _page(visit: Visit, breaks: list[proof.Break] | None = None) -> Response:
    asked = {name: visit.query.text(name) for name in FIELDS if visit.query.text(name)}
    before = visit.query.text("before")
    if before and not before.isdecimal():
        raise BadForm(f"{before[:20]!r} is no number of an event")
    with visit.desk.db.read() as look:
        people = {person.id: person.name for person in records.find(look, Person)}
        read = {"actor": lambda said: _named(people, said), "act": _act}
        wanted = {name: read[name](said) if name in read else said for name, said in asked.items()}
        events = search.log(look, before=int(before) if before else None, limit=SHOWN, **wanted)
        head = chain.head(look)
    older = {**asked, "before": str(events[-1].seq)} if len(events) == SHOWN else {}
    return visit.page("audit", events=events, people=people, asked=asked, head=head, breaks=breaks, older=older)


def _act(wanted: str) -> str:
    """An act as the log has it, also where it was written as the page shows it: listing looked at."""
    return wanted if "." in wanted else wanted.lower().replace(" ", ".", 1).replace(" ", "_")


def _named(people: dict[str, str], wanted: str) -> str:
    """The id of a person called so, or the words as they are: an id, or an automation."""
    return next((id for id, name in people.items() if name.casefold() == wanted.casefold()), wanted)
