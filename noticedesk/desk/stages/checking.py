"""Checking: a claim's notice against the law, element by element; on, or a letter that asks for what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.arrival.merging import merged
from noticedesk.desk.arrival.opening import allege
from noticedesk.desk.arrival.repeats import GOOD
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import escalate, routes
from noticedesk.desk.ingest import judge
from noticedesk.desk.mail import correspondence
from noticedesk.desk.registry import flaggers
from noticedesk.desk.stages import circumstances, reclassify
from noticedesk.desk.stages.reclassify import pinned
from noticedesk.desk.stages.stage import Stage
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.clock import Clock
from noticedesk.model.document import Document
from noticedesk.model.notice import OPENING, Notice, NoticeKind
from noticedesk.model.verdict import Check, Status, UrlRole, Verdict
from noticedesk.store import moves, records


@dataclass(frozen=True, slots=True)
class File:
    """A claim with the notices that opened, joined or completed it, newest last; `known` are the senders we know."""

    claim: Claim
    notices: tuple[Notice, ...]
    rules: str | None = None
    known: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[tuple[Notice, ...], ...]:
        """Each notice that is one by itself with the supplements that came after it, oldest first."""
        opening = [place for place, notice in enumerate(self.notices) if notice.kind in OPENING] or [0]
        return tuple(self.notices[at:end] for at, end in zip(opening, [*opening[1:], None], strict=True))


@dataclass(frozen=True, slots=True)
class Judged:
    """What a claim says, by its newest telling that is good enough, and the notice that completed that telling.

    `first` is the notice that completed the oldest one that is good enough: from its receipt on the claim has effect.
    """

    found: Check
    notice: Notice
    first: Notice


def load(desk: Desk, look: store.Look, ids: Sequence[str]) -> list[File]:
    """The leased claims with their notices."""
    # to look through all senders costs time, so it is done once for all of them
    known = circumstances.known(desk, look) if ids else ()
    return [_file(look, records.get(look, Claim, one), known) for one in ids]


def _file(look: store.Look, claim: Claim, known: tuple[str, ...]) -> File:
    notices = records.find(look, Notice, claim=claim.id)
    telling = [item for item in notices if item.kind in OPENING or item.kind is NoticeKind.CURE_REPLY]
    in_order = sorted(telling, key=lambda item: (item.received_at, item.id))
    return File(claim, tuple(in_order), pinned(look, claim.id), known)


def work(desk: Desk, file: File) -> Judged:
    """The claim's notices read again, each with its supplements as one, and judged under the law of today.

    A repeat that lacks what an earlier notice had takes nothing away from it, and one that has it too restarts nothing.
    """
    newest = _judge(desk, file, file.told[-1])
    earlier = file.told[:-1]
    good = newest if newest.found.primary.verdict in GOOD else _first_good(desk, file, reversed(earlier))
    oldest = _first_good(desk, file, earlier)
    judged = good or newest
    return replace(judged, first=oldest.notice) if oldest else judged


def _first_good(desk: Desk, file: File, tellings: Iterable[tuple[Notice, ...]]) -> Judged | None:
    judged = (_judge(desk, file, told) for told in tellings)
    return next((one for one in judged if one.found.primary.verdict in GOOD), None)


def read(desk: Desk, file: File, told: tuple[Notice, ...], *more: Document) -> Check:
    """A telling judged as one with its supplements, and with documents that would supplement it if they were sent.

    What opened a claim is a complaint, though its words alone would not say so: a person may have.
    """
    document = merged([*(desk.document(notice) for notice in told), *more])
    if not more and len(told) == 1:
        found = judge(desk, document, told[0].service, primary=file.rules)
        if found.kind in OPENING:
            return found
    return judge(desk, document, told[0].service, kind=told[0].kind, primary=file.rules)


def _judge(desk: Desk, file: File, told: tuple[Notice, ...]) -> Judged:
    return Judged(read(desk, file, told), told[-1], told[-1])


def save(desk: Desk, tx: store.Transaction, file: File, judged: Judged) -> str:
    """Moves the claim on by its verdict; what is not sure is accepted for a person to look at, and says so."""
    found = judged.found
    if file.claim.regime not in ("", found.primary.regime):
        reclassify.by_check(desk, tx, file.claim, found.primary.regime)
    flags = {flag.id for flag in found.flags}
    if found.primary.verdict is Verdict.NEEDS_REVIEW:
        flags.add("elements_need_review")
    if found.primary.verdict is not Verdict.SAFETY:
        flags |= routes.of_message(desk, judged.notice.sender, len(found.urls_of(UrlRole.REPORTED)))
        flags |= circumstances.flag(
            desk, tx, replace(file.claim, regime=found.primary.regime), judged.notice, file.known
        )
    claim = replace(
        file.claim,
        verdict=found.primary.verdict.value,
        regime=found.primary.regime,
        regime_version=found.primary.version,
        flags=tuple(sorted(flags)),
    )
    if claim.state is ClaimState.RECEIVED:
        claim = moves.move(tx, claim, ClaimState.IN_CHECK, PROCESS)
    return _AFTER[found.primary.verdict](desk, tx, claim, judged)


def _accept(desk: Desk, tx: store.Transaction, claim: Claim, judged: Judged) -> str:
    """The clocks run from the first receipt that had effect: of the notice, or of what completed it."""
    notice, found = judged.notice, judged.found
    accepted = moves.move(tx, claim, ClaimState.ACCEPTED, PROCESS, verdict=claim.verdict)
    if notice.kind is NoticeKind.CURE_REPLY:
        allege(desk, tx, accepted, found)
    events = _effective(tx, accepted, judged)
    clocks.start(desk, tx, accepted, events)
    if notice.kind is NoticeKind.CURE_REPLY and "notice_received" in events:
        # what completes a notice is a receipt of its own, from which the law counts: it is confirmed like a first one
        correspondence.on_event(desk, tx, accepted, "notice_received", About(notice=notice))
    # people see the claim in the order in which it must be acted on, also where the law names no number
    accepted = records.replace(tx, replace(accepted, due_at=clocks.due_to_act(desk, tx, accepted)))
    routes.ask_about_flags(desk, tx, accepted)
    return "accepted" if found.primary.verdict is Verdict.EFFECTIVE else "accepted, elements to look at"


def _effective(look: store.Look, claim: Claim, judged: Judged) -> dict[str, datetime]:
    """What the receipt of an effective notice is: a repeat restarts nothing, and what was asked for has come."""
    known = records.find(look, Clock, claim=claim.id, regime=claim.regime)
    started = {clock.start_event for clock in known}
    events = {} if "notice_received" in started else {"notice_received": judged.first.received_at}
    if claim.lane is Lane.TRUSTED_FLAGGER and flaggers.EVENT not in started:
        events[flaggers.EVENT] = judged.first.received_at
    return events | ({"cure_received": judged.notice.received_at} if "cure_requested" in started else {})


def _ineffective(desk: Desk, tx: store.Transaction, claim: Claim, judged: Judged) -> str:
    """A notice that contains what it may not contain is refused and may come clean; any other may be completed."""
    notice, found = judged.notice, judged.found
    law = clocks.law_of(desk, claim)
    spoiled = {flag.id for flag in found.flags} & {rule.id for rule in law.version.forbidden}
    if not spoiled:
        return _ask_for_cure(desk, tx, claim, judged)
    refused = moves.move(tx, claim, ClaimState.REFUSED, PROCESS, verdict=claim.verdict, why="forbidden content")
    clocks.start(desk, tx, refused, {"forbidden_notice_received": notice.received_at})
    correspondence.on_event(desk, tx, refused, "forbidden_notice_received", About(notice=notice, found=found))
    return "refused for what it contains"


def _ask_for_cure(desk: Desk, tx: store.Transaction, claim: Claim, judged: Judged) -> str:
    notice, found = judged.notice, judged.found
    missing = ",".join(item.id for item in found.primary.elements if item.status is Status.MISSING)
    asked = moves.move(tx, claim, ClaimState.NEEDS_CURE, PROCESS, verdict=claim.verdict, missing=missing)
    clocks.start(desk, tx, asked, {"deficient_notice_received": notice.received_at, "cure_requested": desk.now()})
    correspondence.on_event(desk, tx, asked, "deficient_notice_received", About(notice=notice, found=found))
    return "asked for cure"


def _to_a_person(desk: Desk, tx: store.Transaction, claim: Claim, judged: Judged) -> str:
    rerouted = moves.move(tx, claim, ClaimState.REROUTED, PROCESS, verdict=claim.verdict)
    if judged.found.primary.verdict is Verdict.SAFETY:
        escalate.to_safety(desk, tx, rerouted)
    return f"rerouted: {judged.found.primary.verdict.value}"


_AFTER = {
    Verdict.EFFECTIVE: _accept,
    Verdict.NEEDS_REVIEW: _accept,
    Verdict.DEFICIENT_CURABLE: _ask_for_cure,
    Verdict.INEFFECTIVE: _ineffective,
    Verdict.NOT_A_CLAIM: _to_a_person,
    Verdict.WRONG_REGIME: _to_a_person,
    Verdict.SAFETY: _to_a_person,
}
"""What follows from each verdict. The sender of an ineffective notice is told what it lacks, whether owed or not."""


STAGE = Stage(
    name="check",
    noun=Claim,
    states=(ClaimState.RECEIVED, ClaimState.IN_CHECK),
    load=load,
    work=work,
    save=save,
    id_of=lambda file: file.claim.id,
)
