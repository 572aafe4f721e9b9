"""The audit page: searching, verifying a sound and a broken chain, and the evidence of a case as an archive."""

import io
import zipfile
from pathlib import Path

from noticedesk.desk.desk import Desk
from noticedesk.model.event import Event
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.console.factory import SAME_ORIGIN, Visitor, cases, with_password


def test_events_are_found_by_case_person_and_act(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    first, second = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    visitor.post(f"/case/{first.claim}/note", text="look here", audience="internal")
    page = visitor.get(f"/audit?claim={first.claim}")
    assert first.claim in page and second.claim not in page
    page = visitor.get("/audit?actor=Ann&act=note.written")
    assert "<td>note written</td>" in page and "look here" not in page
    assert "<td>note written</td>" in visitor.get("/audit?act=Note written"), "as the page itself shows it"
    assert "No event." in visitor.get("/audit?actor=Nobody")
    assert "no number" in visitor.get("/audit?before=x", 422)


def test_the_log_goes_back_page_by_page(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    cases(desk, tmp_path, count=3, listings=3)
    visitor.sign_in(ann)
    with desk.db.read() as look:
        count = records.count(look, Event)
    assert count > 50 and "Older" in visitor.get("/audit")
    assert "Older" not in visitor.get("/audit?before=20")


def test_a_sound_chain_holds_and_a_changed_one_does_not(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    cases(desk, tmp_path)
    visitor.sign_in(ann)
    assert "Every event is what was written" in visitor.post("/audit/verify")
    with desk.db.writer.connect() as raw:
        for (name,) in raw.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.exec_driver_sql(f"DROP TRIGGER {name}")
        raw.exec_driver_sql("UPDATE events SET act = 'nothing' WHERE seq = 2")
        raw.exec_driver_sql("COMMIT")
    page = visitor.post("/audit/verify")
    assert "The log was changed after it was written" in page and "event 2" in page


def test_the_evidence_of_a_case_is_one_archive_and_taking_it_is_logged(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    answer = visitor.client.post(f"/case/{one.claim}/evidence", headers=SAME_ORIGIN)
    assert answer.headers["content-disposition"] == f'attachment; filename="{one.claim}.zip"'
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"index.html", "verify.py", "case.json"} <= {name.rpartition("/")[2] for name in names}
    with desk.db.read() as look:
        assert len(records.find(look, Event, act="case.exported", claim=one.claim)) == 1


def test_who_reads_figures_takes_no_evidence(desk: Desk, tmp_path: Path, visitor: Visitor) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(with_password(desk, Role.ADMIN, name="Adi"))
    visitor.post(f"/case/{one.claim}/evidence", 403)
