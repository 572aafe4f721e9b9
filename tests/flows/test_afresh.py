"""What an earlier serve left in Prefect's database does not come back to life."""

import sqlite3
from contextlib import closing
from pathlib import Path

from flows.afresh import clean


def test_unfinished_runs_and_deployments_are_put_away_and_history_stays(tmp_path: Path) -> None:
    path = tmp_path / "prefect.db"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE flow_run (id TEXT, state_type TEXT)")
        made.execute("CREATE TABLE deployment (id TEXT)")
        made.execute(
            "INSERT INTO flow_run VALUES ('a', 'RUNNING'), ('b', 'SCHEDULED'), ('c', 'COMPLETED'), ('d', 'FAILED')"
        )
        made.execute("INSERT INTO deployment VALUES ('a source of last week')")
    clean(path)
    with closing(sqlite3.connect(path)) as seen:
        assert seen.execute("SELECT id FROM flow_run").fetchall() == [("c",), ("d",)]
        assert seen.execute("SELECT count(*) FROM deployment").fetchone() == (0,)


def test_a_database_that_cannot_be_cleaned_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "prefect.db"
    path.write_bytes(b"this is no database, and long enough to show it " * 100)
    (tmp_path / "prefect.db-wal").write_bytes(b"nor this")
    clean(path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_database_there_is_nothing_to_do(tmp_path: Path) -> None:
    clean(tmp_path / "prefect.db")
    assert list(tmp_path.iterdir()) == []
