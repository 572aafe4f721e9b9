"""A letter that came back goes to a corrected address once, with its words and its token."""

from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.mail import letters, resending
from noticedesk.desk.mail.letters import NotEditable
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxState
from noticedesk.model.party import Party
from noticedesk.model.person import Role
from noticedesk.store import outbox, records
from tests.noticedesk.desk.factory import Mail, Web, deliver, person
from tests.noticedesk.desk.receiver import saved


def test_a_letter_that_came_back_goes_to_the_corrected_address(desk: Desk, tmp_path: Path, web: Web) -> None:
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
    ingest(desk, desk.sources[0])
    ann = person(desk, Role.SPECIALIST)
    letter = saved(desk, Letter)[0]
    with pytest.raises(NotEditable, match="only a letter that came back"):
        resending.resend(desk, ann, letter.id, "maria@new.example")
    with desk.db.write() as tx:
        outbox.mark(tx, records.find(tx, Outbox, letter=letter.id)[0].id, OutboxState.SENT, desk.now())
        records.replace(tx, replace(letter, state=LetterState.BOUNCED, undelivered="550 no such user"))
    with pytest.raises(NotPermitted):
        resending.resend(desk, person(desk, Role.ANALYST, name="Al"), letter.id, "maria@new.example")
    with pytest.raises(NotEditable, match="not exactly one address"):
        resending.resend(desk, ann, letter.id, "maria@new.example, eve@evil.example")
    again = resending.resend(desk, ann, letter.id, "maria@new.example")
    raw = desk.blobs.get(again.sha256)
    assert b"To: maria@new.example" in raw and letter.message_id.encode() in raw
    assert letters.text(desk, again) == letters.text(desk, letter)
    assert (again.state, again.undelivered, again.message_id) == (LetterState.QUEUED, "", letter.message_id)
    assert [row.letter for row in saved(desk, Outbox, state="queued")] == [letter.id]
    assert {party.email for party in saved(desk, Party) if party.email} == {"maria@new.example"}
    with pytest.raises(NotEditable):
        resending.resend(desk, ann, letter.id, "maria@other.example")
