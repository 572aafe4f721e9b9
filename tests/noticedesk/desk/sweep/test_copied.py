"""Copied texts over many listings: each copy with its work and listing, and what could not be compared."""

from pathlib import Path

from noticedesk.desk.sweep.copied import copied
from noticedesk.model.claim import Claim
from noticedesk.model.ids import new_id
from noticedesk.model.right import AssetKind, Work
from noticedesk.store import records
from tests.noticedesk.desk.factory import NOW, opened

TEXT = "The lamp is turned from one piece of oak, oiled by hand and dried for six weeks before it leaves the workshop."


def test_every_listing_that_copies_a_text_is_found_with_the_work(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        claim = Claim(id=new_id("C"), service="shop", regime="us_dmca_512c", received_at=NOW)
        long = Work(id=new_id("W"), claim=claim.id, kind=AssetKind.TEXT, description=TEXT)
        short = Work(id=new_id("W"), claim=claim.id, kind=AssetKind.TEXT, description="An oak lamp")
        with desk.db.write() as tx:
            records.add(tx, [claim, long, short])
        shown = {
            "L-1": f"New! {TEXT} Free shipping.",
            "L-2": "A blue vase of thick glass, blown by mouth in the north.",
        }
        with desk.db.read() as look:
            found = [(one.ours, one.theirs, one.outcome) for one in copied(look, shown)]
    assert found == [(short.id, "", "unmatchable"), (long.id, "L-1", "compared")]
