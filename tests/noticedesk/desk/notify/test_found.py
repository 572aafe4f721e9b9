"""Matters that last are found and alarmed, and the alarm ends when its matter does."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from noticedesk.desk import alarms as desk_alarms
from noticedesk.desk.chase import steps
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.escalation import escalate
from noticedesk.desk.notify import run
from noticedesk.model.alarm import Alarm, AlarmKind
from noticedesk.model.claim import Claim
from noticedesk.model.ids import new_id
from noticedesk.model.letter import OutboxKind, OutboxState
from noticedesk.model.notice import Notice
from noticedesk.store import records, sources
from tests.noticedesk.desk.chase.case import LATEST, alarms, claim, countered
from tests.noticedesk.desk.factory import NOW, Time
from tests.noticedesk.desk.notify.watch import dead, go, watched


def test_a_source_that_fails_or_is_silent_is_alarmed_and_falls_silent_when_it_works(
    desk: Desk, tmp_path: Path, time: Time
) -> None:
    source = replace(desk.sources[0], expect_every_hours=24.0)
    ours = replace(watched(desk, tmp_path), sources=(source,))
    notice = Notice(
        id=new_id("N"), service="shop", channel="inbox", delivery="d", sha256="0" * 64, received_at=NOW, ingested_at=NOW
    )
    with desk.db.write() as tx:
        records.add(tx, notice)
        sources.failed(tx, "inbox", "no such folder", NOW)
    time.now = NOW + timedelta(hours=24)
    go(ours)
    assert (len(alarms(desk, AlarmKind.SOURCE_FAILING)), alarms(desk, AlarmKind.SOURCE_SILENT)) == (1, [])
    time.pass_(seconds=1)
    go(ours)
    assert len(alarms(desk, AlarmKind.SOURCE_SILENT)) == 1
    with desk.db.write() as tx:
        records.add(tx, replace(notice, id=new_id("N"), delivery="e", ingested_at=time.now))
        sources.lease(tx, "inbox", "me", time.now)
        sources.advance(tx, "inbox", "me", "x", time.now)
    go(ours)
    with desk.db.read() as look:
        assert desk_alarms.open_alarms(look) == []


def test_a_sender_of_whose_messages_nothing_comes_is_told_without_the_address(desk: Desk, tmp_path: Path) -> None:
    base = Notice(
        id="", service="shop", channel="inbox", delivery="", sha256="0" * 64, received_at=NOW, ingested_at=NOW
    )
    made = claim(desk)
    with desk.db.write() as tx:
        for place in range(desk.policy.chase.fruitless_messages):
            for sender, of in (("vain@spam.example", None), ("fine@lind.example", made.id)):
                records.add(tx, replace(base, id=new_id("N"), delivery=f"{sender}{place}", sender=sender, claim=of))
    go(watched(desk, tmp_path))
    (alarm,) = alarms(desk, AlarmKind.SENDER_FRUITLESS)
    assert "spam.example" not in str(alarm)


def test_a_safety_claim_is_alarmed_daily_until_its_team_has_answered(desk: Desk, tmp_path: Path, time: Time) -> None:
    ours = watched(desk, tmp_path)
    made = claim(desk)
    with desk.db.write() as tx:
        asked = escalate.to_safety(desk, tx, made)
    for _ in range(2):
        go(ours)
        time.pass_(days=1)
    assert len(alarms(desk, AlarmKind.SAFETY_CLAIM)) == 2
    with desk.db.write() as tx:
        records.replace(tx, replace(asked, answered_at=time.now, answered_by="P-1"))
    go(ours)
    with desk.db.read() as look:
        assert desk_alarms.open_alarms(look) == []


def test_an_effect_that_is_not_confirmed_in_time_is_alarmed(desk: Desk, tmp_path: Path, time: Time) -> None:
    row = dead(desk)
    with desk.db.write() as tx:
        records.replace(tx, replace(row, state=OutboxState.SENT))
    time.now = NOW + timedelta(hours=desk.policy.confirmation_hours) - timedelta(seconds=1)
    ours = watched(desk, tmp_path)
    go(ours)
    assert alarms(desk, AlarmKind.CONFIRMATION_OVERDUE) == []
    time.pass_(seconds=1)
    go(ours)
    assert len(alarms(desk, AlarmKind.CONFIRMATION_OVERDUE)) == 1


def test_an_alarm_of_a_clock_ends_when_the_clock_does(desk: Desk, tmp_path: Path, time: Time) -> None:
    at_stake = countered(desk)
    time.now = LATEST - timedelta(hours=1)
    steps.run_all(desk)
    assert len(alarms(desk, AlarmKind.CLOCK_DUE)) == 1
    with desk.db.write() as tx:
        clocks.start(desk, tx, records.get(tx, Claim, at_stake.claim), {"material_restored": time.now}, at_stake)
    go(watched(desk, tmp_path))
    with desk.db.read() as look:
        assert records.find(look, Alarm, kind=AlarmKind.CLOCK_DUE, ended_at=None) == []


def test_letters_without_a_mail_server_are_alarmed_until_none_is_due(desk: Desk) -> None:
    letter = replace(dead(desk), kind=OutboxKind.MAIL, state=OutboxState.QUEUED)
    with desk.db.write() as tx:
        records.replace(tx, letter)
    assert dispatch(desk).taken == dispatch(desk).taken == 0
    run.run_all(desk)
    (alarm,) = alarms(desk, AlarmKind.NO_WAY_OUT)
    assert (alarm.subject, alarm.ended_at) == ("mail", None)
    with desk.db.write() as tx:
        records.replace(tx, replace(letter, state=OutboxState.CONFIRMED))
    run.run_all(desk)
    (alarm,) = alarms(desk, AlarmKind.NO_WAY_OUT)
    assert alarm.ended_at is not None
