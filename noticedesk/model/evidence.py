"""Evidence: bytes as captured, by digest, with when and how they were fetched."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EvidenceRole(StrEnum):
    """What the captured bytes are."""

    PAGE = "page"
    MEDIA = "media"
    REFERENCE = "reference"
    WARC = "warc"
    PICTURE = "picture"


class Outcome(StrEnum):
    """How a fetch ended. Anything but `fetched` is said, and never counts as a result of comparing."""

    FETCHED = "fetched"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One captured file, or the attempt to capture it. `how` says by what means: fetch, upload, attachment."""

    id: str
    claim: str
    listing: str | None = None
    work: str | None = None
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
