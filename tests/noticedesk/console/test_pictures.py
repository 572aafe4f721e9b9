"""Pictures on the page of a case: plain, or softened until somebody reveals them, which is counted for them alone."""

from dataclasses import replace
from pathlib import Path

from noticedesk.desk.desk import Desk
from noticedesk.model.claim import Claim
from noticedesk.model.person import Person
from noticedesk.store import records
from tests.noticedesk.console.factory import Visitor, cases, hidden, visiting


def test_goods_are_plain_and_a_flagged_case_is_blurred_until_it_is_revealed(
    desk: Desk, tmp_path: Path, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    with visiting(desk, sensitive_flags=("minor_involved",)) as visitor:
        visitor.sign_in(ann)
        assert "softened way-" not in visitor.get(f"/case/{one.claim}")
        with desk.db.write() as tx:
            records.replace(tx, replace(records.get(tx, Claim, one.claim), flags=("minor_involved",)))
        page = visitor.get(f"/case/{one.claim}")
        assert "softened way-blur" in page
        page = visitor.post("/you/seen", **hidden(page, "/you/seen"))
        assert one.claim in page and "softened way-" not in page
        assert "You revealed: 1 on 2026-11-20. Only you see this." in visitor.get("/you")


def test_a_person_chooses_how_pictures_are_shown(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    kinds = ("copyright", "trademark", "design", "patent", "anticircumvention", "flagged")
    assert "is saved" in visitor.post("/you/pictures", **dict.fromkeys(kinds, "grey"))
    assert "softened way-grey" in visitor.get(f"/case/{one.claim}")
    visitor.post("/you/pictures", 422, **dict.fromkeys(kinds, "sepia"))
