"""Who takes part in a claim, and what proves that an agent may speak for a principal."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from noticedesk.model.notice import Verified


class PartyRole(StrEnum):
    """In what capacity somebody stands in a claim."""

    PRINCIPAL = "principal"
    AGENT = "agent"
    SENDER = "sender"
    SUBMITTER = "submitter"
    SELLER = "seller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody in a claim, by role, with how they were verified. `account` is the platform account of a seller.

    `through_platform` says that its holder is written to through the platform and not by mail.
    """

    id: str
    claim: str
    role: PartyRole
    name: str = ""
    email: str = ""
    address: str = ""
    phone: str = ""
    account: str = ""
    through_platform: bool = False
    verified: Verified = Verified.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """An agent's authority for a principal: the proof shown, the rights and territory it covers, its expiry.

    `document` is the digest of the proof itself, where it is kept.
    """

    id: str
    principal: str
    agent: str
    proof: str = ""
    document: str = ""
    rights: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    expires: date | None = None
