"""What people do with letters: read, edit and approve them before they leave."""

import email
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

from noticedesk import draft, store
from noticedesk.desk import correspondence
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.permits import require, require_other_than_decider
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records


class NotEditable(ValueError):
    """A letter that has left, waits for a confirmation, or still shows a blank."""


def text(desk: Desk, letter: Letter) -> str:
    """The words of a letter; of one that is blocked, with its blanks."""
    if letter.problem:
        return desk.blobs.get(letter.sha256).decode()
    return text_of(desk, letter.sha256)


def text_of(desk: Desk, sha256: str) -> str:
    """The words of a compiled letter in any of its versions, by the digest of its bytes."""
    body = email.message_from_bytes(desk.blobs.get(sha256), EmailMessage, policy=SMTP).get_content()
    return str(body)


def edit(desk: Desk, person: Person, letter: str, words: str) -> Letter:
    """Replaces the words of a letter that has not left; headers stay. Raises NotPermitted or NotEditable."""
    require(person, Act.EDIT_LETTER)
    with desk.db.write() as tx:
        before = records.get(tx, Letter, letter)
        _editable(before, words)
        raw = desk.blobs.get(before.sha256)
        mail = email.message_from_bytes(raw, EmailMessage, policy=SMTP)
        mail.set_content(words, charset="utf-8", cte="quoted-printable")
        edited = records.replace(tx, replace(before, sha256=desk.blobs.put(mail.as_bytes())))
        told: dict[str, chain.Detail] = {"before": before.sha256, "after": edited.sha256}
        chain.append(tx, acting(person), "letter.edited", letter, before.claim, told)
    return edited


def approve(desk: Desk, person: Person, letter: str) -> Letter:
    """Puts a draft into the outbox. The answer to a takedown is for legal, and for another than who decided."""
    with desk.db.write() as tx:
        drafted = records.get(tx, Letter, letter)
        _permitted(tx, person, drafted)
        if drafted.state is not LetterState.DRAFT:
            raise NotEditable(f"{letter} is {drafted.state}; only a draft is approved" + _why(drafted))
        chain.append(tx, acting(person), "letter.approved", letter, drafted.claim)
        return correspondence.queue(desk, tx, drafted)


def _permitted(tx: store.Transaction, person: Person, letter: Letter) -> None:
    about = records.get(tx, Allegation, letter.allegation) if letter.allegation else None
    if about and about.state is AllegationState.COUNTERED:
        require(person, Act.DECIDE_COUNTER_NOTICE)
        require_other_than_decider(tx, person, about)
    else:
        require(person, Act.EDIT_LETTER)


def _editable(letter: Letter, words: str) -> None:
    if letter.state not in (LetterState.DRAFT, LetterState.QUEUED):
        raise NotEditable(f"{letter.id} is {letter.state} and cannot be edited" + _why(letter))
    blanks = draft.blanks_in(words)
    if blanks:
        raise NotEditable(f"the text still shows {', '.join(f'[[{name}]]' for name in blanks)}")


def _why(letter: Letter) -> str:
    return f" ({letter.problem})" if letter.problem else ""
