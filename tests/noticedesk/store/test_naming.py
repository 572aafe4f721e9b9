"""Bytes are named by any column that holds their digest, whatever it is called, and by any list that has it."""

from noticedesk import store
from noticedesk.model.ids import new_id
from noticedesk.model.keeping import Tombstone
from noticedesk.model.right import AssetKind, Work
from noticedesk.store import naming, records
from tests.noticedesk.store.factory import BOTH, NOON, claim

pytestmark = BOTH

ONE, TWO, THREE = ("a" * 64, "b" * 64, "c" * 64)


def test_digests_in_columns_and_lists_are_named_and_those_of_tombstones_are_not(db: store.Database) -> None:
    opened = claim()
    work = Work(id=new_id("W"), claim=opened.id, kind=AssetKind.PHOTO, title=ONE, media=(TWO,))
    gone = Tombstone(id=new_id("S"), about=opened.id, sha256=THREE, erased_at=NOON, erased_by="x", why="x", rule="x")
    with db.write() as tx:
        records.add(tx, [opened, work, gone])
    with db.read() as look:
        assert naming.unnamed(look, {ONE, TWO, THREE}) == {THREE}
        assert naming.unnamed(look, set()) == set()
