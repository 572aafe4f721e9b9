"""The daily round goes on from chunk to chunk until nothing is left to keep or erase, and not for ever."""

import asyncio
import gc
import itertools
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from noticedesk import settings, store
from noticedesk.desk.desk import Desk
from noticedesk.desk.tally import Tally
from noticedesk.model.ids import new_id
from noticedesk.model.keeping import Tombstone
from noticedesk.model.notice import Notice
from noticedesk.store import records

# Prefect leaves the sockets of its ephemeral server to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

CHUNK, MESSAGES = 2, 5


@pytest.fixture
def home(prefect: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home that takes two at a time, with five messages of ten years ago that were no claims."""
    shutil.copytree(settings.data_folder("config"), tmp_path / "config")
    policy = tmp_path / "config" / "policy.yaml"
    policy.write_text(yaml.safe_dump(yaml.safe_load(policy.read_text()) | {"chunk": CHUNK}))
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    monkeypatch.setenv("NOTICEDESK_CONFIG", str(tmp_path / "config"))
    chosen = settings.from_environment()
    blobs, long_ago = store.Blobs(chosen.blobs_url), datetime.now(UTC) - timedelta(days=3650)
    with closing(store.open(chosen.database_url)) as db:
        store.migrate(db)
        with db.write() as tx:
            for number in range(MESSAGES):
                message = Notice(
                    id=new_id("N"),
                    service="example",
                    channel="inbox",
                    delivery=str(number),
                    sha256=blobs.put(f"Dear sirs, message {number}".encode()),
                    sender="maria@lind.example",
                    received_at=long_ago,
                    ingested_at=long_ago,
                )
                records.add(tx, message)
    yield tmp_path
    gc.collect()  # so that what Prefect left open is told here, and not in somebody else's test


def left(home: Path) -> list[Notice]:
    with closing(store.open(f"sqlite:///{home / 'claims.db'}")) as db, db.read() as look:
        return [notice for notice in records.find(look, Notice) if notice.sender]


def test_one_run_erases_all_that_is_due_however_many_chunks_that_are(home: Path) -> None:
    from flows.retain import retain

    tally = asyncio.run(retain())
    assert tally.counts["message erased"] == MESSAGES > CHUNK
    assert left(home) == []
    with closing(store.open(f"sqlite:///{home / 'claims.db'}")) as db, db.read() as look:
        stones = records.find(look, Tombstone)
        assert store.proof.verify(db) == []
    assert {stone.erased_by for stone in stones} == {"retain"}
    assert len(stones) == 2 * MESSAGES
    assert asyncio.run(retain()).counts == {}


def test_without_time_a_step_takes_one_chunk_and_the_rest_is_due_at_the_next_run(home: Path) -> None:
    from prefect import flow

    from flows.stepwise import in_steps
    from noticedesk.desk.retain.run import STEPS

    @flow(name="retain-once")
    async def once() -> Tally:
        return await in_steps("retain", STEPS, budget=0.0)

    assert asyncio.run(once()).counts["message erased"] == CHUNK
    assert len(left(home)) == MESSAGES - CHUNK


def test_a_step_that_finds_no_end_ends_with_its_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect import flow

    from flows import stepwise

    # a watch that goes on by a second whenever it is looked at
    watch = itertools.count(1.0)
    monkeypatch.setattr(stepwise, "time", SimpleNamespace(monotonic=lambda: next(watch)))

    def endless(desk: Desk) -> Tally:
        tally = Tally()
        tally.counts["done again"] += 1
        return tally

    @flow(name="endless")
    async def run() -> Tally:
        return await stepwise.in_steps("endless", {"endless": endless}, budget=3.0)

    assert asyncio.run(run()).counts["done again"] == 3
