"""An index over the hashes in the database nominates what one in memory does."""

import numpy as np

from matchers import image, index
from noticedesk import store
from noticedesk.desk.sweep.stored import StoredWholes
from noticedesk.store import hashes
from tests.matchers.image.drawings import scene
from tests.matchers.image.files import encoded
from tests.noticedesk.store.conftest import (  # noqa: F401  (fixtures)
    db,
    migrated_file,
    migrated_server,
    on_postgres,
    on_sqlite,
)
from tests.noticedesk.store.factory import BOTH, NOON


def described(seed: int) -> image.Picture:
    found = image.describe(encoded(scene(seed)))
    assert isinstance(found, image.Picture)
    return found


def filled(db: store.Database, made: index.Index, seeds: range) -> None:  # noqa: F811
    for seed in seeds:
        picture = described(seed)
        kept = index.kept(picture)
        rows = tuple(row.tobytes() for row in kept.wholes)
        saved = hashes.Hashes(
            sha256=picture.sha256,
            preprocessing=picture.preprocessing,
            phash=picture.views[0].phash.hex(),
            wholes=rows,
            points=kept.points.tobytes(),
            made_at=NOON,
        )
        with db.write(logged=False) as tx:
            hashes.put(tx, saved)
        made.add(picture.sha256, kept)


@BOTH
def test_it_nominates_what_an_index_in_memory_does_and_forgets_what_was_removed(db: store.Database) -> None:  # noqa: F811
    here, there = index.Index(), index.Index(wholes=StoredWholes(db, set()))
    filled(db, here, range(4))
    filled(db, there, range(4))
    sought = described(2)
    assert there.search(sought) == here.search(sought)
    assert there.search(sought)[0].distance == 0
    there.remove(sought.sha256)
    assert all(one.name != sought.sha256 for one in there.search(sought))


@BOTH
def test_pictures_that_are_no_signals_are_never_nominated_by_their_hash(db: store.Database) -> None:  # noqa: F811
    filled(db, index.Index(), range(1))
    rows = np.frombuffer(index.kept(described(0)).wholes[:1].tobytes(), np.uint8).reshape(1, -1)
    assert StoredWholes(db, set()).within(rows, 10) == {}
    assert StoredWholes(db, {described(0).sha256}).within(rows, 10) == {described(0).sha256: 0}
