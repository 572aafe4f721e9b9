"""The daily round: periods are data, regimes and holds come on top, and a broken chain is alarmed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from noticedesk import settings
from noticedesk.desk.desk import Desk
from noticedesk.desk.retain import erase, holds, periods, run
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock, ClockKind
from noticedesk.model.ids import new_id
from noticedesk.model.notice import Notice
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.desk.chase.case import alarms, allegation, claim
from tests.noticedesk.desk.factory import NOW, Time, person

SECOND = timedelta(seconds=1)


def days(desk: Desk, rule: str) -> timedelta:
    return next(item.length for item in periods.load(desk) if item.id == rule)


def go(desk: Desk) -> dict[str, int]:
    tally = run.run_all(desk)
    assert tally.errors == {}
    return dict(tally.counts)


def named(desk: Desk, about: Claim) -> bool:
    with desk.db.read() as look:
        return any(party.name for party in records.find(look, Party, claim=about.id))


def old(desk: Desk, state: ClaimState) -> Claim:
    made = claim(desk, state)
    with desk.db.write() as tx:
        records.add(tx, Party(id=new_id("P"), claim=made.id, role=PartyRole.SENDER, name="Maria Lind"))
    return made


def test_the_daily_round_lets_the_database_count_its_rows(desk: Desk) -> None:
    old(desk, ClaimState.REFUSED)
    go(desk)
    with desk.db.read() as look:
        counted = set(look.run(text("SELECT tbl FROM sqlite_stat1")).scalars())
    assert {"claims", "parties"} <= counted


def test_a_claim_is_erased_when_its_period_is_over_and_not_a_second_before(desk: Desk, time: Time) -> None:
    about = old(desk, ClaimState.REFUSED)
    time.now = NOW + days(desk, "claims_never_acted_on") - SECOND
    go(desk)
    assert named(desk, about)
    time.now += SECOND
    assert go(desk)["claim erased"] == 1
    assert not named(desk, about)
    with desk.db.read() as look:
        stone = erase.tombstone(look, about.id)
    assert stone and (stone.erased_by, stone.rule) == ("retain", "claims_never_acted_on")
    time.pass_(days=4000)
    assert go(desk) == {}


def test_what_a_regime_keeps_longer_is_kept_longer(desk: Desk, time: Time) -> None:
    about, period = old(desk, ClaimState.REFUSED), days(desk, "claims_never_acted_on")
    keeps = Clock(
        id=new_id("K"),
        claim=about.id,
        rule="keep_notice",
        kind=ClockKind.RETENTION,
        start_event="notice_received",
        start=NOW,
        due=NOW + 2 * period,
        timezone="UTC",
        regime="us_dmca_512c",
        regime_version=1,
        reference="policy",
        tag="policy",
    )
    with desk.db.write() as tx:
        records.add(tx, keeps)
    time.now = NOW + 2 * period - SECOND
    go(desk)
    assert named(desk, about)
    time.now += SECOND
    go(desk)
    assert not named(desk, about)


def test_what_is_held_or_unfinished_is_kept_and_looked_at_again(desk: Desk, time: Time) -> None:
    legal = person(desk, Role.LEGAL, name="Cy")
    held, busy = old(desk, ClaimState.REFUSED), old(desk, ClaimState.ACCEPTED)
    allegation(desk, busy, AllegationState.IN_REVIEW)
    holds.place(desk, legal, held.id, "a lawsuit")
    time.now = datetime(2036, 1, 1, tzinfo=UTC)
    assert go(desk)["kept longer"] == 2
    assert named(desk, held) and named(desk, busy)
    holds.lift(desk, legal, held.id, "settled")
    time.pass_(days=30)
    go(desk)
    assert (named(desk, held), named(desk, busy)) == (False, True)


def test_a_message_that_is_no_claim_goes_with_its_bytes(desk: Desk, time: Time) -> None:
    digest = desk.blobs.put(b"Dear sirs, I am Maria Lind.")
    notice = Notice(
        id=new_id("N"),
        service="shop",
        channel="inbox",
        delivery="d1",
        sha256=digest,
        sender="maria@lind.example",
        received_at=NOW,
        ingested_at=NOW,
    )
    with desk.db.write() as tx:
        records.add(tx, notice)
    time.now = NOW + days(desk, "other_messages")
    assert go(desk)["message erased"] == 1
    assert not desk.blobs.has(digest)
    with desk.db.read() as look:
        assert records.get(look, Notice, notice.id).sender == ""
    assert "message erased" not in go(desk)


def test_a_broken_chain_is_alarmed_until_it_holds(desk: Desk, tmp_path: Path) -> None:
    legal = person(desk, Role.LEGAL, name="Cy")
    about = old(desk, ClaimState.REFUSED)
    holds.place(desk, legal, about.id, "why")
    assert run.verify_chain(desk).errors == {}
    with desk.db.write() as tx:
        tx.run(text("DROP TRIGGER events_no_update"))
        tx.run(text("UPDATE events SET actor = 'nobody'"))
    assert run.verify_chain(desk).errors.total() == 1
    (alarm,) = alarms(desk, AlarmKind.AUDIT_BROKEN)
    assert alarm.ended_at is None
    with desk.db.write() as tx:
        tx.run(text(f"UPDATE events SET actor = '{legal.id}'"))
    assert run.verify_chain(desk).errors == {}
    assert alarms(desk, AlarmKind.AUDIT_BROKEN)[0].ended_at is not None


def test_every_period_says_its_reference_and_reason_and_every_kind_of_record_has_one(
    desk: Desk, tmp_path: Path
) -> None:
    assert all(rule.reference and rule.reason for rule in periods.load(desk))
    (tmp_path / "retention.yaml").write_text(yaml.safe_dump([]))
    with pytest.raises(settings.SettingError, match="record claim"):
        periods.load(replace(desk, settings=replace(desk.settings, config=tmp_path)))
