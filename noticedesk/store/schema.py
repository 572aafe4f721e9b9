"""Bringing a database up to date, and saying whether it is."""

from pathlib import Path
from typing import Final

from sqlalchemy import inspect, text

from noticedesk.store import views, waiting
from noticedesk.store.database import Database, Look

NEWEST: Final = "0018"
"""The last step in migrations/versions."""

_STEPS: Final = Path(__file__).parent / "migrations"


def migrate(db: Database) -> None:
    """Takes every missing step, all or none, and makes the analysts' views anew; several processes may ask at once."""
    # alembic takes a second to import, and only a migration needs it
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    with db.write() as tx:
        before = _step(tx)
        config.attributes["connection"] = tx.connection
        command.upgrade(config, "head")
        views.make_anew(tx)
        if before != NEWEST:
            waiting.rebuild(tx)


def is_current(db: Database) -> bool:
    """Whether the tables are those that this version of noticedesk works with."""
    with db.read() as look:
        return _step(look) == NEWEST


def _step(look: Look) -> str | None:
    if not inspect(look.connection).has_table("alembic_version"):
        return None
    return look.run(text("SELECT version_num FROM alembic_version")).scalar()


def analyze(db: Database) -> None:
    """Lets the database count what is in its tables, so that it chooses indexes well: daily, and after very much came.

    PostgreSQL also forgets the rows that are gone, without which no index tells what is there. SQLite looks at so many
    rows of each index only: who writes waits ten seconds with a million claims.
    """
    if db.url.get_backend_name() == "postgresql":
        with db.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))
        return
    with db.write(logged=False) as tx:
        tx.run(text("PRAGMA analysis_limit = 200000"))
        tx.run(text("ANALYZE"))
