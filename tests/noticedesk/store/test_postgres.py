"""What only PostgreSQL does; what both databases do is tested on both where it is tested."""

import threading
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from noticedesk import store
from noticedesk.model.claim import Claim
from noticedesk.store import chain, proof, queue, records
from noticedesk.store.columns import metadata
from noticedesk.store.tables.effects import events
from tests.noticedesk.store.factory import DESK, NOON, claim
from tests.noticedesk.store.test_chain import refuses

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("db", ["postgres"], indirect=True)]


def test_the_migrated_tables_are_those_of_the_metadata(db: store.Database) -> None:
    assert store.is_current(db)
    with db.read() as look:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(look.connection, opts=options)
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'nobody' WHERE seq = 1",
        "DELETE FROM events WHERE seq = 1",
        "TRUNCATE events",
        "DELETE FROM chain_head",
        "TRUNCATE chain_head",
        "UPDATE chain_head SET seq = 0",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(db: store.Database, statement: str) -> None:
    refuses(db, statement)


@pytest.mark.parametrize("column", [column.name for column in events.columns])
def test_a_changed_column_names_the_row(db: store.Database, column: str) -> None:
    with db.write() as tx:
        for number in range(1, 8):
            chain.append(tx, DESK, "x", "S", f"C-{number % 3}", {"n": number})
    assert proof.verify(db) == []
    changed = {"seq": "100", "person": "NOT person"}.get(column, f"overlay({column} placing '!' from 5)")
    with db.write() as tx:
        tx.run(text("SET LOCAL session_replication_role = replica"))
        tx.run(text(f"UPDATE events SET {column} = {changed} WHERE seq = 4"))
    assert (100 if column == "seq" else 4) in {broken.seq for broken in proof.verify(db)}


def test_counted_tables_tell_how_much_is_in_them(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, [claim() for _ in range(4)])
    store.analyze(db)
    with db.read() as look:
        counted = look.run(text("SELECT reltuples FROM pg_class WHERE relname = 'claims'")).scalar_one()
    assert counted == 4


def test_work_that_another_transaction_is_leasing_is_passed_over(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, [claim() for _ in range(4)])
    with db.write(logged=False) as one, db.write(logged=False) as two:
        first = queue.lease(one, Claim, ["received"], "one", NOON, limit=3)
        second = queue.lease(two, Claim, ["received"], "two", NOON, limit=3)
    assert (len(first), len(second), set(first) & set(second)) == (3, 1, set())


def test_a_source_that_another_transaction_is_leasing_is_not_leased(db: store.Database) -> None:
    taken: list[store.Checkpoint | None] = []

    def second() -> None:
        with db.write(logged=False) as two:
            taken.append(queue.source_lease(two, "mail", "two", NOON))

    waiting = threading.Thread(target=second)
    with db.write(logged=False) as one:
        taken.append(queue.source_lease(one, "mail", "one", NOON))
        waiting.start()
        waiting.join(timeout=0.3)
    waiting.join()
    assert taken == [store.Checkpoint(id="mail"), None]


def test_where_the_extension_may_not_be_made_the_upgrade_says_who_makes_it_and_changes_nothing(
    db: store.Database,
) -> None:
    with db.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        for statement in ("CREATE ROLE poor LOGIN", "CREATE DATABASE poor", "REVOKE ALL ON DATABASE poor FROM public"):
            server.execute(text(statement))
        server.execute(text("GRANT CONNECT ON DATABASE poor TO poor"))
    with closing(store.open(_url(db, database="poor"))) as of_administrator:
        with of_administrator.write(logged=False) as tx:
            tx.run(text("GRANT ALL ON SCHEMA public TO poor"))
        with closing(store.open(_url(db, database="poor", username="poor"))) as poor:
            with pytest.raises(store.StoreError, match=r"pg_trgm.*administrator"):
                store.migrate(poor)
            assert not store.is_current(poor)
            with of_administrator.write(logged=False) as tx:
                tx.run(text("CREATE EXTENSION pg_trgm"))
            store.migrate(poor)
            assert store.is_current(poor)


def _url(db: store.Database, **other: str) -> str:
    return db.url.set(**other).render_as_string(hide_password=False)
