"""Whole pictures searched where they are kept: PostgreSQL counts the bits itself, and a run loads none of them."""

from collections.abc import Set as AbstractSet

from matchers.index import Bits
from noticedesk import store
from noticedesk.store import hashes


class StoredWholes:
    """The hashes of these pictures in the database, as an index asks for them; saved and erased elsewhere."""

    def __init__(self, db: store.Database, names: AbstractSet[str]) -> None:
        self._db = db
        self._names = set(names)

    def add(self, name: str, bits: Bits) -> None:
        """Lets a picture be found whose rows are in the database already."""
        self._names.add(name)

    def remove(self, name: str) -> None:
        """Lets a picture be found no more; its rows stay until its bytes are erased."""
        self._names.discard(name)

    def within(self, sought: Bits, radius: int) -> dict[str, int]:
        """Every picture with a row at most `radius` bits from any row sought, and the least distance; exact."""
        with self._db.read() as look:
            return hashes.within(look, [row.tobytes() for row in sought], radius, self._names)
