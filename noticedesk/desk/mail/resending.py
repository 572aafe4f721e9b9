"""A letter that came back goes to a corrected address: the same words under the same Message-ID, so its token stays."""

from dataclasses import replace

from noticedesk import draft, store
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import letters, writing
from noticedesk.desk.mail.letters import NotEditable
from noticedesk.desk.staff.permits import require
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxKind, OutboxState
from noticedesk.model.notice import Verified
from noticedesk.model.party import Party
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, outbox, records


def resend(desk: Desk, person: Person, letter: str, to: str) -> Letter:
    """Sends a letter that did not arrive to another address, which its party then has, unverified.

    Raises NotPermitted, and NotEditable for a letter that did not come back or an address that cannot be used.
    """
    require(person, Act.EDIT_LETTER)
    with desk.db.write() as tx:
        before = records.get(tx, Letter, letter)
        if before.state is not LetterState.BOUNCED:
            raise NotEditable(f"{letter} is {before.state}; only a letter that came back is sent to another address")
        corrected = replace(before, to=to, state=LetterState.QUEUED, undelivered="")
        try:
            raw = writing.mail_of(desk, tx, corrected, letters.text(desk, before))
        except draft.Unsendable as error:
            raise NotEditable(str(error)) from None
        for party in records.find(tx, Party, claim=before.claim, email=before.to):
            records.replace(tx, replace(party, email=to, verified=Verified.NO))
            chain.append(tx, acting(person), "party.address_corrected", party.id, before.claim)
        told: dict[str, chain.Detail] = {"before": before.sha256}
        chain.append(tx, acting(person), "letter.resent", letter, before.claim, told)
        _queue(desk, tx, before)
        return records.replace(tx, replace(corrected, sha256=desk.blobs.put(raw)))


def _queue(desk: Desk, tx: store.Transaction, letter: Letter) -> None:
    """One more way out for the letter: its dead one anew, or another where the first was had."""
    dead = records.find(tx, Outbox, letter=letter.id, kind=OutboxKind.MAIL, state=OutboxState.DEAD)
    if dead:
        outbox.retry(tx, dead[0].id, desk.now())
        return
    row = Outbox(
        id=new_id("X"),
        kind=OutboxKind.MAIL,
        key=new_id(letter.id),
        claim=letter.claim,
        allegation=letter.allegation,
        letter=letter.id,
        send_after=desk.now(),
        created_at=desk.now(),
    )
    outbox.queue(tx, row)
