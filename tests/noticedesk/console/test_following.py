"""What an act leads to comes with its answer where htmx asks, and by a redirect everywhere else."""

from pathlib import Path

import pytest
from httpx import Response
from starlette.responses import RedirectResponse

from noticedesk.console.following import leads_to
from noticedesk.desk.desk import Desk
from noticedesk.model.decision import Decision
from noticedesk.model.person import Person
from noticedesk.store import records
from tests.noticedesk.console.factory import SAME_ORIGIN, Visitor, cases, hidden

BY_HTMX = SAME_ORIGIN | {"hx-request": "true"}


def sent(visitor: Visitor, path: str, headers: dict[str, str], **fields: str) -> Response:
    return visitor.client.post(path, data=fields, headers=headers, follow_redirects=False)


def test_a_decision_by_htmx_is_answered_with_the_next_case_and_its_address(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    first, second = cases(desk, tmp_path, 2)
    visitor.sign_in(ann)
    path = f"/case/{first.claim}/decide"
    form = hidden(visitor.get(f"/case/{first.claim}"), path)
    answer = visitor.client.post(path, data=form | {"reason": "copy", "action": "disable"}, headers=BY_HTMX)
    assert answer.status_code == 200 and not answer.history
    with desk.db.read() as look:
        (decision,) = records.find(look, Decision)
    pushed = f"/case/{second.claim}?allegation={second.id}&last={decision.id}"
    assert answer.headers["hx-push-url"] == pushed
    assert f'data-case="{second.claim}"' in answer.text and "Take back" in answer.text
    # the same address, asked for by itself, is the same page in its frame
    assert answer.text.partition("<main")[2].partition("</main>")[0] in visitor.get(pushed)


def test_without_scripts_a_decision_sends_the_browser_on(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    first, second = cases(desk, tmp_path, 2)
    visitor.sign_in(ann)
    path = f"/case/{first.claim}/decide"
    form = hidden(visitor.get(f"/case/{first.claim}"), path)
    answer = sent(visitor, path, SAME_ORIGIN, **form, reason="copy", action="disable")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/case/{second.claim}?")


def test_what_was_changed_shows_on_the_page_that_comes_with_the_answer(visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    answer = sent(visitor, "/you/keys", BY_HTMX, shortcuts="1", approve="c")
    assert answer.headers["hx-push-url"] == "/you?saved=keys"
    assert 'name="approve" value="c"' in answer.text


def test_who_leaves_is_sent_out_by_a_redirect_also_by_htmx(visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    answer = sent(visitor, "/sign-out", BY_HTMX)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_an_act_that_fails_leaves_the_address_of_the_page_where_it_was_tried(
    desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person
) -> None:
    (one,) = cases(desk, tmp_path)
    visitor.sign_in(ann)
    answer = sent(visitor, f"/case/{one.claim}/decide", BY_HTMX, allegation=one.id, version="1")
    assert answer.status_code == 422
    assert answer.headers["hx-push-url"] == "false"


def test_htmx_gets_no_second_frame(visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    part = visitor.client.get("/queue", headers=BY_HTMX)
    assert part.headers["vary"] == "hx-request"
    assert '<main id="main"' in part.text and 'id="status"' in part.text and "<title>Queue" in part.text
    for framed in ("<nav aria-label=", "<dialog", "<script", "stylesheet"):
        assert framed in visitor.get("/queue") and framed not in part.text.partition("<main")[0]


@pytest.mark.parametrize("address", ["https://evil.example/queue", "//evil.example/queue", "/nowhere", "/sign-out"])
def test_no_page_of_ours_is_made_of_another_address(address: str) -> None:
    assert leads_to(RedirectResponse(address, 303)) is None


def test_a_path_reads_as_the_browser_would_send_it() -> None:
    ahead = leads_to(RedirectResponse("/case/C%2D1?allegation=A-1", 303))
    assert ahead is not None
    assert (ahead.asked, ahead.path, ahead.query) == ("/case/C-1", {"claim": "C-1"}, "allegation=A-1")
