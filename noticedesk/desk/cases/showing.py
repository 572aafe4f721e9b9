"""What a case shows: the complaint read again, the listing as captured, and pictures that we draw anew ourselves."""

import io
from dataclasses import dataclass

from matchers.finding import Finding
from matchers.image.decode import frames
from matchers.image.explain import explained
from noticedesk import gather
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import judge
from noticedesk.model.document import Document
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.model.notice import Notice
from noticedesk.model.verdict import Check
from noticedesk.sandbox import Sandbox

SIDE = 1280
"""The longer side of a picture as shown, in pixels."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A notice as it reads, with what each legal element rests on."""

    notice: Notice
    document: Document
    check: Check


def complaint(desk: Desk, notice: Notice) -> Complaint:
    """The notice, read again from its raw bytes and judged under the law of the day on which it came."""
    document = desk.document(notice)
    return Complaint(notice, document, judge(desk, document, notice.service))


def listing_as_captured(desk: Desk, evidence: tuple[Evidence, ...], url: str) -> gather.Gathered | None:
    """What the captured page of a listing says; None where none was captured."""
    warc = [
        item
        for item in evidence
        if item.role is EvidenceRole.WARC and item.url == url and item.outcome is Outcome.FETCHED
    ]
    if not warc:
        return None
    again = gather.page_of(desk.blobs.get(warc[-1].sha256))
    return gather.gather_listing(url, desk.places, lambda _url: again, warc[-1].fetched_at)


def redrawn(raw: bytes) -> bytes:
    """The picture as a PNG of our own making, at most 1280 pixels wide or high; raises CannotRead."""
    picture = next(frames(raw))
    picture.thumbnail((SIDE, SIDE))
    # profiles, comments and whatever else travelled with the pixels stays behind
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Easel:
    """Draws pictures for people to look at, where a hostile one can be stopped (None: in this process, for tests)."""

    sandbox: Sandbox | None = None

    def redrawn(self, raw: bytes) -> bytes:
        """The picture as our PNG; raises CannotRead, or Ending where it had to be stopped."""
        return self.sandbox.call(redrawn, raw) if self.sandbox else redrawn(raw)

    def explained(self, ours: bytes, theirs: bytes, finding: Finding) -> bytes:
        """Both sides of a finding with the matched region outlined."""
        if self.sandbox is None:
            return explained(ours, theirs, finding)
        return self.sandbox.call(explained, ours, theirs, finding)
