"""A clean start: what an earlier `serve` left unfinished in Prefect's database is put away."""

import sqlite3
from contextlib import closing
from pathlib import Path

_UNFINISHED = ("SCHEDULED", "PENDING", "RUNNING", "PAUSED", "CANCELLING")


def clean(database: Path) -> None:
    """Deletes unfinished runs, of which none is alive while nobody serves this home, and what was deployed.

    What they were about is in the claims database, where their leases expire. It is done before Prefect's server
    starts, whose services lock the database. One that cannot be cleaned is deleted: nothing in it is a record.
    """
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database, timeout=10)) as connection, connection:
            connection.execute("PRAGMA foreign_keys=ON")
            marks = ", ".join("?" * len(_UNFINISHED))
            connection.execute(f"DELETE FROM flow_run WHERE state_type IN ({marks})", _UNFINISHED)
            connection.execute("DELETE FROM deployment")
    except sqlite3.DatabaseError:
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()
