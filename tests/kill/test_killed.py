"""kill -9 at random instants: no claim is lost and none is there twice, and every effect is had once."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from noticedesk import store
from noticedesk.demo.origin import Origin
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision, Proposal
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxState
from noticedesk.model.listing import Restriction
from noticedesk.model.notice import Notice
from noticedesk.store import records
from tests.kill.house import House, Post, Sink, mail_server
from tests.noticedesk.desk.receiver import Receiver

KILLS = [5, pytest.param(300, marks=pytest.mark.soak)]


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def post(receiver: Receiver) -> Iterator[tuple[Sink, Post]]:
    with Origin(receiver) as origin, mail_server() as (sink, url):
        yield sink, Post(f"{origin.url}/actions", url)


@pytest.fixture
def house(tmp_path: Path, post: tuple[Sink, Post]) -> House:
    (tmp_path / "inbox").mkdir()
    made = House(tmp_path, post[1], random.Random(20261122))
    made.receive(8)
    return made


def every(house: House, noun: type[Any], /, **equals: object) -> list[Any]:
    with closing(store.open(f"sqlite:///{house.home / 'claims.db'}")) as db, db.read() as look:
        return records.find(look, noun, **equals)


def sound(house: House) -> bool:
    with closing(store.open(f"sqlite:///{house.home / 'claims.db'}")) as db:
        return store.proof.verify(db) == []


def once_each(house: House) -> None:
    """Every mail is one notice, one claim, one allegation and one receipt, and nothing else is there."""
    notices, claims, allegations = every(house, Notice), every(house, Claim), every(house, Allegation)
    assert len(notices) == len(claims) == len(allegations) == house.mails
    assert len({notice.delivery for notice in notices}) == house.mails
    assert {notice.claim for notice in notices} == {claim.id for claim in claims}
    assert Counter(letter.claim for letter in every(house, Letter) if letter.template.endswith("/receipt")) == Counter(
        claim.id for claim in claims
    )
    assert [path for path in (house.home / "inbox").iterdir() if path.is_file()] == []


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_it_takes_in_it_loses_no_claim_and_makes_none_twice(house: House, kills: int) -> None:
    house.kill("ingest", kills, refill=lambda: house.receive(4))
    house.do("ingest")
    once_each(house)
    assert sound(house)


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_it_processes_it_proposes_once_for_every_claim(house: House, kills: int) -> None:
    def refill() -> None:
        house.receive(4)
        house.do("ingest")

    house.do("ingest")
    house.kill("process", kills, refill)
    house.do("process")
    once_each(house)
    allegations = every(house, Allegation)
    assert {allegation.state for allegation in allegations} == {AllegationState.IN_REVIEW}
    assert Counter(proposal.allegation for proposal in every(house, Proposal)) == Counter(a.id for a in allegations)
    assert sound(house)


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_it_dispatches_every_effect_is_had_once_and_every_letter_sent(
    house: House, kills: int, receiver: Receiver, post: tuple[Sink, Post]
) -> None:
    def refill() -> None:
        house.receive(4)
        house.do("ingest")
        house.do("process")
        house.decide()

    refill()
    house.kill("dispatch", kills, refill)
    house.do("dispatch")
    once_each(house)
    decisions = every(house, Decision)
    assert len(decisions) == house.mails
    assert sorted(receiver.took) == sorted(decision.id for decision in decisions)
    assert len(receiver.asked) - len(receiver.took) <= kills
    assert {allegation.state for allegation in every(house, Allegation)} == {AllegationState.ACTIONED}
    assert len(every(house, Restriction)) == house.mails
    letters_are_sent_once(house, post[0], kills)
    assert sound(house)


def letters_are_sent_once(house: House, sink: Sink, kills: int) -> None:
    """What the mail server has is what was approved; a repeat is the same bytes, and there is one a kill at most."""
    sent = [letter for letter in every(house, Letter) if letter.state is LetterState.SENT]
    assert {row.state for row in every(house, Outbox)} <= {OutboxState.SENT, OutboxState.CONFIRMED}
    assert len(sent) == len(every(house, Outbox, kind="mail"))
    assert set(sink.accepted) == {letter.message_id for letter in sent}
    assert all(len(set(copies)) == 1 for copies in sink.accepted.values())
    assert sum(len(copies) - 1 for copies in sink.accepted.values()) <= kills
