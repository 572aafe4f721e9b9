"""What people do with letters: read, edit and approve them before they leave."""

from dataclasses import replace
from pathlib import Path

from noticedesk import draft, store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import addressing, correspondence, writing
from noticedesk.desk.mail.edited import CHANGED, looked_at
from noticedesk.desk.staff.permits import require, require_other_than_decider
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, outbox, records


class NotEditable(ValueError):
    """A letter that has begun to leave, is blocked, or still shows a blank."""


_CHANGEABLE = frozenset({LetterState.DRAFT, LetterState.QUEUED, LetterState.WAITING})


def text(desk: Desk, letter: Letter) -> str:
    """The words of a letter; of one that is blocked, with its blanks."""
    return text_of(desk, letter.sha256)


def text_of(desk: Desk, sha256: str) -> str:
    """The words of a compiled letter in any of its versions, by the digest of its bytes."""
    return draft.words_in(desk.blobs.get(sha256))


def on_paper(desk: Desk, letter: Letter, font: Path | None = None) -> bytes:
    """The letter as PDF, with its head; raises NotEditable for one that shows a blank, and draft.NotPrintable."""
    words = text(desk, letter)
    if blanks := draft.blanks_in(words):
        raise NotEditable(f"the text still shows {', '.join(f'[[{name}]]' for name in blanks)}")
    day = (letter.sent_at or letter.drafted_at).isoformat(timespec="minutes")
    head = (f"To: {letter.to}", f"Subject: {letter.subject}", f"{'Sent' if letter.sent_at else 'Drafted'}: {day}")
    return draft.pdf(letter.subject, head, words, font)


def edit(desk: Desk, person: Person, letter: str, words: str) -> Letter:
    """Replaces the words of a letter that has not begun to leave; headers stay. Raises NotPermitted or NotEditable.

    The words outlive the letter: when it is written anew, for a decision or a confirmation, they go on with it.
    """
    require(person, Act.EDIT_LETTER)
    with desk.db.write() as tx:
        before = records.get(tx, Letter, letter)
        _editable(tx, before, words)
        _discreet(tx, before, words)
        compiled = before.edited_from or desk.blobs.put(text(desk, before).encode())
        edited = records.replace(tx, replace(_reworded(desk, tx, before, words), edited_from=compiled))
        told: dict[str, chain.Detail] = {"before": before.sha256, "after": edited.sha256}
        chain.append(tx, acting(person), "letter.edited", letter, before.claim, told)
    return edited


def _reworded(desk: Desk, tx: store.Transaction, letter: Letter, words: str) -> Letter:
    """The letter with other words: still as text where its facts are not all there, else as mail."""
    if letter.state is LetterState.BLOCKED:
        raw = writing.mail_of(desk, tx, letter, words)
        return replace(letter, sha256=desk.blobs.put(raw), state=LetterState.DRAFT, problem="")
    if letter.state is LetterState.WAITING and letter.problem:
        return replace(letter, sha256=desk.blobs.put(words.encode()), problem=looked_at(letter.problem))
    return replace(letter, sha256=desk.blobs.put(draft.reworded(desk.blobs.get(letter.sha256), words)))


def approve(desk: Desk, person: Person, letter: str) -> Letter:
    """Puts a draft into the outbox. The answer to a takedown is for legal, and for another than who decided."""
    with desk.db.write() as tx:
        drafted = records.get(tx, Letter, letter)
        permitted(tx, person, drafted)
        if drafted.state is not LetterState.DRAFT:
            raise NotEditable(f"{letter} is {drafted.state}; only a draft is approved" + _why(drafted))
        chain.append(tx, acting(person), "letter.approved", letter, drafted.claim)
        return correspondence.queue(desk, tx, drafted)


def permitted(tx: store.Look, person: Person, letter: Letter) -> None:
    """Raises NotPermitted for who may not send the letter: what goes about an answered takedown is for legal."""
    about = records.get(tx, Allegation, letter.allegation) if letter.allegation else None
    if about and about.state is AllegationState.COUNTERED:
        require(person, Act.DECIDE_COUNTER_NOTICE)
        require_other_than_decider(tx, person, about)
    else:
        require(person, Act.EDIT_LETTER)


def _editable(look: store.Look, letter: Letter, words: str) -> None:
    """Raises NotEditable unless the letter can still change and the words state nothing that the case lacks."""
    if letter.state is LetterState.QUEUED and outbox.has_begun(look, letter.id):
        raise NotEditable(f"{letter.id} has begun to leave; what may be with somebody is not changed any more")
    confirmable = letter.state is LetterState.BLOCKED and letter.problem.startswith(f"{CHANGED}:")
    if letter.state not in _CHANGEABLE and not confirmable:
        raise NotEditable(f"{letter.id} is {letter.state} and cannot be edited" + _why(letter))
    waited_for = draft.blanks_in(letter.problem) if letter.state is LetterState.WAITING else ()
    blanks = [name for name in draft.blanks_in(words) if name not in waited_for]
    if blanks:
        raise NotEditable(f"the text still shows {', '.join(f'[[{name}]]' for name in blanks)}")


def _discreet(look: store.Look, letter: Letter, words: str) -> None:
    """Raises NotEditable where the words show how the other side can be reached."""
    claim = records.get(look, Claim, letter.claim)
    exposed = draft.exposures(words, addressing.others(look, claim, letter.to_role))
    if exposed:
        raise NotEditable(f"{letter.id}: {'; '.join(exposed)}")


def _why(letter: Letter) -> str:
    return f" ({letter.problem})" if letter.problem else ""
