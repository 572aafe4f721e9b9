"""Bytes from outside: pictures are drawn by us, originals are downloads, and safety cases are for safety alone."""

import io
import re
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from noticedesk.console.pages import PAGES
from noticedesk.desk.cases.showing import redrawn
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.evidence import Evidence, EvidenceRole
from noticedesk.model.person import Person, Role
from noticedesk.store import AttachedFinding, records
from tests.noticedesk.console.factory import SAME_ORIGIN, Visitor, cases, with_password
from tests.noticedesk.desk.factory import Mail, deliver


def found(desk: Desk, noun: type, **equals: object) -> list:  # type: ignore[type-arg]
    with desk.db.read() as look:
        return records.find(look, noun, **equals)


def test_pictures_are_shown_as_our_own_drawings(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    media = found(desk, Evidence, role=EvidenceRole.MEDIA)[0]
    answer = visitor.client.get(f"/case/{one.claim}/picture/{media.id}")
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (360, 360)


def test_nothing_but_the_pixels_of_a_picture_is_passed_on() -> None:
    made, told = io.BytesIO(), PngInfo()
    told.add_text("Comment", "<script>alert(1)</script>")
    Image.new("RGB", (64, 2000), "red").save(made, "PNG", pnginfo=told, icc_profile=b"<script>" * 20)
    drawn = redrawn(made.getvalue() + b"<script>alert(2)</script>")
    assert b"script" not in drawn and b"iCCP" not in drawn
    assert Image.open(io.BytesIO(drawn)).size == (41, 1280)


def test_a_match_is_drawn_with_both_sides(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    (finding,) = found(desk, AttachedFinding, matcher="image")
    answer = visitor.client.get(f"/case/{one.claim}/match/{finding.id}")
    assert Image.open(io.BytesIO(answer.content)).format == "PNG"


def test_captured_pages_are_never_served(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    others = [item for item in found(desk, Evidence) if item.role not in (EvidenceRole.MEDIA, EvidenceRole.REFERENCE)]
    assert others
    for item in others:
        visitor.get(f"/case/{one.claim}/picture/{item.id}", 404)


def test_an_original_is_a_download_of_no_kind_that_a_browser_opens(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    path = re.search(rf"/case/{one.claim}/original/[A-Z0-9-]+", visitor.get(f"/case/{one.claim}"))
    assert path
    answer = visitor.client.get(path[0])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="[A-Z0-9-]+\.bin"', answer.headers["content-disposition"])
    assert b"Sunset over the bay" in answer.content


def test_evidence_of_one_case_is_not_had_through_another(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    first, second = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    for item in found(desk, Evidence, claim=second.claim, role=EvidenceRole.MEDIA):
        visitor.get(f"/case/{first.claim}/picture/{item.id}", 404)


SAFETY = Mail(
    text="I am 15 years old. Nude pictures of me are shown at {urls}. Take them down.",
    urls=("https://shop.example/item/z1",),
    subject="Remove my pictures",
)


def test_what_is_with_the_safety_team_is_shown_to_nobody_else(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    deliver(tmp_path, {"safety.eml": SAFETY.raw()})
    ingest(desk, desk.sources[0])
    (claim,) = found(desk, Claim)
    assert claim.lane is Lane.SAFETY
    visitor.sign_in(ann)
    assert claim.id not in visitor.get("/queue")
    assert "Remove my pictures" not in visitor.get("/queue?view=all&lane=safety")
    for page in PAGES:
        if "{claim}" in page.path:
            path = page.path.replace("{claim}", claim.id)
            answer = visitor.client.request(page.method, re.sub(r"\{\w+\}", "X-1", path), headers=SAME_ORIGIN)
            assert answer.status_code == 403, path
            assert "safety team" in answer.text or "Nude" not in answer.text
    visitor.post("/sign-out")
    visitor.sign_in(with_password(desk, Role.SAFETY, name="Sue"))
    assert claim.id in visitor.get("/queue")
    visitor.get(f"/case/{claim.id}")
