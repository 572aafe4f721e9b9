"""A listing as it is now: fetched through the guarded door, shown beside the capture, and logged."""

import json
import re
from pathlib import Path

import pytest

from noticedesk import http
from noticedesk.console import pace
from noticedesk.desk.cases.showing import redrawn
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.staff import wellness
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.event import Event
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.console.factory import Visitor, cases, hidden, with_password
from tests.noticedesk.console.test_files import SAFETY
from tests.noticedesk.desk.factory import Web, deliver, picture


def look(visitor: Visitor, one: Allegation) -> str:
    path = f"/case/{one.claim}/live"
    return visitor.post(path, **hidden(visitor.get(f"/case/{one.claim}"), path))


@pytest.fixture
def one(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> Allegation:
    (made,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    return made


def test_what_has_not_changed_is_said_to_be_there(one: Allegation, visitor: Visitor, web: Web) -> None:
    web.listing("c0-0", title="Sunset print 0.0", seed=7)
    page = look(visitor, one)
    assert "It is there" in page and "Nothing that is compared has changed" in page


def test_what_changed_is_marked_word_by_word_and_logged(
    one: Allegation, visitor: Visitor, web: Web, desk: Desk, ann: Person
) -> None:
    web.listing("c0-0", title="Moonrise print 0.0", seed=7)
    page = look(visitor, one)
    assert "Changed since the capture:</strong> title" in page
    assert "<del>Sunset</del><ins>Moonrise</ins> print" in page
    with desk.db.read() as reading:
        (told,) = records.find(reading, Event, act="listing.looked_at")
    assert (told.actor, told.claim, told.details) == (
        ann.id,
        one.claim,
        {"outcome": "fetched", "changed": "title"},
    )


def test_what_is_gone_is_said_to_be_gone(one: Allegation, visitor: Visitor) -> None:
    assert "It is gone" in look(visitor, one)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            http.Refused("https://shop.example/item/c0-0", "10.0.0.5 is not on the public Internet"),
            "It was not fetched",
        ),
        (http.Unreachable("https://shop.example/item/c0-0", "no answer", True), "It does not answer"),
    ],
    ids=["refused", "unreachable"],
)
def test_what_the_guarded_door_refuses_or_cannot_reach_is_told(
    one: Allegation, visitor: Visitor, web: Web, error: Exception, says: str
) -> None:
    class Failing(dict[str, http.Page]):
        def get(self, *_: object) -> http.Page:  # type: ignore[override]
            raise error

    web.pages = Failing()
    page = look(visitor, one)
    assert says in page and str(error).partition(": ")[2] in page


def test_a_hostile_page_stays_text(one: Allegation, visitor: Visitor, web: Web) -> None:
    url = web.listing("c0-0")
    body = b"<html><h1>x</h1><title>&lt;script&gt;alert(1)&lt;/script&gt; \xe2\x80\xaegpj</title></html>"
    web.pages[url] = http.Page(url, 200, {"content-type": "text/html; charset=utf-8"}, body)
    page = look(visitor, one)
    assert "<script>alert" not in page and "[U+202E]" in page


def test_looks_are_limited_because_others_serve_them(
    one: Allegation, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "LOOKS", pace.parse("1 per 5 minutes"))
    path = f"/case/{one.claim}/live"
    fields = hidden(visitor.get(f"/case/{one.claim}"), path)
    visitor.post(path, **fields)
    assert "too many tries" in visitor.post(path, 429, **fields)


def test_nothing_that_was_stopped_for_safety_is_fetched(desk: Desk, tmp_path: Path, visitor: Visitor, web: Web) -> None:
    deliver(tmp_path, {"safety.eml": SAFETY.raw()})
    ingest(desk, desk.sources[0])
    with desk.db.read() as reading:
        (claim,) = records.find(reading, Claim, lane=Lane.SAFETY)
        found = records.find(reading, Allegation, claim=claim.id)
    visitor.sign_in(with_password(desk, Role.SAFETY, name="Sue"))
    asked = len(web.asked)
    for item in found:
        visitor.post(f"/case/{claim.id}/live", 403, allegation=item.id)
    assert "As it is now" not in visitor.get(f"/case/{claim.id}")
    assert len(web.asked) == asked


def pictures(page: str) -> list[str]:
    return re.findall(r'<img src="(/case/[^"]+)"', page)


def test_pictures_as_captured_and_as_they_are_now_stand_side_by_side(
    one: Allegation, visitor: Visitor, web: Web
) -> None:
    web.listing("c0-0", title="Sunset print 0.0", seed=8)
    page = look(visitor, one)
    before, after = pictures(page)
    assert "other bytes than captured" in page
    drawn = [visitor.client.get(path) for path in (before, after)]
    assert [answer.headers["content-type"] for answer in drawn] == ["image/png", "image/png"]
    assert drawn[0].content == redrawn(picture(7)) and drawn[1].content == redrawn(picture(8))


def test_a_picture_that_is_the_same_is_said_to_be(one: Allegation, visitor: Visitor, web: Web) -> None:
    web.listing("c0-0", title="Sunset print 0.0", seed=7)
    assert "as captured, byte for byte" in look(visitor, one)


def test_a_picture_that_is_none_is_told_and_not_shown(one: Allegation, visitor: Visitor, web: Web) -> None:
    web.listing("c0-0", title="Sunset print 0.0", seed=7)
    shown = "https://shop.example/pictures/c0-0.png"
    web.pages[shown] = http.Page(shown, 200, {"content-type": "image/png"}, b"<script>alert(1)</script>")
    page = look(visitor, one)
    assert "could not be fetched: " in page and len(pictures(page)) == 1


def test_a_picture_of_a_look_is_shown_to_who_looked_and_to_nobody_else(
    one: Allegation, visitor: Visitor, web: Web, desk: Desk
) -> None:
    web.listing("c0-0", seed=8)
    _, after = pictures(look(visitor, one))
    visitor.sign_in(with_password(desk, Role.SPECIALIST, name="Bea"))
    assert visitor.client.get(after).status_code == 404


def test_pictures_now_are_softened_as_the_person_chose_for_the_case(
    one: Allegation, visitor: Visitor, web: Web, desk: Desk, ann: Person
) -> None:
    web.listing("c0-0", seed=8)
    wellness.choose(desk, ann, {kind: wellness.Way.BLUR for kind in wellness.KINDS})
    assert 'class="sides softened way-blur" id="evidence"' in look(visitor, one)


def test_no_more_pictures_are_fetched_than_a_look_needs(one: Allegation, visitor: Visitor, web: Web) -> None:
    url = web.listing("c0-0")
    addresses = [f"https://shop.example/pictures/{number}.png" for number in range(20)]
    facts = json.dumps({"@type": "Product", "name": "x", "image": addresses})
    body = f'<html><script type="application/ld+json">{facts}</script></html>'.encode()
    web.pages[url] = http.Page(url, 200, {"content-type": "text/html"}, body)
    web.asked.clear()
    assert "The first 6 of 20" in look(visitor, one)
    assert web.asked == [url, *addresses[:6]]
