"""Who may send through the API, and what came in there or through a form, until the desk has taken it over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from noticedesk.model.notice import NoticeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A rights holder or agent who sends through the API: whatever comes by their token comes from `email`.

    `webhook` is told where what they sent stands, signed with a secret that changes with its `turn`.
    """

    id: str
    name: str
    email: str
    active: bool = True
    webhook: str = ""
    turn: int = 0
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderToken:
    """A token of a sender: only the digest of its secret is kept."""

    id: str
    sender: str
    sha256: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


class SubmissionKind(StrEnum):
    """What a submission says that it is. It is judged by its words all the same; a complaint by its right."""

    COMPLAINT = "complaint"
    COUNTER_NOTICE = NoticeKind.COUNTER_NOTICE.value
    RETRACTION = NoticeKind.RETRACTION.value
    CURE_REPLY = NoticeKind.CURE_REPLY.value
    APPEAL = NoticeKind.APPEAL.value


class SubmissionState(StrEnum):
    """Whether the desk has taken a submission over; `asked` waits until its address is confirmed."""

    WAITING = "waiting"
    ASKED = "asked"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Something sent in, saved before anything else happened to it. Its bytes, as received, lie in the blob `body`.

    `sha256` is the digest of the secret in its status address, which works until `expires_at`. `key` is the sender's
    Idempotency-Key. What comes through a form has no `sender`; its `email` is nobody's until `confirmed_at`. `told` is
    the digest of what its sender was last told by webhook, `telling` the outbox row that tells it.
    """

    id: str
    sender: str | None = None
    key: str
    service: str
    kind: SubmissionKind
    email: str
    body: str
    sha256: str
    received_at: datetime
    expires_at: datetime
    state: SubmissionState = SubmissionState.WAITING
    confirm_sha256: str = ""
    confirm_until: datetime | None = None
    confirmed_at: datetime | None = None
    taken_at: datetime | None = None
    problem: str = ""
    told: str = ""
    telling: str = ""
