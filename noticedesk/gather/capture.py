"""A capture: what one fetch brought or why it brought nothing, and the exchange as a WARC record."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from noticedesk.http import Hop, Page, Refused, Unreachable
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome

# The body is kept as it reads: headers about its encoding on the wire no longer hold and keep their value elsewhere.
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One captured file, or the attempt: the fields of Evidence without its ids, the bytes, and the WARC file."""

    role: EvidenceRole
    url: str
    final_url: str = ""
    fetched_at: datetime
    how: str = "fetch"
    outcome: Outcome
    status: int | None = None
    sha256: str = ""
    media_type: str = ""
    size: int = 0
    problem: str = ""
    body: bytes = field(default=b"", repr=False)
    warc: bytes = field(default=b"", repr=False)

    def evidence(self, id: str, claim: str, listing: str | None = None, work: str | None = None) -> Evidence:
        """The evidence to save beside the body."""
        return Evidence(
            id=id,
            claim=claim,
            listing=listing,
            work=work,
            role=self.role,
            url=self.url,
            final_url=self.final_url,
            fetched_at=self.fetched_at,
            how=self.how,
            outcome=self.outcome,
            status=self.status,
            sha256=self.sha256,
            media_type=self.media_type,
            size=self.size,
            problem=self.problem,
        )


def captured(url: str, page: Page, role: EvidenceRole, now: datetime) -> Capture:
    """The capture of an answer."""
    return Capture(
        role=role,
        url=url,
        final_url=page.url,
        fetched_at=now,
        outcome=Outcome.FETCHED,
        status=page.status,
        sha256=hashlib.sha256(page.body).hexdigest(),
        media_type=page.media_type,
        size=len(page.body),
        body=page.body,
        warc=_warc(page, now),
    )


def failed(url: str, error: Refused | Unreachable, role: EvidenceRole, now: datetime) -> Capture:
    """The capture of an attempt that brought nothing."""
    refused = isinstance(error, Refused)
    return Capture(
        role=role,
        url=url,
        final_url=error.url,
        fetched_at=now,
        outcome=Outcome.REFUSED if refused else Outcome.UNREACHABLE,
        status=None if isinstance(error, Refused) else error.status,
        problem=error.why,
    )


def warc_of(capture: Capture) -> Capture:
    """The WARC file of a capture, as a capture of its own."""
    return Capture(
        role=EvidenceRole.WARC,
        url=capture.url,
        final_url=capture.final_url,
        fetched_at=capture.fetched_at,
        outcome=capture.outcome,
        status=capture.status,
        sha256=hashlib.sha256(capture.warc).hexdigest(),
        media_type="application/warc",
        size=len(capture.warc),
        body=capture.warc,
    )


def page_of(warc: bytes) -> Page:
    """The page of a WARC file that a capture made, as it was answered; raises ValueError for any other file."""
    try:
        with BytesIO(warc) as file:
            answers = [_answer(record) for record in ArchiveIterator(file) if record.rec_type == "response"]
    except ArchiveLoadFailed as error:
        raise ValueError(f"the file is no WARC file: {error}") from None
    if not answers:
        raise ValueError("the WARC file holds no response")
    last = answers[-1]
    return replace(last, hops=tuple(Hop(one.url, one.status, one.headers, one.address) for one in answers[:-1]))


def _answer(record: ArcWarcRecord) -> Page:
    about, said = record.rec_headers.get_header, record.http_headers
    return Page(
        url=about("WARC-Target-URI"),
        status=int(said.get_statuscode()),
        headers=dict(said.headers),
        body=record.content_stream().read(),
        address=about("WARC-IP-Address") or "",
    )


def _warc(page: Page, now: datetime) -> bytes:
    """A WARC 1.1 file (ISO 28500) with one response record for each redirect and for the answer."""
    file = BytesIO()
    writer = WARCWriter(file, gzip=not page.media_type.startswith("image/"), warc_version="WARC/1.1")
    answers: list[Hop | Page] = [*page.hops, page]
    for answer in answers:
        headers = StatusAndHeaders(str(answer.status), _headers(answer), protocol="HTTP/1.1")
        date = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        about = {"WARC-Date": date} | ({"WARC-IP-Address": answer.address} if answer.address else {})
        body = answer.body if isinstance(answer, Page) else b""
        record = writer.create_warc_record(
            answer.url, "response", BytesIO(body), len(body), http_headers=headers, warc_headers_dict=about
        )
        writer.write_record(record)
    return file.getvalue()


def _headers(answer: Page | Hop) -> list[tuple[str, str]]:
    named = (
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE else name, value)
        for name, value in answer.headers.items()
    )
    body = answer.body if isinstance(answer, Page) else b""
    return [*named, ("Content-Length", str(len(body)))]
