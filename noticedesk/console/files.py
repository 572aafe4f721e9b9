"""Bytes that came from outside, made safe: pictures drawn anew by us, and originals that are only ever downloaded."""

from starlette.responses import Response

from matchers.image.decode import CannotRead
from noticedesk import store
from noticedesk.console.casefile import admitted
from noticedesk.console.visit import Visit
from noticedesk.model.allegation import Allegation
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.model.notice import Notice
from noticedesk.sandbox import Ending
from noticedesk.store import AttachedFinding, records

DRAWN = frozenset({EvidenceRole.MEDIA, EvidenceRole.REFERENCE})
# A blob never changes, so its drawing may be kept for as long as somebody is likely to look again; only by the browser.
KEPT = {"cache-control": "private, max-age=600"}


def picture(visit: Visit) -> Response:
    """A captured picture as a PNG of our own making."""
    with visit.desk.db.read() as look:
        evidence = _evidence(look, admitted(look, visit, visit.path["claim"]).id, visit.path["evidence"])
    try:
        return as_picture(drawn(visit, evidence.sha256))
    except (CannotRead, Ending) as why:
        raise store.Missing(f"{evidence.id} cannot be shown as a picture: {why}") from None


def as_picture(drawn: bytes) -> Response:
    """A picture of our own drawing, for the browser to show."""
    return Response(drawn, media_type="image/png", headers=KEPT)


def drawn(visit: Visit, sha256: str) -> bytes:
    """The picture with that digest as our PNG, from memory where it was drawn before; raises CannotRead or Ending."""
    draw = lambda: visit.house.easel.redrawn(visit.desk.blobs.get(sha256))  # noqa: E731
    return visit.house.remembered.get(("drawn", sha256), draw)


def match(visit: Visit) -> Response:
    """Both pictures of a finding side by side, the matched region outlined."""
    with visit.desk.db.read() as look:
        claim = admitted(look, visit, visit.path["claim"]).id
        finding = _finding(look, claim, visit.path["finding"])
        sides = [_evidence(look, claim, id or "") for id in (finding.reference, finding.evidence)]
    ours, theirs = (visit.desk.blobs.get(side.sha256) for side in sides)
    draw = lambda: visit.house.easel.explained(ours, theirs, finding.finding)  # noqa: E731
    try:
        return as_picture(visit.house.remembered.get(("match", finding.id), draw))
    except Ending as why:
        raise store.Missing(f"{finding.id} cannot be drawn: {why}") from None


def original(visit: Visit) -> Response:
    """A notice as it reached us, byte for byte, to be saved and never opened in the browser."""
    with visit.desk.db.read() as look:
        claim, id = admitted(look, visit, visit.path["claim"]).id, visit.path["notice"]
        found = records.find(look, Notice, id=id, claim=claim)
    if not found:
        raise store.Missing(f"{claim} has no notice {id}")
    # the name is ours: a name from outside could end in anything
    named = {"content-disposition": f'attachment; filename="{found[0].id}.bin"'}
    raw = handed_out(visit, visit.desk.blobs.get(found[0].sha256))
    return Response(raw, media_type="application/octet-stream", headers=named)


def handed_out(visit: Visit, raw: bytes) -> bytes:
    """Bytes from outside, once a scanner has looked at them; raises malware.Malicious or malware.NotScanned.

    They are scanned whenever they are handed out: what is known as malicious changes. Only a console that no other
    machine reaches hands them out where nobody said who scans.
    """
    if visit.house.rules.secure:
        visit.desk.scanner.require()
    visit.desk.scanner.check(raw)
    return raw


def _evidence(look: store.Look, claim: str, id: str) -> Evidence:
    found = records.find(look, Evidence, id=id, claim=claim)
    if not found or found[0].outcome is not Outcome.FETCHED or found[0].role not in DRAWN:
        raise store.Missing(f"{claim} has no picture {id}")
    return found[0]


def _finding(look: store.Look, claim: str, id: str) -> AttachedFinding:
    found = records.find(look, AttachedFinding, id=id)
    if not found or records.get(look, Allegation, found[0].allegation).claim != claim:
        raise store.Missing(f"{claim} has no finding {id}")
    return found[0]
