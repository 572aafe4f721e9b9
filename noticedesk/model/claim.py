"""A claim: what a notice opens, or joins."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClaimState(StrEnum):
    """How far a claim has got as a whole; the fate of each allegation is its own."""

    RECEIVED = "received"
    IN_CHECK = "in_check"
    NEEDS_CURE = "needs_cure"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    MERGED = "merged"
    REROUTED = "rerouted"
    CLOSED = "closed"


OPEN = frozenset({ClaimState.RECEIVED, ClaimState.IN_CHECK, ClaimState.NEEDS_CURE, ClaimState.ACCEPTED})
"""The states in which a repeat joins a claim instead of opening one beside it."""


class Lane(StrEnum):
    """Which queue a claim stands in, most pressing first."""

    SAFETY = "safety"
    STATUTORY = "statutory"
    COURT = "court"
    TRUSTED_FLAGGER = "trusted_flagger"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim of one principal under one primary regime, about one or many listings of one service."""

    id: str
    service: str
    regime: str = ""
    regime_version: int = 0
    verdict: str = ""
    state: ClaimState = ClaimState.RECEIVED
    version: int = 1
    lane: Lane = Lane.NORMAL
    principal: str = ""
    language: str = ""
    received_at: datetime
    due_at: datetime | None = None
    linked: str | None = None
    flags: tuple[str, ...] = ()
    hold: bool = False
    retain_until: datetime | None = None
