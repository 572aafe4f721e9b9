"""Bytes that came from outside, made safe: pictures drawn anew by us, and originals that are only ever downloaded."""

from collections.abc import Sequence

from starlette.responses import Response

from matchers.image.decode import CannotRead
from noticedesk import store
from noticedesk.console.casefile import opened
from noticedesk.console.visit import Visit
from noticedesk.desk.cases.casefile import Case
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.sandbox import Ending
from noticedesk.store import AttachedFinding

DRAWN = frozenset({EvidenceRole.MEDIA, EvidenceRole.REFERENCE})
# A blob never changes, so its drawing may be kept for as long as somebody is likely to look again; only by the browser.
KEPT = {"cache-control": "private, max-age=600"}


def picture(visit: Visit) -> Response:
    """A captured picture as a PNG of our own making."""
    with visit.desk.db.read() as look:
        evidence = _evidence(opened(look, visit, visit.path["claim"]), visit.path["evidence"])
    draw = lambda: visit.house.easel.redrawn(visit.desk.blobs.get(evidence.sha256))  # noqa: E731
    try:
        return Response(
            visit.house.remembered.get(("drawn", evidence.sha256), draw), media_type="image/png", headers=KEPT
        )
    except (CannotRead, Ending) as why:
        raise store.Missing(f"{evidence.id} cannot be shown as a picture: {why}") from None


def match(visit: Visit) -> Response:
    """Both pictures of a finding side by side, the matched region outlined."""
    with visit.desk.db.read() as look:
        file = opened(look, visit, visit.path["claim"])
    finding = _finding(file, visit.path["finding"])
    sides = [_evidence(file, id or "") for id in (finding.reference, finding.evidence)]
    ours, theirs = (visit.desk.blobs.get(side.sha256) for side in sides)
    draw = lambda: visit.house.easel.explained(ours, theirs, finding.finding)  # noqa: E731
    try:
        return Response(visit.house.remembered.get(("match", finding.id), draw), media_type="image/png", headers=KEPT)
    except Ending as why:
        raise store.Missing(f"{finding.id} cannot be drawn: {why}") from None


def original(visit: Visit) -> Response:
    """A notice as it reached us, byte for byte, to be saved and never opened in the browser."""
    with visit.desk.db.read() as look:
        file = opened(look, visit, visit.path["claim"])
    notice = next((item for item in file.notices if item.id == visit.path["notice"]), None)
    if notice is None:
        raise store.Missing(f"{file.claim.id} has no notice {visit.path['notice']}")
    # the name is ours: a name from outside could end in anything
    named = {"content-disposition": f'attachment; filename="{notice.id}.bin"'}
    return Response(visit.desk.blobs.get(notice.sha256), media_type="application/octet-stream", headers=named)


def _evidence(file: Case, id: str) -> Evidence:
    found = [item for item in file.evidence if item.id == id]
    if not found or found[0].outcome is not Outcome.FETCHED or found[0].role not in DRAWN:
        raise store.Missing(f"{file.claim.id} has no picture {id}")
    return found[0]


def _finding(file: Case, id: str) -> AttachedFinding:
    all_of_them: Sequence[AttachedFinding] = [finding for item in file.allegations for finding in item.findings]
    found = [item for item in all_of_them if item.id == id]
    if not found:
        raise store.Missing(f"{file.claim.id} has no finding {id}")
    return found[0]
