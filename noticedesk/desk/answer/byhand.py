"""By hand: a person says which claim a message answers, and who sent it, or that it is a complaint of its own."""

from dataclasses import dataclass, replace

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.answer.reply import read
from noticedesk.desk.answer.stage import handle
from noticedesk.desk.arrival.repeats import open_or_join
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import inquiries
from noticedesk.desk.ingest import judge
from noticedesk.desk.staff.permits import require
from noticedesk.model.claim import Claim
from noticedesk.model.notice import ANSWERS, OPENING, Notice, NoticeKind, NoticeState
from noticedesk.model.person import Act, Person
from noticedesk.model.verdict import Verdict
from noticedesk.store import chain, moves, records

_WITHOUT_EFFECT = frozenset({NoticeKind.CORRESPONDENCE, NoticeKind.INQUIRY, NoticeKind.OTHER})
"""What a message was taken for that was read and did nothing, so that a person may say that it is something else."""


class NotAside(ValueError):
    """A message that does not wait for a person to say what it is."""


def is_aside(notice: Notice) -> bool:
    """Whether it was set aside for a person; what is with the safety team was not."""
    return notice.state is NoticeState.QUARANTINED and bool(notice.problem)


def may_be_told(notice: Notice) -> bool:
    """Whether a person may say what it is: it waits for that, or was taken for what has no effect."""
    return is_aside(notice) or (notice.state is NoticeState.READ and notice.kind in _WITHOUT_EFFECT)


def waiting(look: store.Look) -> list[Notice]:
    """The messages that were set aside for a person, oldest first."""
    return sorted(
        (one for one in records.find(look, Notice, state=NoticeState.QUARANTINED) if is_aside(one)),
        key=lambda one: (one.received_at, one.id),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a message: which claim it answers, as what, about which allegations, and who sent it.

    No `kind` leaves what it was taken for, and no `about` what it names. `sender_known` says that the person has made
    sure who sent it, in place of the verification that it lacks.
    """

    claim: str
    kind: NoticeKind | None = None
    about: tuple[str, ...] = ()
    sender_known: bool = False


def link(desk: Desk, person: Person, notice: str, said: Said) -> str:
    """Links a message to a claim and lets it take effect; what came of it. Raises NotPermitted and NotAside.

    A message whose sender is neither verified nor known to the person is set aside again.
    """
    waits = _waits(desk, person, notice)
    if not (said.kind in ANSWERS or (said.kind is None and is_aside(waits))):
        raise NotAside(f"say what {notice} is: one of {', '.join(sorted(ANSWERS))}")
    reply = read(desk, replace(waits, kind=said.kind or waits.kind))
    with desk.db.write() as tx:
        told: dict[str, chain.Detail] = {"claim": said.claim, "sender_known": said.sender_known}
        chain.append(tx, acting(person), "notice.linked", notice, said.claim, told | {"kind": reply.notice.kind.value})
        inquiries.settled(desk, tx, person, notice, said.claim)
        vouched = person.id if said.sender_known else ""
        aside = _aside(tx, person, reply.notice)
        reply = replace(reply, notice=aside, vouched_by=vouched, said_about=said.about)
        return handle(desk, tx, reply, records.get(tx, Claim, said.claim))


def open_as(desk: Desk, person: Person, notice: str, kind: NoticeKind) -> Notice:
    """Opens a claim, or joins one, with a message that a person says is a complaint; the notice as it is then.

    Raises NotPermitted, and NotAside where the message does not wait, is in a claim or is for the safety team, or where
    the kind is none that opens a claim.
    """
    waits = _waits(desk, person, notice)
    if waits.claim:
        raise NotAside(f"{notice} is in {waits.claim} and opens no claim")
    if kind not in OPENING:
        raise NotAside(f"a {kind.replace('_', ' ')} opens no claim; choose one of {', '.join(sorted(OPENING))}")
    document = desk.document(waits)
    found = judge(desk, document, waits.service, kind=kind)
    if found.primary.verdict is Verdict.SAFETY:
        raise NotAside(f"{notice} is for the safety team")
    with desk.db.write() as tx:
        told: dict[str, chain.Detail] = {"kind": kind.value, "was": waits.kind.value}
        chain.append(tx, acting(person), "notice.told", notice, None, told)
        aside = _aside(tx, person, replace(waits, kind=kind))
        open_or_join(desk, tx, replace(aside, problem=""), document, found)
        opened = records.get(tx, Notice, notice)
        inquiries.settled(desk, tx, person, notice, opened.claim or "")
        return opened


def _waits(desk: Desk, person: Person, notice: str) -> Notice:
    """The message, where this person may say what it is."""
    require(person, Act.DECIDE)
    with desk.db.read() as look:
        known = records.get(look, Notice, notice)
    if not may_be_told(known):
        where = f" in {known.claim}" if known.claim else ""
        taken = known.kind.replace("_", " ")
        raise NotAside(f"{notice} was taken for {taken} and is {known.state}{where}; nobody is to say what it is")
    return known


def _aside(tx: store.Transaction, person: Person, waits: Notice) -> Notice:
    """The message set aside, as every one is from which something follows by hand."""
    if is_aside(waits):
        return waits
    why = "a person says what it is"
    return moves.move(tx, replace(waits, problem=why), NoticeState.QUARANTINED, acting(person), why=why)
