"""kill -9 at random instants: no claim is lost and none is there twice, and every effect is had once."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from noticedesk.demo.origin import Origin, Reply, Request
from noticedesk.model.allegation import Allegation
from noticedesk.model.allegation import AllegationState as S
from noticedesk.model.letter import Outbox, OutboxState
from tests.kill.house import NAP, House, Kills, Post, complaint, nap
from tests.kill.proof import every, had_once, in_the_inbox, letters_are_sent_once, once_each, proposed_once
from tests.kill.sink import Sink, mail_server
from tests.noticedesk.desk.receiver import Receiver

KILLS = [30, pytest.param(300, marks=pytest.mark.soak)]

IN_THE_WORK = 0.8
"""At least this share of the kills must leave a lease or work behind: they cut something short."""

IN_THE_MIDDLE = 0.1
"""At least this share must leave a lease behind; others fall between two pieces of work."""

MEMORY = Path("/dev/shm")
"""What a killed process wrote is with the kernel: a home in memory proves as much as one on a disk, and is quicker."""


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def post(receiver: Receiver) -> Iterator[tuple[Sink, Post]]:
    def slow(request: Request) -> Reply:
        nap()
        reply = receiver(request)
        nap()
        return reply

    with Origin(slow) as origin, mail_server(NAP) as (sink, url):
        yield sink, Post(f"{origin.url}/actions", url)


@pytest.fixture
def house(tmp_path: Path, post: tuple[Sink, Post]) -> Iterator[House]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as home:
        (Path(home) / "inbox").mkdir()
        yield House(Path(home), post[1], random.Random(20261122))


def hit(kills: Kills) -> None:
    assert kills.cut >= IN_THE_WORK
    assert kills.held >= IN_THE_MIDDLE


def sent_to(house: House) -> list[bytes]:
    return [complaint(number) for number in range(house.mails)]


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_it_takes_in_it_loses_no_claim_and_makes_none_twice(house: House, kills: int) -> None:
    def left() -> int:
        return in_the_inbox(house.home)

    hit(house.kill("ingest", kills, left, stock=lambda: house.receive(4 - left())))
    house.do("ingest")
    once_each(house.home, sent_to(house))


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_it_processes_it_proposes_once_for_every_claim(house: House, kills: int) -> None:
    def left() -> int:
        return house.mails - (len(every(house.home, Allegation, state=S.IN_REVIEW)) if house.mails else 0)

    def stock() -> None:
        house.receive(4 - left())
        house.do("ingest")

    hit(house.kill("process", kills, left, stock))
    house.do("process")
    once_each(house.home, sent_to(house))
    proposed_once(house.home)


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_it_dispatches_every_effect_is_had_once_and_every_letter_sent(
    house: House, kills: int, receiver: Receiver, post: tuple[Sink, Post]
) -> None:
    def left() -> int:
        return len(every(house.home, Outbox, state=(OutboxState.QUEUED, OutboxState.FAILED))) if house.mails else 0

    def stock() -> None:
        if left() > 4:
            return
        house.receive(2)
        for job in ("ingest", "process"):
            house.do(job)
        house.decide()

    hit(house.kill("dispatch", kills, left, stock))
    house.do("dispatch")
    once_each(house.home, sent_to(house))
    had_once(house.home, receiver, kills)
    letters_are_sent_once(house.home, post[0], kills)
