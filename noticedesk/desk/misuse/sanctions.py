"""Sanctions: what a person says to a measure that was proposed about an account or a notifier."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import effects
from noticedesk.desk.mail import correspondence
from noticedesk.desk.misuse import strikes
from noticedesk.desk.misuse.conduct import conduct
from noticedesk.desk.staff.permits import require
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.conduct import OF_NOTIFIERS, Answer, Measure, Sanction
from noticedesk.model.decision import Decision
from noticedesk.model.ids import new_id
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records


class BadAnswer(ValueError):
    """An answer to a proposal that is answered already, or whose grounds have gone since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person says: accepted or rejected, until when a measure holds, and a note for the file."""

    answer: Answer
    until: datetime | None = None
    note: str = ""


def open_proposals(look: store.Look) -> list[Sanction]:
    """The proposals that wait for a person, oldest first."""
    return records.find(look, Sanction, answered_at=None)


def answer(desk: Desk, person: Person, sanction: str, verdict: Verdict) -> Sanction:
    """Answers a proposal; accepted, a measure about an account is asked of the platform as a decision of this person.

    To end an account, or to suspend processing, is for legal. Raises NotPermitted, and BadAnswer where it is answered,
    or where so many of its grounds were overturned since that it would not be proposed any more.
    """
    require(person, Act.SANCTION)
    with desk.db.write() as tx:
        known = records.get(tx, Sanction, sanction)
        if known.measure in FOR_LEGAL and verdict.answer is Answer.ACCEPTED:
            require(person, Act.TERMINATE)
        if known.answer is not None:
            raise BadAnswer(f"{sanction} was {known.answer} before; see noticedesk sanctions list --all")
        if verdict.answer is Answer.ACCEPTED:
            _still_grounded(desk, tx, known)
        answered = replace(
            known,
            answer=verdict.answer,
            answered_by=person.id,
            answered_at=desk.now(),
            until=_until(desk, known, verdict),
            note=verdict.note,
        )
        records.replace(tx, answered)
        told: dict[str, chain.Detail] = {"measure": known.measure.value}
        chain.append(tx, acting(person), f"sanction.{verdict.answer}", sanction, known.claim, told)
        if verdict.answer is Answer.ACCEPTED and known.measure not in OF_NOTIFIERS:
            _decide(desk, tx, person, answered)
        if verdict.answer is Answer.ACCEPTED and known.measure in OF_NOTIFIERS:
            claim = records.get(tx, Claim, known.claim)
            correspondence.told_notifier(desk, tx, claim, answered)
    return answered


FOR_LEGAL = frozenset({Measure.TERMINATE_ACCOUNT, Measure.SUSPEND_PROCESSING})
"""The measures that only legal accepts."""


def _still_grounded(desk: Desk, look: store.Look, known: Sanction) -> None:
    """Raises BadAnswer where the counts that stand now would propose nothing."""
    if known.measure in OF_NOTIFIERS:
        gone = not set(known.grounds) <= set(strikes.unfounded(desk, look, known.subject))
    else:
        standing = len(strikes.strikes(desk, look, known.service, known.subject))
        gone = not any(step.measure is known.measure and standing >= step.at for step in conduct(desk).strikes.steps)
    if gone:
        raise BadAnswer(f"{known.id}: some of its grounds were overturned since; reject it, and it is proposed anew")


def _until(desk: Desk, known: Sanction, verdict: Verdict) -> datetime | None:
    """Until when it holds: a suspension of processing is never without an end."""
    if verdict.answer is Answer.REJECTED:
        return None
    if known.measure is Measure.SUSPEND_PROCESSING and verdict.until is None:
        return desk.now() + timedelta(days=conduct(desk).misuse.suspend_days)
    return verdict.until


def _decide(desk: Desk, tx: store.Transaction, person: Person, known: Sanction) -> None:
    """The measure as a decision of the person about the newest ground, and the request to the platform."""
    at_stake = records.get(tx, Allegation, known.allegation or "")
    claim = records.get(tx, Claim, at_stake.claim)
    decision = Decision(
        id=new_id("D"),
        allegation=at_stake.id,
        action=Action(known.measure.value),
        reason=Reason.REPEAT_INFRINGER,
        decided_by=person.id,
        decided_at=desk.now(),
        note=known.note,
        until=known.until,
        regime=claim.regime,
        regime_version=claim.regime_version,
        basis=law_of(desk, claim).regime.basis,
        ground=claim.regime,
    )
    records.add(tx, decision)
    effects.request(desk, tx, at_stake, decision)
