"""A desk in use is brought up to date from every step there ever was, and nothing that it holds is lost."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, insert, make_url, select, text, update
from sqlalchemy.engine import URL

from noticedesk import store
from noticedesk.store import chain, records, schema
from noticedesk.store.tables import TABLE_OF
from tests.noticedesk.store.factory import DESK
from tests.noticedesk.store.one_of_each import one_of_each

Rows = dict[str, list[dict[str, Any]]]

QUEUE = frozenset({"waits", "wait_words"})
"""Made anew from the rest after a step."""


def steps() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    return config


EVERY = [step.revision for step in ScriptDirectory.from_config(steps()).walk_revisions()][::-1]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> URL:
    """Where databases of one kind are made."""
    if request.param == "sqlite":
        return make_url(f"sqlite:///{tmp_path_factory.mktemp('desks') / 'desk'}")
    server: store.Database = request.getfixturevalue("migrated_server")
    return server.url


@contextmanager
def made(place: URL, name: str) -> Iterator[store.Database]:
    """An empty database beside the others."""
    if place.get_backend_name() == "sqlite":
        url = place.set(database=f"{place.database}-{name}.db")
    else:
        url = place.set(database=f"step_{name}")
        engine = create_engine(place, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {url.database}"))
        engine.dispose()
    db = store.open(url.render_as_string(hide_password=False))
    yield db
    db.close()


@pytest.fixture(scope="module")
def held(place: URL) -> Rows:
    """The rows of a desk that holds one noun of each kind."""
    with made(place, "newest") as db:
        store.migrate(db)
        with db.write() as tx:
            records.add(tx, one_of_each())
            chain.append(tx, DESK, "claim.opened", "X-claims", "X-claims", {})
        with db.read() as look:
            return rows(look)


def rows(look: store.Look) -> Rows:
    """Every row of the tables that hold any, as the database keeps it, without the mark of alembic."""
    there = MetaData()
    there.reflect(look.connection)
    kept = [table for table in there.sorted_tables if table.name != "alembic_version"]
    found = {table.name: [dict(row) for row in look.run(select(table)).mappings()] for table in kept}
    return {name: of_table for name, of_table in found.items() if of_table}


def filled(db: store.Database, step: str, held: Rows, full: Iterable[str]) -> Rows:
    """Takes the step and puts rows into the tables that it made; returns them."""
    with db.write() as tx:
        config, there = steps(), MetaData()
        config.attributes["connection"] = tx.connection
        command.upgrade(config, step)
        there.reflect(tx.connection)
        given = {}
        for table in there.sorted_tables:
            if table.name in held and table.name not in full:
                given[table.name] = [
                    {column.name: row[column.name] for column in table.columns} for row in held[table.name]
                ]
                # a log that is there has an end from the beginning, which is moved and never removed
                put = update(table) if table.name == "chain_head" else insert(table)
                tx.run(put, given[table.name])
    return given


def test_a_desk_in_use_from_the_first_step_on_keeps_all_that_it_holds_through_the_others(
    place: URL, held: Rows
) -> None:
    with made(place, "old") as db:
        put: Rows = {}
        for step in EVERY[:-1]:
            put |= filled(db, step, held, put)
        store.migrate(db)
        with db.read() as look:
            kept = rows(look)
            assert all(len(records.find(look, noun)) == len(held[table.name]) for noun, table in TABLE_OF.items())
            assert look.on_postgres or not look.run(text("PRAGMA foreign_key_check")).all()
    for table in put.keys() - QUEUE:
        assert [{name: row[name] for name in put[table][0]} for row in kept[table]] == put[table], table


def test_the_desk_that_the_steps_are_tried_on_holds_a_row_of_every_noun(held: Rows) -> None:
    assert [table.name for table in TABLE_OF.values() if len(held[table.name]) != 1] == []


def test_the_newest_step_is_the_last_one_in_the_folder() -> None:
    assert EVERY[-1] == schema.NEWEST
