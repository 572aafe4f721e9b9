"""Letters through the platform: asked for once, confirmed like actions, and never lost when it cannot deliver them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from noticedesk.demo.origin import Origin, Reply, Request
from noticedesk.desk.act import contract
from noticedesk.desk.cases import casefacts
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.enforcement import platform
from noticedesk.desk.mail import correspondence, letters, resending, through, writing
from noticedesk.desk.policy import Platform
from noticedesk.model.claim import Claim
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxKind, OutboxState
from noticedesk.model.listing import Listing
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.desk.factory import Time, opened, person
from tests.noticedesk.desk.receiver import INBOUND, SECRET, alleged, saved, tell

CONFIRMED = (HTTPStatus.OK, {"type": "letter.confirmed"})
LATER = (HTTPStatus.SERVICE_UNAVAILABLE, {"type": "letter.failed", "why": "try again later"})
NEVER = (HTTPStatus.OK, {"type": "letter.failed", "why": "the account is closed", "final": True})
ACCEPTED = (HTTPStatus.ACCEPTED, dict[str, Any]())


@dataclass
class Inbox:
    """A platform that delivers letters: it verifies each request and holds that a repeat is the same to the byte."""

    answers: list[tuple[HTTPStatus, dict[str, Any]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def __call__(self, request: Request) -> Reply:
        at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
        signature = Webhook(SECRET).sign(request.headers["webhook-id"], at, request.body.decode())
        assert request.headers["webhook-signature"] == signature
        asked = contract.read("letter.requested", request.body)["data"]
        assert isinstance(asked, dict) and asked["idempotency_key"] == request.headers["webhook-id"]
        self.bodies.append(request.body)
        status, body = self.answers.pop(0) if self.answers else CONFIRMED
        return Reply(status, json.dumps(body).encode(), "application/json")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def desk(tmp_path: Path, inbox: Inbox, time: Time) -> Iterator[Desk]:
    with Origin(inbox) as origin, opened(tmp_path, None, time, undo_minutes=0) as desk:
        chosen = replace(desk.settings, webhook_secret=SECRET, platform_secret=INBOUND)
        yield replace(desk, platform=Platform(webhook=f"{origin.url}/actions"), settings=chosen)


def written(desk: Desk, **seller: Any) -> Letter:
    """A question to a seller whose account alone is known, unless something else is said."""
    about = Listing(id=new_id("L"), service="shop", item="a1", url="https://shop.example/item/a1", account="acct-7")
    with desk.db.write() as tx:
        records.add(tx, about)
    allegation = alleged(desk, about)
    given = {"account": "acct-7", "through_platform": True} | seller
    with desk.db.write() as tx:
        records.add(tx, Party(id=new_id("P"), claim=allegation.claim, role=PartyRole.SELLER, **given))
        claim = records.get(tx, Claim, allegation.claim)
        case = casefacts.About(allegation=allegation, question="Is this <b>yours</b>?", side="seller")
        made = writing.write(desk, tx, claim, "any/question", case)
        return correspondence.queue(desk, tx, made[0]) if made else _none(allegation.claim)


def _none(claim: str) -> Letter:
    raise LookupError(f"no letter was written in {claim}")


def the(desk: Desk) -> tuple[Letter, Outbox]:
    (letter,), (row,) = saved(desk, Letter), saved(desk, Outbox, kind=OutboxKind.LETTER)
    return letter, row


def test_a_letter_to_whom_only_the_platform_reaches_is_delivered_by_it_once(desk: Desk, inbox: Inbox) -> None:
    letter = written(desk)
    assert letter.to == "account:acct-7"
    dispatch(desk)
    dispatch(desk)
    (body,) = inbox.bodies
    said = json.loads(body)["data"]
    assert (said["account"], said["id"], said["service"]) == ("acct-7", letter.id, "shop")
    assert "Is this <b>yours</b>?" in said["text"] and "Is this &lt;b&gt;yours&lt;/b&gt;?" in said["html"]
    letter, row = the(desk)
    assert (letter.state, row.state) == (LetterState.SENT, OutboxState.CONFIRMED)
    assert letter.sent_at == desk.now()


def test_an_address_beside_the_wish_to_be_reached_through_the_platform_is_not_written_to(desk: Desk) -> None:
    assert written(desk, email="pat@seller.example").to == "account:acct-7"


def test_who_can_be_written_to_by_mail_is(desk: Desk) -> None:
    assert written(desk, email="pat@seller.example", through_platform=False).to == "pat@seller.example"


def test_without_a_platform_nobody_is_written_to_and_the_timeline_says_so(desk: Desk) -> None:
    with pytest.raises(LookupError):
        written(replace(desk, platform=Platform()))


def test_a_repeat_is_the_same_to_the_byte(desk: Desk, inbox: Inbox, time: Time) -> None:
    inbox.answers = [LATER, CONFIRMED]
    written(desk)
    dispatch(desk)
    assert the(desk)[1].state is OutboxState.FAILED
    time.now += timedelta(hours=1)
    dispatch(desk)
    first, second = inbox.bodies
    assert first == second
    assert the(desk)[0].state is LetterState.SENT


def test_what_was_accepted_waits_for_its_confirmation_and_counts_as_sent_from_then_on(
    desk: Desk, inbox: Inbox, time: Time
) -> None:
    inbox.answers = [ACCEPTED]
    letter = written(desk)
    dispatch(desk)
    assert (the(desk)[0].state, the(desk)[1].state) == (LetterState.QUEUED, OutboxState.SENT)
    time.now += timedelta(minutes=5)
    assert tell(desk, "letter.confirmed", idempotency_key=letter.id) == "letter sent"
    assert tell(desk, "letter.confirmed", idempotency_key=letter.id) == "confirmed before"
    assert the(desk)[0].sent_at == time.now


def test_what_was_accepted_and_never_confirmed_is_asked_again(desk: Desk, inbox: Inbox, time: Time) -> None:
    inbox.answers = [ACCEPTED]
    written(desk)
    dispatch(desk)
    time.now += timedelta(hours=desk.policy.confirmation_hours + 1)
    dispatch(desk)
    time.now += timedelta(hours=1)
    dispatch(desk)
    assert len(inbox.bodies) == 2 and the(desk)[0].state is LetterState.SENT


def test_what_the_platform_cannot_deliver_is_before_a_person_and_can_go_by_mail(desk: Desk, inbox: Inbox) -> None:
    inbox.answers = [NEVER]
    written(desk)
    dispatch(desk)
    letter, row = the(desk)
    assert (letter.state, row.state) == (LetterState.BOUNCED, OutboxState.DEAD)
    assert "the account is closed" in letter.undelivered
    resending.resend(desk, person(desk, Role.SPECIALIST), letter.id, "pat@seller.example")
    (mail,) = saved(desk, Outbox, kind=OutboxKind.MAIL)
    assert mail.state is OutboxState.QUEUED and the(desk)[1].state is OutboxState.DEAD
    assert desk.blobs.get(the(desk)[0].sha256).startswith(b"From: ")


def test_a_delivery_that_fails_after_it_was_confirmed_is_a_letter_that_came_back(desk: Desk) -> None:
    letter = written(desk)
    dispatch(desk)
    assert tell(desk, "letter.failed", idempotency_key=letter.id, why="returned") == "letter not delivered"
    assert the(desk)[0].state is LetterState.BOUNCED


def test_its_words_can_be_edited_until_it_has_begun_to_leave(desk: Desk, inbox: Inbox) -> None:
    letter = written(desk)
    ann = person(desk, Role.SPECIALIST)
    letters.edit(desk, ann, letter.id, "Other words.\n")
    dispatch(desk)
    assert json.loads(inbox.bodies[0])["data"]["text"] == "Other words.\n"
    with pytest.raises(letters.NotEditable):
        letters.edit(desk, ann, letter.id, "Too late.\n")


def test_a_letter_that_nobody_asked_for_is_refused(desk: Desk) -> None:
    with pytest.raises(platform.BadEvent, match="no letter was asked for"):
        tell(desk, "letter.confirmed", idempotency_key="M-0")


def test_no_copy_of_the_words_lies_in_the_outbox(desk: Desk) -> None:
    written(desk)
    through.send_due(desk)
    assert the(desk)[1].body == ""
