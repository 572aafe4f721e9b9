"""What a complaint of the demo is: how it is told, the files that bring it, and the truth about it."""

from dataclasses import dataclass
from typing import Literal

from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import ClaimState
from noticedesk.model.decision import Band
from noticedesk.model.notice import NoticeState
from noticedesk.model.verdict import Verdict
from noticedesk.settings import shape

Choice = Literal["approve", "dismiss", "leave"]
Voice = Literal[
    "formal",
    "short",
    "numbered",
    "form",
    "trademark",
    "counterfeit",
    "retraction",
    "counter_notice",
    "safety",
    "inquiry",
]


@shape
class Truth:
    """What a right desk makes of a complaint, known because the complaint was made so; `because` says it in a sentence.

    What does not apply is empty: a claim that waits for cure has no allegation to judge, a question has no band.
    `lacks` are the ids of the elements that the law asks for and the complaint does not give.
    `decision` is what the demo's specialist does with the proposal; `leave` keeps it in the queue for a person.
    """

    because: str
    verdict: Verdict | None = None
    lacks: tuple[str, ...] = ()
    band: Band | None = None
    allegation: AllegationState | None = None
    claim: ClaimState | None = None
    notice: NoticeState = NoticeState.READ
    action: Action | None = None
    reason: Reason | None = None
    decision: Choice | None = None

    @property
    def outcome(self) -> AllegationState | ClaimState | NoticeState:
        """How it ends: the state of the allegation, else that of the claim, else that of the notice."""
        return self.allegation or self.claim or self.notice


@shape
class Telling:
    """How one complaint is told, as it stands in data/complaints: by whom, about what, in which voice, without what."""

    id: str
    title: str
    truth: Truth
    wave: int = 1
    answers: str = ""
    holder: str = ""
    product: str = ""
    offers: tuple[str, ...] = ()
    right: Literal["copyright", "trademark", "counterfeit"] = "copyright"
    voice: Voice = "formal"
    without: tuple[str, ...] = ()
    reference: Literal["attached", "link", "private", "none"] = "none"
    subject: str = ""
    retitled: str = ""
    explanation: str = ""
    note: str = ""
    html: bool = False
    ticked: bool = False
    elsewhere: bool = False
    from_seller: bool = False
    wrap: Literal["", "safelinks"] = ""
    attach: Literal["", "zip_bomb", "acns", "table"] = ""
    raw: Literal["", "garbage", "xarf"] = ""
    copies: int = 1
    paths: int = 1


@dataclass(frozen=True, slots=True)
class File:
    """One delivery: the name of the file and its bytes."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One complaint as it is sent: its files, whom and what it is about, and the truth.

    `wave` 2 is sent when wave 1 has been decided; `answers` names the complaint that it answers or repeats.
    """

    id: str
    title: str
    wave: int
    files: tuple[File, ...]
    truth: Truth
    items: tuple[str, ...] = ()
    sender: str = ""
    message_id: str = ""
    answers: str = ""
