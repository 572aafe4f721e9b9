"""A full disk: nothing is acknowledged that is not saved, the error is told, and with room again work goes on."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk import store
from noticedesk.demo.sink import Sink
from noticedesk.desk import process
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.mail import post
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.event import Event
from noticedesk.model.letter import Letter, LetterState
from noticedesk.store import records
from tests.noticedesk.desk.disk import full_disk
from tests.noticedesk.desk.factory import Mail, Time, Web, deliver


@pytest.fixture
def inbox(desk: Desk, tmp_path: Path, web: Web) -> Path:
    """An inbox with one complaint."""
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
    return tmp_path / "inbox"


def waiting(inbox: Path) -> list[str]:
    return [path.name for path in inbox.iterdir() if path.is_file()]


def every(desk: Desk, noun: type) -> list:  # type: ignore[type-arg]
    with desk.db.read() as look:
        return records.find(look, noun)


def last_error(desk: Desk) -> str:
    with desk.db.read() as look:
        return store.sources.checkpoint(look, "inbox").last_error


def test_a_complaint_that_cannot_be_saved_stays_in_the_inbox_and_the_source_says_why(desk: Desk, inbox: Path) -> None:
    with full_disk(desk, at="INSERT INTO claims"):
        tally = ingest(desk, desk.sources[0])
    assert tally.counts == {}
    assert "database or disk is full" in last_error(desk)
    assert (waiting(inbox), every(desk, Claim)) == (["a.eml"], [])
    assert ingest(desk, desk.sources[0]).counts == {"opened": 1}
    assert (waiting(inbox), len(every(desk, Claim)), last_error(desk)) == ([], 1, "")


def test_bytes_that_cannot_be_kept_are_not_acknowledged(
    desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr("noticedesk.store.blobs._write_local", full)
        ingest(desk, desk.sources[0])
    assert "No space left on device" in last_error(desk)
    assert (waiting(inbox), every(desk, Claim)) == (["a.eml"], [])
    assert ingest(desk, desk.sources[0]).counts == {"opened": 1}


def test_a_claim_that_a_stage_cannot_save_says_why_and_is_tried_again(desk: Desk, inbox: Path, time: Time) -> None:
    ingest(desk, desk.sources[0])
    with full_disk(desk, at="INSERT INTO events"):
        tally = process.run_all(desk)
    assert any("disk is full" in error for error in tally.errors)
    assert [one.state for one in every(desk, Allegation)] == [AllegationState.REPORTED]
    time.pass_(minutes=2)
    process.run_all(desk)
    assert [one.state for one in every(desk, Allegation)] == [AllegationState.IN_REVIEW]


def test_a_stage_that_can_save_nothing_at_all_fails_loudly_and_is_done_again_when_its_lease_is_over(
    desk: Desk, inbox: Path, time: Time
) -> None:
    ingest(desk, desk.sources[0])
    with full_disk(desk, times=99, at="UPDATE claims SET"), pytest.raises(store.StoreError, match="disk is full"):
        process.run_all(desk)
    time.pass_(minutes=11)
    process.run_all(desk)
    assert [one.state for one in every(desk, Allegation)] == [AllegationState.IN_REVIEW]
    assert store.proof.verify(desk.db) == []


def test_a_letter_that_left_and_could_not_be_noted_is_repeated_in_the_same_bytes_and_says_so(
    desk: Desk, inbox: Path, time: Time
) -> None:
    ingest(desk, desk.sources[0])
    with Sink() as sink:
        sending = replace(desk, settings=replace(desk.settings, smtp=sink.url))
        with full_disk(desk, at="UPDATE letters"), pytest.raises(store.StoreError, match="disk is full"):
            post.send_due(sending)
        assert [one.state for one in every(desk, Letter)] == [LetterState.QUEUED]
        time.pass_(minutes=11)
        assert post.send_due(sending).counts == {"letter sent": 1}
    first, second = sink.taken
    assert first == second
    assert [one.state for one in every(desk, Letter)] == [LetterState.SENT]
    assert "letter.uncertain" in [event.act for event in every(desk, Event)]
