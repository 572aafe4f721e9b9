"""An alarm is raised once a day with the transaction that it tells of, and acknowledged by its role."""

from datetime import timedelta

import pytest

from noticedesk.desk import alarms as desk_alarms
from noticedesk.desk.alarms import NATURE, Cause
from noticedesk.desk.desk import Desk
from noticedesk.desk.notify.found import FINDERS
from noticedesk.desk.notify.lasting import LASTING
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.person import Role
from tests.noticedesk.desk.chase.case import alarms
from tests.noticedesk.desk.factory import NOW, Time, person


def test_acknowledging_needs_a_person_of_the_role_and_ends_what_only_happened(desk: Desk, time: Time) -> None:
    with desk.db.write() as tx:
        raised = desk_alarms.raise_(desk, tx, Cause(kind=AlarmKind.LETTER_BOUNCED, subject="M-1"))
    assert raised is not None
    with pytest.raises(NotPermitted):
        desk_alarms.acknowledge(desk, person(desk, Role.ANALYST, name="An"), raised.id)
    taken = desk_alarms.acknowledge(desk, person(desk, Role.SPECIALIST, name="Bo"), raised.id)
    assert taken.ended_at == time.now
    time.pass_(days=1)
    with desk.db.write() as tx:
        assert desk_alarms.raise_(desk, tx, Cause(kind=AlarmKind.LETTER_BOUNCED, subject="M-1")) is None


def test_an_alarm_is_taken_back_with_the_transaction_that_it_tells_of(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.db.write() as tx:
        desk_alarms.raise_(desk, tx, Cause(kind=AlarmKind.LETTER_BOUNCED, subject="M-1"))
        raise RuntimeError("the disk is full")
    assert alarms(desk, AlarmKind.LETTER_BOUNCED) == []


def test_a_clock_on_the_wall_set_back_tells_nothing_twice(desk: Desk, time: Time) -> None:
    cause = Cause(kind=AlarmKind.SAFETY_CLAIM, subject="E-1")
    for days in (0, 3, -1, -2):
        time.now = NOW + timedelta(days=days)
        with desk.db.write() as tx:
            desk_alarms.raise_(desk, tx, cause)
    assert len(alarms(desk, AlarmKind.SAFETY_CLAIM)) == 2


@pytest.mark.parametrize("kind", AlarmKind, ids=str)
def test_every_kind_of_alarm_says_something_and_can_end(kind: AlarmKind) -> None:
    assert NATURE[kind].says
    ends = [kind in FINDERS, kind in LASTING, kind in desk_alarms.HAPPENED, kind is AlarmKind.AUDIT_BROKEN]
    assert any(ends)
