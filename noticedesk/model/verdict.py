"""What checking a notice against the law says: element by element, with the words that satisfy each."""

from dataclasses import dataclass
from enum import StrEnum

from noticedesk.model.document import Span
from noticedesk.model.notice import NoticeKind
from noticedesk.model.right import AssetKind


class Status(StrEnum):
    """What became of one element; `redacted` was there and its content is replaced, so it counts as given."""

    PRESENT = "present"
    REDACTED = "redacted"
    MISSING = "missing"
    NEEDS_REVIEW = "needs_review"


class Verdict(StrEnum):
    """What a notice is worth under one regime."""

    EFFECTIVE = "effective"
    DEFICIENT_CURABLE = "deficient_curable"
    INEFFECTIVE = "ineffective"
    NEEDS_REVIEW = "needs_review"
    NOT_A_CLAIM = "not_a_claim"
    WRONG_REGIME = "wrong_regime"
    SAFETY = "safety"


class UrlRole(StrEnum):
    """What a URL in a notice stands for."""

    REPORTED = "reported"
    ORIGINAL = "original"
    EXCLUDED = "excluded"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One legal element: the words that give it, or what the law asks and the sentence that would cure it."""

    id: str
    status: Status
    quotes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    reference: str = ""
    cure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeVerdict:
    """A notice judged under one regime."""

    regime: str
    version: int
    verdict: Verdict
    elements: tuple[Element, ...] = ()
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedWork:
    """A work as a notice describes it. `media` are URLs or attachment digests of reference pictures.

    `aliases` are other names of the mark, also in other scripts; `classes` those of Nice that it is registered for.
    """

    id: str
    title: str = ""
    description: str = ""
    kind: AssetKind = AssetKind.OTHER
    mark: str = ""
    aliases: tuple[str, ...] = ()
    classes: tuple[int, ...] = ()
    registration: str = ""
    office: str = ""
    original_urls: tuple[str, ...] = ()
    reported_urls: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlReading:
    """A URL as it was read: its role, whether it is specific enough to act on, and why."""

    url: str
    role: UrlRole
    status: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedItem:
    """Material located without a URL: an item id, an ASIN, a repository shorthand."""

    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A reason to leave the usual way (safety, a grey area), with the words that raised it."""

    id: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedParty:
    """Somebody as the notice names them: the owner, the agent, the signer, the sender, with contact details as given.

    `span` is where the name stands in the text; None where it stands elsewhere, as in a header.
    """

    role: str
    name: str = ""
    email: str = ""
    address: str = ""
    phone: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Everything that checking one document says; `primary` is the regime that fits the right and the service."""

    kind: NoticeKind
    language: str
    primary: RegimeVerdict
    also: tuple[RegimeVerdict, ...] = ()
    works: tuple[ClaimedWork, ...] = ()
    urls: tuple[UrlReading, ...] = ()
    reported_items: tuple[ReportedItem, ...] = ()
    claims_fork_network: bool | None = False
    parties: tuple[NamedParty, ...] = ()
    flags: tuple[Flag, ...] = ()
    text_sha256: str = ""

    def urls_of(self, role: UrlRole) -> tuple[str, ...]:
        """The URLs that stand in one role, in the order of the text."""
        return tuple(reading.url for reading in self.urls if reading.role is role)
