"""`noticedesk clocks`: legal alone stops a clock by hand, with a reason, and it is due when it was."""

from contextlib import closing
from pathlib import Path

import click
import pytest

from noticedesk import store
from noticedesk.model.clock import Clock, ClockKind
from noticedesk.store import records
from tests.noticedesk.cli.test_cli import call, rows, token
from tests.noticedesk.cli.test_keeping import claim  # noqa: F401  (a fixture)


@pytest.fixture
def clock(claim, tmp_path: Path) -> Clock:  # type: ignore[no-untyped-def]  # noqa: F811
    with closing(store.open(f"sqlite:///{tmp_path / 'claims.db'}")) as db, db.read() as look:
        (found,) = records.find(look, Clock, kind=ClockKind.STATUTORY_MAX)
    return found


def shown(clock: Clock) -> dict[str, object]:
    (row,) = [row for row in rows("clocks", "list", clock.claim) if row["id"] == clock.id]
    return row


def test_legal_pauses_and_resumes_a_clock_and_its_time_stays(clock: Clock) -> None:
    before, legal = shown(clock), token("legal", "cy")
    assert before["state"] == "running"
    paused = call("clocks", "set", clock.id, "pause", "--why", "the court asked", NOTICEDESK_TOKEN=legal)
    assert paused.output == f"{clock.id}  putback_not_after is paused\n"
    assert (shown(clock)["state"], shown(clock)["why"]) == ("paused", "the court asked")
    call("clocks", "set", clock.id, "resume", "--why", "it is over", NOTICEDESK_TOKEN=legal)
    assert shown(clock) == before
    assert call("audit", "verify").exit_code == 0


def test_an_act_that_the_clock_does_not_allow_is_refused_in_words(clock: Clock) -> None:
    legal = token("legal", "cy")
    refused = call("clocks", "set", clock.id, "resume", "--why", "why not", NOTICEDESK_TOKEN=legal)
    assert refused.exit_code == 1
    assert f"{clock.id} is running: resume is for a clock that is paused" in refused.output
    assert call("clocks", "set", clock.id, "stop", "--why", "x", NOTICEDESK_TOKEN=legal).exit_code == 2


def test_without_a_token_or_the_role_nobody_stops_a_clock(clock: Clock) -> None:
    assert "NOTICEDESK_TOKEN" in call("clocks", "set", clock.id, "cancel", "--why", "x").output
    with pytest.raises((ValueError, click.ClickException), match="may not decide counter notice"):
        call("clocks", "set", clock.id, "cancel", "--why", "x", NOTICEDESK_TOKEN=token("specialist", "bo"))
    assert shown(clock)["state"] == "running"
