import multiprocessing

import pytest
import time_machine
from sqlalchemy import text

from noticedesk import store
from noticedesk.model.event import Actor, Event
from noticedesk.store import chain, proof, records
from noticedesk.store.chain import GENESIS, Entry
from tests.noticedesk.store.factory import BOTH, DESK, NOON


@BOTH
def test_an_event_names_the_one_before_it_and_the_one_before_it_of_its_claim(db: store.Database) -> None:
    with db.write() as tx:
        first = chain.append(tx, DESK, "claim.opened", "C-1", "C-1")
        other = chain.append(tx, DESK, "claim.opened", "C-2", "C-2")
        second = chain.append(tx, DESK, "claim.checked", "C-1", "C-1")
        nobody = chain.append(tx, DESK, "person.added", "P-1", None)
    assert [first.prev, other.prev, second.prev, nobody.prev] == [GENESIS, first.hash, other.hash, second.hash]
    assert [first.claim_prev, other.claim_prev, second.claim_prev] == [GENESIS, GENESIS, first.hash]
    assert nobody.claim_prev == GENESIS
    with db.read() as look:
        assert chain.head(look) == chain.Head(seq=4, hash=nobody.hash)


@time_machine.travel(NOON, tick=False)
@BOTH
def test_the_hash_of_an_event_never_changes_with_a_new_version(db: store.Database) -> None:
    with db.write() as tx:
        event = chain.append(tx, Actor(name="P-1", person=True), "claim.opened", "C-1", "C-1", {"why": "ü", "n": 1})
    assert event.hash == "76ef360293a72357698fc13351226a6a8140fa6ccee5f3b566d6abacd8be5ddd"


@BOTH
def test_events_appended_together_are_chained_in_their_order(db: store.Database) -> None:
    with db.write() as tx:
        made = chain.append_all(
            tx, [Entry(actor=DESK, act="x", subject=f"C-{n % 3}", claim=f"C-{n % 3}") for n in range(9)]
        )
    assert [event.seq for event in made] == list(range(1, 10))
    assert made[8].claim_prev == made[5].hash
    assert proof.verify(db) == []


@BOTH
def test_what_a_transaction_takes_back_leaves_no_event(db: store.Database) -> None:
    with pytest.raises(RuntimeError), db.write() as tx:
        chain.append(tx, DESK, "x", "C-1", "C-1")
        raise RuntimeError
    with db.write() as tx:
        with pytest.raises(RuntimeError), tx.attempt():
            chain.append(tx, DESK, "y", "C-1", "C-1")
            raise RuntimeError
        assert chain.append(tx, DESK, "z", "C-1", "C-1").seq == 1
    assert proof.verify(db) == []


@BOTH
def test_details_hold_no_fraction_and_nothing_nested(db: store.Database) -> None:
    with db.write() as tx:
        with pytest.raises(store.StoreError, match="detail score is a float"):
            chain.append(tx, DESK, "x", "C-1", None, {"score": 0.5})  # type: ignore[dict-item]
        with pytest.raises(store.StoreError, match="detail list is a list"):
            chain.append(tx, DESK, "x", "C-1", None, {"list": []})  # type: ignore[dict-item]


@BOTH
def test_nothing_happens_without_an_actor(db: store.Database) -> None:
    with db.write() as tx, pytest.raises(store.StoreError, match="without an actor"):
        chain.append(tx, Actor(name=""), "x", "C-1", None)


@BOTH
def test_a_transaction_that_is_not_logged_appends_nothing(db: store.Database) -> None:
    with pytest.raises(store.StoreError, match="logged=False"), db.write(logged=False) as tx:
        chain.append(tx, DESK, "x", "C-1", None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'nobody' WHERE seq = 1",
        "DELETE FROM events WHERE seq = 1",
        "INSERT OR REPLACE INTO events SELECT seq, at, 'nobody', person, act, subject, claim, details, prev,"
        " claim_prev, hash FROM events WHERE seq = 1",
        "DELETE FROM chain_head",
        "UPDATE chain_head SET seq = 0",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(db: store.Database, statement: str) -> None:
    refuses(db, statement)


def refuses(db: store.Database, statement: str) -> None:
    """Asserts that a statement upon a log of one event is refused and leaves it."""
    with db.write() as tx:
        kept = chain.append(tx, DESK, "x", "C-1", "C-1")
    with pytest.raises(store.StoreError, match=r"append-only|only grows|never removed"), db.write() as tx:
        tx.run(text(statement))
    with db.read() as look:
        assert records.find(look, Event) == [kept]


def _append(url: str, count: int) -> None:
    db = store.open(url)
    for number in range(count):
        with db.write() as tx:
            chain.append(tx, DESK, "soak.appended", f"C-{number % 7}", f"C-{number % 7}", {"number": number})
    db.close()


@pytest.mark.parametrize("each", [25, pytest.param(2000, marks=pytest.mark.soak)])
@BOTH
def test_four_processes_append_at_once_and_the_log_does_not_fork(db: store.Database, each: int) -> None:
    url = db.url.render_as_string(hide_password=False)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["noticedesk.store"])
    writers = [processes.Process(target=_append, args=(url, each)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    assert proof.verify(db) == []
    with db.read() as look:
        assert chain.head(look).seq == records.count(look, Event) == 4 * each
