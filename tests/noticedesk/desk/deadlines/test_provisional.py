"""A clock is provisional until completeness is decided, and stays decided whatever else happens."""

import pytest

from noticedesk.desk.answer import accept
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.desk.chase.case import RECEIVED, countered
from tests.noticedesk.desk.factory import Time, person


def provisional(desk: Desk) -> bool:
    """Whether the last day of the put-back may still go."""
    with desk.db.read() as look:
        (clock,) = records.find(look, Clock, rule="putback_not_after")
    return clock.provisional


@pytest.fixture
def answered(desk: Desk, time: Time) -> Allegation:
    """A counter-notice that legal has accepted."""
    made = countered(desk)
    time.now = RECEIVED
    assert provisional(desk)
    accept.accept(desk, person(desk, Role.LEGAL, name="Lea"), made.id, made.version)
    assert not provisional(desk)
    return made


def started(desk: Desk, about: Allegation, event: str) -> None:
    """An event of the case comes now."""
    with desk.db.write() as tx:
        clocks.start(desk, tx, records.get(tx, Claim, about.claim), {event: desk.now()}, about)


def test_what_was_accepted_stays_accepted_when_something_else_happens(
    desk: Desk, answered: Allegation, time: Time
) -> None:
    time.pass_(days=1)
    started(desk, answered, "counter_notice_forwarded")
    assert not provisional(desk)


def test_another_counter_notice_is_to_be_accepted_anew(desk: Desk, answered: Allegation, time: Time) -> None:
    time.pass_(days=1)
    started(desk, answered, "counter_notice_received")
    assert provisional(desk)
