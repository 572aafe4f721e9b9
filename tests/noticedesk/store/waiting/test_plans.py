"""Every read of the queue follows an index: nothing reads a large table from end to end, on neither database."""

import pytest

from noticedesk import store
from noticedesk.store import waiting
from noticedesk.store.waiting import Filters
from tests.noticedesk.store.factory import BOTH, NOON
from tests.noticedesk.store.plans import listening, scanned
from tests.noticedesk.store.waiting.factory import waiting_case
from tests.noticedesk.store.waiting.test_find import FILTERS


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
