"""Hashes of pictures: what is saved comes back, and both databases find the same neighbours as an index in memory."""

import secrets

import numpy as np
import pytest

from matchers.image.hamming import NumpyRows
from matchers.index import Named
from noticedesk import store
from noticedesk.store import hashes
from noticedesk.store.hashes import Hashes
from tests.noticedesk.store.factory import BOTH, NOON

RNG = np.random.default_rng(7)


def digest() -> str:
    return secrets.token_hex(32)


def made(rows: np.ndarray, **given: str) -> Hashes:
    bare = {"sha256": digest(), "preprocessing": "1", "phash": "00" * 8} | given
    return Hashes(**bare, wholes=tuple(row.tobytes() for row in rows), points=b"\x00\xff" * 32, made_at=NOON)


def some(count: int) -> np.ndarray:
    return RNG.integers(0, 256, (count, 32), np.uint8)


@BOTH
def test_what_is_put_comes_back_and_is_replaced(db: store.Database) -> None:
    first, other = made(some(2)), made(some(0), preprocessing="0")
    again = made(some(1), sha256=first.sha256)
    with db.write(logged=False) as tx:
        for one in (first, other, again):
            hashes.put(tx, one)
    with db.read() as look:
        assert list(hashes.stream(look, "1")) == [again]
        assert list(hashes.stream(look, "0", [other.sha256, digest()])) == [other]


@BOTH
def test_what_is_forgotten_is_found_no_more(db: store.Database) -> None:
    rows = some(1)
    one = made(rows)
    with db.write(logged=False) as tx:
        hashes.put(tx, one)
        assert hashes.within(tx, [rows[0].tobytes()], 0) == {one.sha256: 0}
        assert hashes.forget(tx, [one.sha256, digest()]) == 1
        assert hashes.within(tx, [rows[0].tobytes()], 256) == {}


def planted(db: store.Database) -> tuple[Named, np.ndarray]:
    """A hundred pictures in the database and in memory, and rows near to some of them."""
    memory, stored = Named(NumpyRows), some(100)
    with db.write(logged=False) as tx:
        for row in stored:
            one = made(row[None])
            hashes.put(tx, one)
            memory.add(one.sha256, row[None])
    sought = stored[:12].copy()
    sought[:, :4] ^= RNG.integers(0, 256, (12, 4), np.uint8)
    return memory, sought


@BOTH
@pytest.mark.parametrize("radius", [0, 16, 31, 110])
def test_the_database_finds_what_an_index_in_memory_finds(db: store.Database, radius: int) -> None:
    memory, sought = planted(db)
    with db.read() as look:
        found = hashes.within(look, [row.tobytes() for row in sought], radius)
    assert found == memory.within(sought, radius)
    assert (len(found) >= 12) == (radius >= 31)


@pytest.mark.parametrize("length", [0, 8, 33])
def test_rows_of_another_length_are_refused(on_sqlite: store.Database, length: int) -> None:
    with pytest.raises(store.StoreError, match="256 bits"), on_sqlite.write(logged=False) as tx:
        hashes.put(tx, made(np.zeros((1, length), np.uint8)))


def test_nothing_sought_is_near_to_nothing(on_sqlite: store.Database) -> None:
    planted(on_sqlite)
    with on_sqlite.read() as look:
        assert hashes.within(look, [], 256) == {}


def test_only_those_asked_about_are_named(on_sqlite: store.Database) -> None:
    memory, sought = planted(on_sqlite)
    every = memory.within(sought, 256)
    chosen = sorted(every)[:3]
    with on_sqlite.read() as look:
        assert set(hashes.within(look, [sought[0].tobytes()], 256, among=chosen)) == set(chosen)
