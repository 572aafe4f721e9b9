"""What people note about a case, for the desk alone or fit for the parties, and what they thought before the score."""

import hashlib

from noticedesk import store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import require
from noticedesk.model.allegation import Allegation
from noticedesk.model.casework import Audience, FirstAnswer, Infringing, Note
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.ids import new_id
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records

LONGEST = 20_000


class BadNote(ValueError):
    """A note without words, or with too many."""


def write(desk: Desk, person: Person, claim: str, audience: Audience, text: str) -> Note:
    """A new note on a claim; the log says that it was written, and never what it says."""
    require(person, Act.READ_CASE)
    if not 0 < len(text.strip()) <= LONGEST:
        raise BadNote(f"a note has 1 to {LONGEST} characters")
    with desk.db.write() as tx:
        note = Note(
            id=new_id("N"),
            claim=records.get(tx, Claim, claim).id,
            author=person.id,
            written_at=desk.now(),
            audience=audience,
            text=text.strip(),
        )
        records.add(tx, note)
        chain.append(tx, acting(person), "note.written", note.id, claim, {"audience": audience.value})
    return note


def notes(look: store.Look, claim: str) -> list[Note]:
    """The notes on a claim, oldest first."""
    return records.find(look, Note, claim=claim)


def is_asked_first(proposal: Proposal | None, percent: int) -> bool:
    """Whether a person answers before they see what the software thinks: borderline cases, and a sample of the others.

    The sample follows from the id of the allegation, so that it is the same for everybody and whenever one looks.
    """
    return proposal is not None and asks_first(proposal.allegation, proposal.band, percent)


def asks_first(allegation: str, band: str, percent: int) -> bool:
    """The same, of an allegation with something proposed in that band."""
    chance = int(hashlib.sha256(allegation.encode()).hexdigest()[:8], 16) % 100
    return band == Band.BORDERLINE or chance < percent


def first_answer(look: store.Look, person: Person, allegation: str) -> FirstAnswer | None:
    """What the person answered before they saw the score; None while they have not."""
    given = records.find(look, FirstAnswer, allegation=allegation, person=person.id)
    return given[-1] if given else None


def answer_first(desk: Desk, person: Person, allegation: str, answer: Infringing) -> FirstAnswer:
    """Keeps what the person thinks before they see the score; the first answer stands, whatever is said later."""
    require(person, Act.DECIDE)
    with desk.db.write() as tx:
        known = first_answer(tx, person, allegation)
        if known:
            return known
        at_stake = records.get(tx, Allegation, allegation)
        given = FirstAnswer(
            id=new_id("Q"), allegation=at_stake.id, person=person.id, answer=answer, answered_at=desk.now()
        )
        records.add(tx, given)
        chain.append(tx, acting(person), "answered.first", at_stake.id, at_stake.claim, {"answer": answer.value})
    return given
