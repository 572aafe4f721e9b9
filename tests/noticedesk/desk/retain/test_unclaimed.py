"""Bytes that belong to nothing go after their time; whatever is named, enclosed, or needed again stays."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from noticedesk.desk import process
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.retain import holds, unclaimed
from noticedesk.model.claim import Claim
from noticedesk.model.event import Event
from noticedesk.model.person import Role
from noticedesk.store import proof, records
from tests.noticedesk.desk.factory import Mail, Web, deliver, person, picture

NOW = datetime.now(UTC)
OVER, BEFORE = NOW - timedelta(days=15), NOW - timedelta(days=13)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The desk in the time of its files."""
    return replace(desk, now=lambda: NOW)


@pytest.fixture
def inbox(desk: Desk, tmp_path: Path, web: Web) -> Mail:
    """A complaint with a picture enclosed, taken in and processed."""
    mail = Mail(urls=(web.listing("a1", seed=7),), picture=picture(7))
    deliver(tmp_path, {"a.eml": mail.raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)
    return mail


def files(home: Path) -> set[Path]:
    return {path for path in (home / "blobs").rglob("*") if path.is_file()}


def aged(home: Path, at: datetime = OVER) -> None:
    """All bytes of the home as if they had been written then."""
    for path in files(home):
        os.utime(path, (at.timestamp(), at.timestamp()))


def drop(desk: Desk) -> int:
    return unclaimed.drop_bytes(desk).counts["unclaimed bytes dropped"]


def test_bytes_of_a_delivery_that_was_never_saved_go_after_their_time(desk: Desk, tmp_path: Path) -> None:
    digest = desk.blobs.put(b"From: maria@lind.example")
    aged(tmp_path, BEFORE)
    assert drop(desk) == 0
    aged(tmp_path)
    assert (drop(desk), desk.blobs.has(digest), desk.blobs.tombstone(digest)) == (1, False, None)
    with desk.db.read() as look:
        (told,) = records.find(look, Event, act="bytes.dropped")
    assert (told.actor, told.details) == ("retain", {"files": 1})
    assert drop(desk) == 0
    assert proof.verify(desk.db) == []


def test_everything_that_a_case_names_or_encloses_stays_also_under_a_hold(
    desk: Desk, tmp_path: Path, inbox: Mail
) -> None:
    with desk.db.read() as look:
        (claim,) = records.find(look, Claim)
    holds.place(desk, person(desk, Role.LEGAL), claim.id, "a lawsuit")
    aged(tmp_path)
    before = files(tmp_path)
    assert len(before) > 3
    assert drop(desk) == 0
    assert files(tmp_path) == before


def test_a_picture_that_only_its_message_encloses_stays(desk: Desk, tmp_path: Path, web: Web) -> None:
    enclosed = Mail(text="What are your opening hours? {urls}", subject="Hours", picture=picture(3)).raw()
    deliver(tmp_path, {"q.eml": enclosed})
    ingest(desk, desk.sources[0])
    (digest,) = desk.pictures(enclosed)
    aged(tmp_path)
    assert (drop(desk), desk.blobs.has(digest)) == (0, True)


def test_what_a_killed_process_left_half_written_goes(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "blobs" / "ab" / "cd" / f"abcd{'0' * 60}.0011223344556677.part"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"From: mar")
    aged(tmp_path)
    assert drop(desk) == 1
    assert files(tmp_path) == set()


def test_a_delivery_that_comes_again_renews_its_bytes(desk: Desk, tmp_path: Path) -> None:
    desk.blobs.put(b"again")
    aged(tmp_path)
    desk.blobs.put(b"again")
    assert drop(desk) == 0


@pytest.mark.parametrize("when", ["while they are looked for", "while they are removed"])
def test_bytes_that_an_ingest_keeps_at_the_same_moment_are_not_lost(
    desk: Desk, tmp_path: Path, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = desk.blobs.put(b"just now")
    aged(tmp_path)
    owner, name = {
        "while they are looked for": (unclaimed, "_not_enclosed"),
        "while they are removed": (Path, "rename"),
    }[when]
    before: Callable[..., object] = getattr(owner, name)

    def meanwhile(*given: object) -> object:
        monkeypatch.undo()
        desk.blobs.put(b"just now")
        return before(*given)

    monkeypatch.setattr(owner, name, meanwhile)
    assert drop(desk) == 0
    assert desk.blobs.get(digest) == b"just now"
