"""A fresh, migrated SQLite database a test; the migration runs once and its file is copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from noticedesk import store


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "template.db"
    db = store.open(f"sqlite:///{path}")
    store.migrate(db)
    db.close()
    return path


@pytest.fixture
def db(migrated_file: Path, tmp_path: Path) -> Iterator[store.Database]:
    path = tmp_path / "claims.db"
    shutil.copy(migrated_file, path)
    opened = store.open(f"sqlite:///{path}")
    yield opened
    opened.close()
