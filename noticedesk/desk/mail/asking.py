"""Asking a side of a case a question in one's own words: a letter that finds nothing, queued by who wrote it."""

from dataclasses import dataclass

from noticedesk import draft
from noticedesk.desk.actors import acting
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import letters, writing
from noticedesk.desk.staff.permits import NotPermitted, require
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records

LETTER = "any/question"
LONGEST = 5_000


class BadQuestion(ValueError):
    """A question without words or with too many, to nobody, or to a side of whom the case knows no address."""


@dataclass(frozen=True, slots=True)
class Question:
    """To which side (claimant or seller), in which words, and about which allegation (empty: the claim)."""

    side: str
    words: str
    allegation: str = ""


def ask(desk: Desk, person: Person, claim: str, question: Question) -> Letter:
    """Writes the question as a letter and queues it; the log says that it was asked, and never what.

    Raises NotPermitted (also to a side whose answer legal judges) and BadQuestion.
    """
    require(person, Act.EDIT_LETTER)
    _check(question)
    with desk.db.write() as tx:
        known = records.get(tx, Claim, claim)
        if known.lane is Lane.SAFETY:
            raise NotPermitted(f"{claim} is with the safety team, who alone write about it")
        at_stake = records.get(tx, Allegation, question.allegation) if question.allegation else None
        about = About(allegation=at_stake, question=question.words.strip(), side=question.side)
        letter = _written(writing.write(desk, tx, known, LETTER, about), question)
        letters.permitted(tx, person, letter)
        told: dict[str, chain.Detail] = {"side": question.side, "letter": letter.id}
        chain.append(tx, acting(person), "party.asked", question.allegation or claim, claim, told)
        return writing.queue(desk, tx, letter)


def _check(question: Question) -> None:
    if question.side not in writing.SIDES:
        raise BadQuestion(
            f"a question goes to one of {', '.join(writing.SIDES)}, not to {question.side[:20] or 'nobody'}"
        )
    if not 0 < len(question.words.strip()) <= LONGEST:
        raise BadQuestion(f"a question has 1 to {LONGEST} characters")
    if blanks := draft.blanks_in(question.words):
        raise BadQuestion(f"the question still shows {', '.join(f'[[{name}]]' for name in blanks)}")


def _written(written: list[Letter], question: Question) -> Letter:
    if not written:
        raise BadQuestion(f"the case knows no address of the {question.side}")
    if written[0].state is not LetterState.DRAFT:
        raise BadQuestion(f"the letter cannot be sent: {written[0].problem}")
    return written[0]
