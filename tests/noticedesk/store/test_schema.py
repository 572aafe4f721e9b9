from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from noticedesk import store
from noticedesk.store.columns import metadata


def test_the_migrated_tables_are_those_of_the_metadata(db: store.Database) -> None:
    with db.read() as look:
        context = MigrationContext.configure(
            look.connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_a_database_is_current_once_it_is_migrated_and_migrating_again_changes_nothing(tmp_path: Path) -> None:
    db = store.open(f"sqlite:///{tmp_path / 'claims.db'}")
    assert not store.is_current(db)
    store.migrate(db)
    assert store.is_current(db)
    store.migrate(db)
    assert store.is_current(db)
    db.close()
