"""Every read of the queue follows an index: nothing reads a large table from end to end, on neither database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from noticedesk import store
from noticedesk.store import waiting
from noticedesk.store.waiting import Filters
from tests.noticedesk.store.factory import BOTH, NOON
from tests.noticedesk.store.waiting.factory import waiting_case
from tests.noticedesk.store.waiting.test_find import FILTERS

Asked = list[tuple[str, Any]]

LARGE = (
    "waits", "wait_words", "allegations", "claims", "decisions", "listings", "works", "findings", "evidence",
    "proposals", "notices", "restrictions", "rights", "parties", "letters", "clocks", "events",
)  # fmt: skip


@contextmanager
def listening(db: store.Database) -> Iterator[Asked]:
    asked: Asked = []

    def hear(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        asked.append((sql, values))

    event.listen(db.reader, "before_cursor_execute", hear)
    yield asked
    event.remove(db.reader, "before_cursor_execute", hear)


def scanned(look: store.Look, asked: Asked) -> list[str]:
    """The tables that the statements read from end to end, though an index could be used."""
    found: list[str] = []
    if look.on_postgres:
        # with little in the tables a scan would be cheapest: forbidden, it is taken only where no index can serve
        look.run(text("SET LOCAL enable_seqscan = off"))
    for sql, values in asked:
        if not sql.lstrip().startswith(("SELECT", "WITH")):
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


def filled(db: store.Database) -> str:
    with db.write() as tx:
        made = [waiting_case(tx, due=n, score=n / 10, seller="shop9", mark="ACME", title="red shoe") for n in range(9)]
    return made[0].id


EVERY = [Filters(), Filters(aside_at=NOON), *(given for _, given in FILTERS)]


@pytest.mark.parametrize("filters", EVERY, ids=lambda value: str(value)[:40])
@BOTH
def test_a_page_a_count_and_the_next_case_follow_indexes(db: store.Database, filters: Filters) -> None:
    filled(db)
    with db.read() as look, listening(db) as asked:
        first = waiting.line(look, filters, limit=2)
        waiting.line(look, filters, first.after or "1~2026-03-02T12:00:00Z~5~A-1", limit=2)
        waiting.count(look, filters)
        waiting.first_for(look, "P-1", filters, NOON)
        waiting.groups(look, first.items)
        statements = list(asked)
        assert len(statements) > 3
        assert scanned(look, statements) == []


def test_a_page_in_the_order_of_the_queue_sorts_nothing(on_sqlite: store.Database) -> None:
    filled(on_sqlite)
    plain = [Filters(), *(given for _, given in FILTERS if not given.text and not given.flag)]
    with on_sqlite.read() as look:
        for filters in plain:
            with listening(on_sqlite) as asked:
                waiting.line(look, filters)
            for sql, values in asked:
                plan = str(look.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all())
                assert "TEMP B-TREE" not in plan, (filters, plan)


@BOTH
def test_precedents_follow_indexes(db: store.Database) -> None:
    of = filled(db)
    with db.read() as look, listening(db) as asked:
        waiting.precedents(look, of)
        statements = list(asked)
        assert len(statements) > 5
        assert scanned(look, statements) == []


def test_a_statement_without_an_index_is_noticed(on_sqlite: store.Database) -> None:
    with on_sqlite.read() as look:
        assert scanned(look, [("SELECT * FROM waits WHERE about = 'x'", ())]) == ["waits"]
        assert scanned(look, [("SELECT * FROM waits WHERE subject = 'x'", ())]) == []
