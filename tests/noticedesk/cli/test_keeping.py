"""Commands about what is due, alarms, holds and erasure: acting takes a token, listing speaks JSON Lines."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from noticedesk import store
from noticedesk.model.alarm import Alarm, AlarmKind, Severity
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.ids import new_id
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.cli.test_cli import call, rows, token
from tests.noticedesk.desk.factory import empty_database

NOW = datetime.now(UTC)


@pytest.fixture
def claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Claim]:
    """A refused claim with a statutory time and an SLA that were missed, and an open alarm."""
    (tmp_path / "claims.db").write_bytes(empty_database().read_bytes())
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    made = Claim(id=new_id("C"), service="example", regime="us_dmca_512c", state=ClaimState.REFUSED, received_at=NOW)
    clock = Clock(
        id=new_id("K"),
        claim=made.id,
        rule="putback_not_after",
        kind=ClockKind.STATUTORY_MAX,
        start_event="counter_notice_received",
        start=NOW - timedelta(days=30),
        due=NOW + timedelta(hours=1),
        timezone="UTC",
        regime="us_dmca_512c",
        regime_version=1,
        reference="x",
        tag="verified",
    )
    ours = Clock(
        **{name: getattr(clock, name) for name in clock.__slots__} | {"id": new_id("K"), "kind": ClockKind.SLA}
    )
    alarm = Alarm(
        id=new_id("Z"),
        key="letter_bounced:M-1",
        day=NOW.date(),
        kind=AlarmKind.LETTER_BOUNCED,
        severity=Severity.WARNING,
        role=Role.SPECIALIST,
        subject="M-1",
        text="a letter came back",
        raised_at=NOW,
    )
    with closing(store.open(f"sqlite:///{tmp_path / 'claims.db'}")) as db, db.write() as tx:
        records.add(tx, [made, clock, ours, alarm])
    yield made


def test_what_is_due_says_whether_the_law_or_the_desk_set_the_time(claim: Claim) -> None:
    assert sorted((row["what"], row["statutory"]) for row in rows("due")) == [("due", False), ("due", True)]
    assert rows("due", "--hours", "0") == []


def test_an_alarm_is_taken_on_by_a_person(claim: Claim) -> None:
    (alarm,) = rows("alarms")
    assert call("alarms", "take", str(alarm["id"])).exit_code == 1
    taken = call("alarms", "take", str(alarm["id"]), NOTICEDESK_TOKEN=token("specialist", "bo"))
    assert "taken on and ended" in taken.output
    assert rows("alarms") == []


def test_a_claim_is_held_listed_lifted_and_erased_by_legal(claim: Claim, tmp_path: Path) -> None:
    with closing(store.open(f"sqlite:///{tmp_path / 'claims.db'}")) as db, db.write() as tx:
        for clock in records.find(tx, Clock):
            records.replace(tx, replace(clock, state=ClockState.SATISFIED, ended_at=NOW))
    legal = token("legal", "cy")
    assert "legal hold" in call("hold", "add", claim.id, "--why", "a lawsuit", NOTICEDESK_TOKEN=legal).output
    (held,) = rows("hold", "list")
    assert held["about"] == claim.id
    with pytest.raises(ValueError, match=str(held["id"])):
        call("erase", claim.id, "--why", "asked for", NOTICEDESK_TOKEN=legal)
    call("hold", "lift", str(held["id"]), "--why", "settled", NOTICEDESK_TOKEN=legal)
    done = call("erase", claim.id, "--why", "asked for", "--json", NOTICEDESK_TOKEN=legal)
    assert '"schema": "erasure/1"' in done.stdout
    assert call("audit", "verify").exit_code == 0
