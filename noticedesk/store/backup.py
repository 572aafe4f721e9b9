"""A backup of a desk that goes on working: the database first, then the blobs that it speaks of."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from noticedesk.store.blobs import TOMBSTONE
from noticedesk.store.database import Database
from noticedesk.store.errors import StoreError


def back_up(db: Database, folder: Path) -> Path:
    """Copies a SQLite database as of one instant, with what its WAL still holds; where the copy lies.

    An earlier copy there is replaced in one step. Raises StoreError for PostgreSQL, which brings pg_dump.
    """
    if db.url.get_backend_name() != "sqlite":
        raise StoreError("a PostgreSQL database is backed up by pg_dump; this copies SQLite alone")
    folder.mkdir(parents=True, exist_ok=True)
    copy, half = folder / "claims.db", folder / "claims.db.part"
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(str(db.url.database))) as source, closing(sqlite3.connect(half)) as target:
        source.backup(target)
    half.replace(copy)
    return copy


def back_up_blobs(blobs: Path, folder: Path) -> int:
    """Copies every blob that is not there yet; how many. A blob never changes, so its name is enough to know it.

    It comes after the database: bytes are kept before the row that speaks of them, so none of the copy is without its.
    What was erased since is erased in the copy too.
    """
    copied = 0
    for path in sorted(path for path in blobs.rglob("*") if path.is_file()):
        copy = folder / path.relative_to(blobs)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            half = copy.with_name(f"{copy.name}.part")
            shutil.copyfile(path, half)
            half.replace(copy)
            copied += 1
        if copy.suffix == TOMBSTONE:
            copy.with_suffix("").unlink(missing_ok=True)
    return copied
