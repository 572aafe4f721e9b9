"""Hashes of pictures by the digest of their bytes: the truth from which an index in memory is built, and on PostgreSQL
the index itself. They are made from the blobs and go when the bytes are erased.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select, text

from noticedesk.store.columns import written_bits
from noticedesk.store.database import Look, Transaction
from noticedesk.store.tables.signals import hash_rows, hashes

_MANY: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashes:
    """What is kept of one picture: pHash in hexadecimal, PDQ rows of 32 bytes each, and keypoints as one run of bytes.

    `preprocessing` is the version of what made them: those of another version must not be compared.
    """

    sha256: str
    preprocessing: str
    phash: str
    wholes: tuple[bytes, ...]
    points: bytes
    made_at: datetime


def put(tx: Transaction, made: Hashes) -> None:
    """Saves the hashes of one picture in place of those it had."""
    forget(tx, [made.sha256])
    row = {"id": made.sha256, "preprocessing": made.preprocessing, "phash": made.phash, "points": made.points}
    tx.run(insert(hashes), row | {"made_at": made.made_at})
    if made.wholes:
        tx.run(insert(hash_rows), [{"picture": made.sha256, "bits": bits} for bits in made.wholes])


def forget(tx: Transaction, digests: Collection[str]) -> int:
    """Deletes the hashes of these pictures; how many there were."""
    gone = 0
    for some in _chunks(digests):
        tx.run(delete(hash_rows).where(hash_rows.c.picture.in_(some)))
        gone += tx.run(delete(hashes).where(hashes.c.id.in_(some))).rowcount
    return gone


def stream(look: Look, preprocessing: str, digests: Collection[str] | None = None) -> Iterator[Hashes]:
    """The hashes of one version, of these pictures or of all, in the order of their digests."""
    chosen = [None] if digests is None else _chunks(digests)
    for some in chosen:
        query = select(hashes).where(hashes.c.preprocessing == preprocessing).order_by(hashes.c.id)
        for rows in look.run(query if some is None else query.where(hashes.c.id.in_(some))).partitions(_MANY):
            yield from _whole(look, rows)


def within(look: Look, sought: Sequence[bytes], radius: int, among: Collection[str] | None = None) -> dict[str, int]:
    """Every picture with PDQ rows at most `radius` bits from any row sought, and the least distance; exact.

    PostgreSQL counts by itself; from SQLite the rows are read and counted here.
    """
    near = _counted(look, sought, radius) if look.on_postgres else _read(look, sought, radius)
    return near if among is None else {name: far for name, far in near.items() if name in among}


def _whole(look: Look, rows: Sequence[Row[Any]]) -> Iterator[Hashes]:
    ids = [row.id for row in rows]
    wholes: dict[str, list[bytes]] = {one: [] for one in ids}
    query = select(hash_rows.c.picture, hash_rows.c.bits).where(hash_rows.c.picture.in_(ids)).order_by(hash_rows.c.id)
    for area in look.run(query):
        wholes[area.picture].append(area.bits)
    for row in rows:
        yield Hashes(
            sha256=row.id,
            preprocessing=row.preprocessing,
            phash=row.phash,
            wholes=tuple(wholes[row.id]),
            points=row.points,
            made_at=row.made_at,
        )


def _chunks(digests: Collection[str]) -> list[list[str]]:
    ordered = sorted(digests)
    return [ordered[start : start + _MANY] for start in range(0, len(ordered), _MANY)]


_NEAR: Final = text(
    """
    WITH s AS (SELECT DISTINCT bits::bit(256) AS bits FROM unnest(CAST(:sought AS text[])) AS given(bits)),
    near AS (SELECT h.picture, bit_count(h.bits # s.bits) AS far FROM hash_rows h, s)
    SELECT picture, min(far) AS far FROM near WHERE far <= :radius GROUP BY picture"""
)
"""Exact, by what PostgreSQL itself has: an approximate index would let copies through, and pgvector's exact `<~>` reads
every row as this does, but ends the server where it was built for another processor."""


def _counted(look: Look, sought: Sequence[bytes], radius: int) -> dict[str, int]:
    given = {"sought": [written_bits(bits) for bits in sought], "radius": radius}
    return {row.picture: int(row.far) for row in look.run(_NEAR, given)}


def _read(look: Look, sought: Sequence[bytes], radius: int) -> dict[str, int]:
    near: dict[str, int] = {}
    asked = [int.from_bytes(bits) for bits in sought]
    for row in look.run(select(hash_rows.c.picture, hash_rows.c.bits)):
        stored = int.from_bytes(row.bits)
        far = min(((stored ^ one).bit_count() for one in asked), default=radius + 1)
        if far <= radius:
            near[row.picture] = min(near.get(row.picture, far), far)
    return near
