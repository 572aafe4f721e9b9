import multiprocessing
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from noticedesk import store
from noticedesk.model.claim import Claim
from noticedesk.store import database, records
from tests.noticedesk.store.factory import BOTH, claim
from tests.noticedesk.store.plans import listening


@BOTH
def test_a_transaction_saves_all_or_nothing(db: store.Database) -> None:
    with pytest.raises(RuntimeError), db.write() as tx:
        records.add(tx, claim())
        raise RuntimeError
    with db.read() as look:
        assert records.count(look, Claim) == 0


@BOTH
def test_what_fails_in_an_attempt_is_taken_back_alone(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, kept := claim())
        with pytest.raises(store.Conflict), tx.attempt():
            records.add(tx, claim())
            records.add(tx, kept)
        records.add(tx, also := claim())
    with db.read() as look:
        assert records.find(look, Claim) == [kept, also]


@BOTH
def test_what_a_view_has_read_is_not_asked_again(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, of := claim(principal="acme"))
    with db.read() as look, listening(db) as asked:
        for _ in range(3):
            assert records.get(look, Claim, of.id) == of
            assert records.find(look, Claim, principal="acme", hold=False) == [of]
        assert len(asked) == 2


@BOTH
def test_a_transaction_reads_what_it_has_written(db: store.Database) -> None:
    with db.write() as tx:
        assert records.find(tx, Claim, principal="acme") == []
        records.add(tx, of := claim(principal="acme"))
        assert records.find(tx, Claim, principal="acme") == [of]
        changed = records.replace(tx, replace(of, principal="zenith"))
        assert (records.get(tx, Claim, of.id), records.find(tx, Claim, principal="acme")) == (changed, [])
        tx.run(text("UPDATE claims SET principal = 'by hand'"))
        assert records.get(tx, Claim, of.id).principal == "by hand"


@BOTH
def test_a_transaction_forgets_what_was_taken_back(db: store.Database) -> None:
    with db.write() as tx:
        with pytest.raises(RuntimeError), tx.attempt():
            records.add(tx, claim())
            assert records.count(tx, Claim) == len(records.find(tx, Claim)) == 1
            raise RuntimeError
        assert records.find(tx, Claim) == []


@BOTH
def test_a_list_that_was_read_is_the_readers_own(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, of := claim())
    with db.read() as look:
        records.find(look, Claim).clear()
        assert records.find(look, Claim) == [of]


@BOTH
def test_a_look_changes_nothing(db: store.Database) -> None:
    with db.read() as look, pytest.raises(store.StoreError, match=r"read-?only"):
        look.run(text("DELETE FROM claims"))


@BOTH
def test_a_look_sees_one_state_while_others_write(db: store.Database) -> None:
    with db.read() as look:
        assert records.count(look, Claim) == 0
        with db.write() as tx:
            records.add(tx, claim())
        assert records.count(look, Claim) == 0
    with db.read() as look:
        assert records.count(look, Claim) == 1


@BOTH
def test_a_second_writer_waits_for_the_first(db: store.Database) -> None:
    began, order = threading.Event(), []

    def second() -> None:
        began.set()
        with db.write():
            order.append("second")

    waiting = threading.Thread(target=second)
    with db.write():
        waiting.start()
        began.wait()
        waiting.join(timeout=0.2)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_a_database_without_tables_says_what_to_do(tmp_path: Path) -> None:
    db = store.open(f"sqlite:///{tmp_path / 'new' / 'claims.db'}")
    with pytest.raises(store.Unprepared, match="noticedesk db upgrade"), db.read() as look:
        records.count(look, Claim)
    db.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(store.StoreError, match="name a file"):
        store.open(url)


def test_an_unknown_database_is_refused() -> None:
    with pytest.raises(store.StoreError, match="use sqlite or postgresql"):
        store.open("mysql://localhost/claims")


def test_postgres_urls_of_every_spelling_use_one_driver() -> None:
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        assert store.open(f"{scheme}://desk@localhost/claims").url.drivername == "postgresql+psycopg"


@BOTH
def test_errors_do_not_repeat_what_was_to_be_saved(db: store.Database) -> None:
    with pytest.raises(store.Conflict) as refused, db.write() as tx:
        records.add(tx, claim(principal="Jane Doe", linked="C-0"))
    chain: BaseException | None = refused.value
    while chain:
        assert "Jane" not in str(chain)
        chain = chain.__cause__


def test_a_writer_that_waits_too_long_is_told_to_try_again(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.05)
    impatient = store.open(f"sqlite:///{migrated_file}")
    with pytest.raises(store.Busy, match="try again"), impatient.write(), impatient.write():
        pass
    impatient.close()


def _die_while_writing(url: str) -> None:
    with store.open(url).write() as tx:
        records.add(tx, claim())
        os._exit(9)


@BOTH
def test_a_writer_that_dies_leaves_nothing_and_holds_up_nobody(db: store.Database) -> None:
    dying = multiprocessing.get_context("forkserver").Process(
        target=_die_while_writing, args=(db.url.render_as_string(hide_password=False),)
    )
    dying.start()
    dying.join()
    assert dying.exitcode == 9
    with db.write() as tx:
        assert records.count(tx, Claim) == 0


def _migrate(url: str) -> None:
    db = store.open(url)
    store.migrate(db)
    db.close()


def test_four_processes_may_prepare_a_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'claims.db'}"
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["noticedesk.store"])
    workers = [processes.Process(target=_migrate, args=(url,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
