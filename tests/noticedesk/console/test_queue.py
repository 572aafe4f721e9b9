"""The queue page: its views and filters, and the next case for who asks."""

import re
from html import unescape
from pathlib import Path

from noticedesk.desk.desk import Desk
from noticedesk.model.person import Person, Role
from tests.noticedesk.console.factory import Visitor, cases, hidden, visiting, with_password


def test_what_waits_is_shown_with_the_reason_of_its_place(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    found = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    page = visitor.get("/queue")
    for item in found:
        assert item.claim in page
    assert "lane normal" in page and "unassigned" in page and "Showing 2 of 2" in page


def test_a_view_and_a_filter_narrow_it(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    first, second = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    assert "Nothing waits here" in visitor.get("/queue?view=trademark")
    page = visitor.get(f"/queue?listing={first.listing}")
    assert first.claim in page and second.claim not in page
    assert "no score" in visitor.get("/queue?score_from=much", 422)


def test_a_case_is_found_by_what_is_known_of_it(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    first, _ = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    for text in (first.claim, first.id, first.url):
        assert f"<title>{first.claim}" in visitor.get(f"/find?text={text}")
    assert "Nothing waits here" in visitor.get("/find?text=nothing-like-it")


def test_two_people_get_two_cases(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    first, second = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    assert f"<title>{first.claim}" in visitor.post("/queue/next")
    with visiting(desk) as other:
        other.sign_in(with_password(desk, Role.SPECIALIST, name="Bea"))
        assert f"<title>{second.claim}" in other.post("/queue/next")
        assert "held by <bdi>Ann" in other.get("/queue")
        assert "Bea" in visitor.get(f"/case/{second.claim}")
        visitor.post(f"/case/{second.claim}/take", 422)
        visitor.post(f"/case/{second.claim}/take", over="1")
        assert "has taken over" in other.post(f"/case/{second.claim}/keep")
        other.post(f"/case/{second.claim}/release")
        assert "held by you" in visitor.get(f"/case/{second.claim}")


def test_a_skipped_case_goes_to_somebody_else(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    first, second = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    visitor.post("/queue/next")
    assert f"<title>{second.claim}" in visitor.post(f"/case/{first.claim}/skip", why="language")
    assert "Nothing more waits" in visitor.post(f"/case/{second.claim}/skip", why="distressing")
    with visiting(desk) as other:
        other.sign_in(with_password(desk, Role.SPECIALIST, name="Bea"))
        assert f"<title>{first.claim}" in other.post("/queue/next")


def test_a_case_is_given_to_somebody_and_put_aside(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    (one,) = cases(desk, tmp_path)
    bea = with_password(desk, Role.SPECIALIST, name="Bea")
    visitor.sign_in(ann)
    assert "for <bdi>Bea" in visitor.post(f"/case/{one.claim}/assign", to=bea.id)
    assert "Nothing more waits" in visitor.post("/queue/next")
    visitor.post(f"/case/{one.claim}/assign", to="")
    assert "put aside until" in visitor.post(f"/case/{one.claim}/snooze", 422, until="2027-11-21T10:00", why="later")
    visitor.post(f"/case/{one.claim}/snooze", until="2026-11-20T19:00", why="the holder calls back")
    page = visitor.get("/queue")
    assert "put aside until 2026-11-20 19:00Z: <bdi>the holder calls back" in page
    assert "Nothing more waits" in visitor.post("/queue/next")
    assert one.claim in visitor.get("/queue?view=aside")
    assert "Take it up again" in visitor.get(f"/case/{one.claim}")
    assert "Take it up again" not in visitor.post(f"/case/{one.claim}/wake")
    assert "Nothing waits here" in visitor.get("/queue?view=aside")
    assert f"<title>{one.claim}" in visitor.post("/queue/next")


def test_a_row_whose_page_asks_first_tells_neither_score_nor_proposal(desk: Desk, tmp_path: Path) -> None:
    (one,) = cases(desk, tmp_path)
    ann = with_password(desk, Role.SPECIALIST)
    with visiting(desk, first_answer_percent=100) as visitor:
        visitor.sign_in(ann)
        page = visitor.get("/queue")
        assert "your answer first" in page and "disable" not in page and "risk" not in page
        visitor.post(f"/case/{one.claim}/answer", allegation=one.id, answer="yes")
        assert "disable" in visitor.get("/queue")


def test_the_desk_of_another_role_is_not_in_the_queue(desk: Desk, visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    assert "For legal" not in visitor.get("/queue")
    visitor.post("/sign-out")
    visitor.sign_in(with_password(desk, Role.LEGAL, name="Lea"))
    assert "For legal" in visitor.get("/queue?view=legal")


def test_a_view_of_ones_own_is_kept_used_and_forgotten(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    first, second = cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    page = visitor.get(f"/queue?listing={first.listing}")
    visitor.post("/queue/views", **hidden(page, "/queue/views"), name=" My  <b>listing</b> ")
    page = visitor.get("/queue")
    kept = re.search(r'href="(/queue\?[^"]*)"><bdi>My &lt;b&gt;listing&lt;/b&gt;', page)
    assert kept
    page = visitor.get(unescape(kept[1]))
    assert first.claim in page and second.claim not in page
    assert "<bdi>My" not in visitor.post("/queue/views/forget", name="My <b>listing</b>")
    assert "needs a name" in visitor.post("/queue/views", 422, name="", listing=first.listing)


def test_nobody_sees_the_views_of_another(desk: Desk, visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    assert "<bdi>Mine alone" in visitor.post("/queue/views", name="Mine alone", language="en")
    visitor.post("/sign-out")
    visitor.sign_in(with_password(desk, Role.SPECIALIST, name="Bea"))
    assert "Mine alone" not in visitor.get("/queue")
