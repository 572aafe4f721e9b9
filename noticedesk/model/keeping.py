"""What is kept and what is gone: legal holds, which stop every deletion, and the tombstones of what was erased."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalHold:
    """A hold on a claim, a party or a listing (`about` is its id): nothing of it is erased until legal lifts it."""

    id: str
    about: str
    why: str
    placed_by: str
    placed_at: datetime
    lifted_by: str = ""
    lifted_at: datetime | None = None
    lifted_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What was erased: the bytes of a digest, or (with no digest) what a claim, party or notice said.

    `rule` is the retention rule that let it happen, or `request` for a person's order; `why` holds no personal data.
    """

    id: str
    about: str
    sha256: str = ""
    erased_at: datetime
    erased_by: str
    why: str
    rule: str
