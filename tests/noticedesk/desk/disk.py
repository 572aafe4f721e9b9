"""A disk that is full: what is written to the database is refused for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from noticedesk.desk.desk import Desk


@contextmanager
def full_disk(desk: Desk, times: int = 1, at: str = "UPDATE outbox SET state") -> Iterator[list[str]]:
    """Lets the statements that begin so fail as SQLite does on a full disk."""
    refused: list[str] = []

    def refuse(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith(at) and len(refused) < times:
            refused.append(statement)
            raise OperationalError(statement, {}, Exception("database or disk is full"))

    event.listen(desk.db.writer, "before_cursor_execute", refuse)
    try:
        yield refused
    finally:
        event.remove(desk.db.writer, "before_cursor_execute", refuse)
