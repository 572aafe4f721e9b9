"""By hand: a person says which claim a message answers, and who sent it, or that it is a complaint of its own."""

from dataclasses import replace

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.answer.reply import read
from noticedesk.desk.answer.stage import handle
from noticedesk.desk.arrival.repeats import open_or_join
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import judge
from noticedesk.desk.staff.permits import require
from noticedesk.model.claim import Claim
from noticedesk.model.notice import OPENING, Notice, NoticeKind, NoticeState
from noticedesk.model.person import Act, Person
from noticedesk.model.verdict import Verdict
from noticedesk.store import chain, moves, records


class NotAside(ValueError):
    """A message that is not waiting to be linked."""


def waiting(look: store.Look) -> list[Notice]:
    """The messages that were set aside for a person, oldest first; those with the safety team are not among them."""
    aside = records.find(look, Notice, state=[NoticeState.QUARANTINED, NoticeState.UNREADABLE])
    return sorted((one for one in aside if one.problem), key=lambda one: (one.received_at, one.id))


def link(desk: Desk, person: Person, notice: str, claim: str, *, sender_known: bool = False) -> str:
    """Links a message to a claim and lets it take effect; what came of it. Raises NotPermitted and NotAside.

    `sender_known` says that the person has made sure who sent it, in place of the verification that it lacks; without
    it a message of an unverified sender is set aside again.
    """
    require(person, Act.DECIDE)
    with desk.db.read() as look:
        aside = records.get(look, Notice, notice)
    if aside.state is not NoticeState.QUARANTINED or not aside.problem:
        raise NotAside(f"{notice} is {aside.state} and does not wait to be linked")
    reply = read(desk, aside)
    reply = replace(reply, vouched_by=person.id if sender_known else "")
    with desk.db.write() as tx:
        told: dict[str, chain.Detail] = {"claim": claim, "sender_known": sender_known}
        chain.append(tx, acting(person), "notice.linked", notice, claim, told)
        return handle(desk, tx, reply, records.get(tx, Claim, claim))


def open_as(desk: Desk, person: Person, notice: str, kind: NoticeKind) -> Notice:
    """Opens a claim, or joins one, with a message that a person says is a complaint; the notice as it is then.

    Raises NotPermitted, and NotAside where the message has a claim, stopped for safety, could not be read, or where the
    kind is none that opens a claim.
    """
    require(person, Act.DECIDE)
    with desk.db.read() as look:
        known = records.get(look, Notice, notice)
    aside = known.state is NoticeState.QUARANTINED and bool(known.problem)
    if known.claim or not (aside or known.state is NoticeState.READ):
        raise NotAside(f"{notice} is {known.state}{f' in {known.claim}' if known.claim else ''} and opens no claim")
    if kind not in OPENING:
        raise NotAside(f"a {kind.replace('_', ' ')} opens no claim; choose one of {', '.join(sorted(OPENING))}")
    document = desk.document(known)
    found = judge(desk, document, known.service, kind=kind)
    if found.primary.verdict is Verdict.SAFETY:
        raise NotAside(f"{notice} is for the safety team")
    with desk.db.write() as tx:
        told: dict[str, chain.Detail] = {"kind": kind.value, "was": known.kind.value}
        chain.append(tx, acting(person), "notice.told", notice, None, told)
        if not aside:
            known = moves.move(tx, known, NoticeState.QUARANTINED, acting(person), why="a person says what it is")
        open_or_join(desk, tx, replace(known, kind=kind, problem=""), document, found)
        return records.get(tx, Notice, notice)
