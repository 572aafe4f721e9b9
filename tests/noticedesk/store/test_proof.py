import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from sqlite3 import Connection, connect

import pytest

from noticedesk import store
from noticedesk.model.event import Actor, Event
from noticedesk.store import chain, proof, records
from noticedesk.store.proof import Break
from noticedesk.store.tables.effects import events
from tests.noticedesk.store.factory import DESK

ROWS = 12
COLUMNS = [column.name for column in events.columns]


@pytest.fixture
def log(db: store.Database) -> store.Database:
    """Twelve events of three claims, the last of none."""
    with db.write() as tx:
        for number in range(1, ROWS):
            chain.append(
                tx, Actor(name=f"P-{number}", person=number % 2 == 0), "x", "S", f"C-{number % 3}", {"n": number}
            )
        chain.append(tx, DESK, "x", "S", None)
    return db


@contextmanager
def tampering(db: store.Database) -> Iterator[Connection]:
    """The database as somebody opens it who has the file: without its triggers."""
    assert db.url.database
    with closing(connect(db.url.database)) as file, file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        yield file


def flipped(value: object, place: int) -> object:
    """The value with one byte changed."""
    if isinstance(value, int):
        return value ^ 1
    text = str(value)
    return text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]


def test_a_log_as_it_was_written_is_sound(log: store.Database) -> None:
    assert proof.verify(log) == []
    assert all(proof.verify_claim(log, f"C-{n}") == [] for n in range(3))


def test_an_empty_log_is_sound(db: store.Database) -> None:
    assert proof.verify(db) == []


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "seq"])
def test_any_byte_changed_in_any_column_names_the_row(log: store.Database, column: str) -> None:
    with tampering(log) as file:
        (value,) = file.execute(f"SELECT {column} FROM events WHERE seq = 5").fetchone()
        file.commit()
        for place in range(1 if isinstance(value, int) else len(value)):
            file.execute(f"UPDATE events SET {column} = ? WHERE seq = 5", (flipped(value, place),))
            file.commit()
            assert 5 in {broken.seq for broken in proof.verify(log)}
        file.execute(f"UPDATE events SET {column} = ? WHERE seq = 5", (value,))
    assert proof.verify(log) == []


@pytest.mark.parametrize("seq", [1, 11, ROWS])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_changed_in_the_first_or_last_row_names_the_row(log: store.Database, column: str, seq: int) -> None:
    changed = "100" if column == "seq" else "''"
    with tampering(log) as file:
        file.execute(f"UPDATE events SET {column} = {changed} WHERE seq = ?", (seq,))
    assert (100 if column == "seq" else seq) in {broken.seq for broken in proof.verify(log)}


def test_one_changed_row_is_named_once_and_its_neighbours_are_not(log: store.Database) -> None:
    with tampering(log) as file:
        file.execute("UPDATE events SET actor = 'nobody' WHERE seq = 5")
    assert proof.verify(log) == [Break(seq=5, what="its hash is not that of its content")]
    assert proof.verify_claim(log, "C-2") == [Break(seq=5, what="its hash is not that of its content")]
    assert proof.verify_claim(log, "C-1") == []


@pytest.mark.parametrize(
    "change",
    [
        "at = replace(at, 'Z', '+00:00')",
        "person = 2",
        "details = replace(details, ':', ': ')",
        "details = '{\"n\":5.0}'",
        "details = 'no json'",
        "actor = CAST(actor AS BLOB)",
        "claim = NULL",
    ],
)
def test_a_change_that_reads_the_same_is_found_too(log: store.Database, change: str) -> None:
    with tampering(log) as file:
        file.execute(f"UPDATE events SET {change} WHERE seq = 5")
    assert 5 in {broken.seq for broken in proof.verify(log)}


def _rewritten(file: Connection, seq: int) -> None:
    """One row, changed and given the hash of its new content, by somebody who knows how the log is made."""
    file.execute("UPDATE events SET actor = 'nobody' WHERE seq = ?", (seq,))
    values = dict(zip(COLUMNS, file.execute("SELECT * FROM events WHERE seq = ?", (seq,)).fetchone(), strict=True))
    del values["hash"]
    values |= {"person": bool(values["person"]), "details": json.loads(values["details"])}
    file.execute("UPDATE events SET hash = ? WHERE seq = ?", (chain.digest_of(values), seq))


def test_a_row_with_a_hash_made_to_fit_is_found_by_the_next(log: store.Database) -> None:
    with tampering(log) as file:
        _rewritten(file, 5)
    assert [broken.seq for broken in proof.verify(log)] == [6, 8]
    assert "row 5" in proof.verify(log)[0].what


def test_a_last_row_with_a_hash_made_to_fit_is_found_by_the_head(log: store.Database) -> None:
    with tampering(log) as file:
        _rewritten(file, ROWS)
    assert proof.verify(log) == [Break(seq=ROWS, what="is not the last row that was written")]


def test_a_removed_row_is_found_by_the_one_after_it(log: store.Database) -> None:
    with tampering(log) as file:
        file.execute("DELETE FROM events WHERE seq = 5")
    assert proof.verify(log)[0] == Break(seq=6, what="stands where 5 should: rows are missing, moved or inserted")


def test_a_cut_tail_is_found_by_the_head(log: store.Database) -> None:
    with tampering(log) as file:
        file.execute("DELETE FROM events WHERE seq > 9")
    assert proof.verify(log) == [Break(seq=9, what="is the last row, but 12 were written: the tail was cut off")]


def test_a_log_without_its_head_is_unsound_and_takes_no_event(log: store.Database) -> None:
    with tampering(log) as file:
        file.execute("DELETE FROM chain_head")
    assert [broken.what for broken in proof.verify(log)] == ["the row that says where the log ends is missing"]
    with pytest.raises(store.StoreError, match="lost the row"), log.write() as tx:
        chain.append(tx, DESK, "x", "S", None)


def test_only_an_anchor_finds_a_tail_that_was_cut_together_with_its_head(log: store.Database) -> None:
    with log.read() as look:
        anchor = chain.head(look)
    with tampering(log) as file:
        file.execute("DELETE FROM events WHERE seq > 9")
        file.execute("UPDATE chain_head SET (seq, hash) = (SELECT seq, hash FROM events WHERE seq = 9)")
    assert proof.verify(log) == []
    assert proof.verify(log, [anchor]) == [Break(seq=12, what="was anchored and is missing: the tail was cut off")]


def test_only_an_anchor_finds_a_log_that_was_rewritten_to_its_end(log: store.Database) -> None:
    with log.read() as look:
        anchor = chain.head(look)
    with tampering(log) as file:
        _rewritten(file, ROWS)
        file.execute("UPDATE chain_head SET hash = (SELECT hash FROM events WHERE seq = ?)", (ROWS,))
    assert proof.verify(log) == []
    assert [broken.seq for broken in proof.verify(log, [anchor])] == [ROWS]


def test_the_events_of_a_claim_prove_themselves_without_the_log(log: store.Database) -> None:
    with log.read() as look:
        bundle = records.find(look, Event, claim="C-1")
    assert len(bundle) == 4
    assert proof.prove(bundle) == []
    assert [broken.seq for broken in proof.prove(bundle[1:])] == [bundle[1].seq]
    assert [broken.seq for broken in proof.prove([bundle[0], *bundle[2:]])] == [bundle[2].seq]
    changed = [bundle[0], replace(bundle[1], act="y"), *bundle[2:]]
    assert [broken.seq for broken in proof.prove(changed)] == [bundle[1].seq]
