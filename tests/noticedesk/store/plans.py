"""What statements a database was asked, and which tables they read from end to end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from noticedesk import store

Asked = list[tuple[str, Any]]

LARGE = (
    "waits", "wait_words", "allegations", "claims", "decisions", "listings", "works", "findings", "evidence",
    "proposals", "notices", "restrictions", "rights", "parties", "letters", "clocks", "events", "escalations",
    "inquiries",
)  # fmt: skip


@contextmanager
def listening(db: store.Database) -> Iterator[Asked]:
    asked: Asked = []

    def hear(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        asked.append((sql, values))

    for engine in (db.reader, db.writer):
        event.listen(engine, "before_cursor_execute", hear)
    yield asked
    for engine in (db.reader, db.writer):
        event.remove(engine, "before_cursor_execute", hear)


def scanned(look: store.Look, asked: Asked) -> list[str]:
    """The tables that the statements read from end to end, though an index could be used."""
    found: list[str] = []
    if look.on_postgres:
        # with little in the tables a scan would be cheapest: forbidden, it is taken only where no index can serve
        look.run(text("SET LOCAL enable_seqscan = off"))
    for sql, values in asked:
        if not sql.lstrip().startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
            continue
        if look.on_postgres:
            plan = look.connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", values).scalar_one()
            found += [node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if node["Node Type"] == "Seq Scan"]
        else:
            for row in look.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values):
                step = row[3].split()
                if step[0] == "SCAN" and "INDEX" not in step and step[1] in LARGE:
                    found.append(step[1])
    return found


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)
