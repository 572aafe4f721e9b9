"""A backup is made while the desk works, and a desk restored from it into an empty home is whole."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from noticedesk import settings, store
from noticedesk.cli.audit import verify
from noticedesk.cli.db import backup, upgrade
from noticedesk.desk import process
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.notice import Notice
from noticedesk.store import records
from noticedesk.store.backup import back_up
from noticedesk.store.errors import StoreError
from tests.noticedesk.desk.factory import Mail, Web, deliver, opened


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk with one claim, whose last commits stand in the WAL alone because its connections are open."""
    home, web = tmp_path / "home", Web()
    home.mkdir()
    monkeypatch.setenv("NOTICEDESK_HOME", str(home))
    with opened(home, web) as made:
        deliver(home, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
        ingest(made, made.source("inbox"))
        process.run_all(made)
        assert (home / "claims.db-wal").stat().st_size > 0
        yield made


def notices(home: Path) -> list[Notice]:
    with closing(store.open(f"sqlite:///{home / 'claims.db'}")) as db, db.read() as look:
        return records.find(look, Notice)


def run(command: object, *arguments: str) -> str:
    done = CliRunner().invoke(command, arguments)  # type: ignore[arg-type]
    assert done.exit_code == 0, done.output
    return done.output


def test_a_desk_restored_into_an_empty_home_is_whole_and_its_chain_verifies(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = notices(tmp_path / "home")
    run(backup, str(tmp_path / "kept"))
    shutil.copytree(tmp_path / "kept", tmp_path / "new home")
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path / "new home"))
    run(upgrade)
    run(verify)
    restored = notices(tmp_path / "new home")
    assert restored == before
    blobs = store.Blobs(settings.from_environment().blobs_url)
    assert [blobs.get(notice.sha256) for notice in restored] == [desk.blobs.get(notice.sha256) for notice in before]


def test_a_second_backup_copies_only_what_is_new_and_holds_the_newest_state(desk: Desk, tmp_path: Path) -> None:
    run(backup, str(tmp_path / "kept"))
    assert "0 blobs were new" in run(backup, str(tmp_path / "kept"))
    deliver(tmp_path / "home", {"b.eml": Mail(message_id="<2@lind.example>").raw()})
    ingest(desk, desk.source("inbox"))
    assert "0 blobs were new" not in run(backup, str(tmp_path / "kept"))
    assert len(notices(tmp_path / "kept")) == 2


def test_what_was_erased_is_erased_in_the_backup_too(desk: Desk, tmp_path: Path) -> None:
    run(backup, str(tmp_path / "kept"))
    (notice,) = notices(tmp_path / "home")
    desk.blobs.remove(notice.sha256, "the retention period has ended")
    run(backup, str(tmp_path / "kept"))
    with pytest.raises(store.Erased):
        store.Blobs(f"file://{tmp_path / 'kept' / 'blobs'}").get(notice.sha256)
    assert list((tmp_path / "kept" / "blobs").rglob(notice.sha256)) == []


def test_a_backup_of_postgresql_names_its_own_tool(tmp_path: Path) -> None:
    with closing(store.open("postgresql://nobody@127.0.0.1:9/none")) as db, pytest.raises(StoreError, match="pg_dump"):
        back_up(db, tmp_path)
