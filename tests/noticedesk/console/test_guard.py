"""What stands before every page: our host, our origin, and the headers that confine what a page may do."""

import pytest

from noticedesk.console.guard import POLICY
from noticedesk.console.pages import PAGES
from noticedesk.console.rules import Rules, checked
from noticedesk.desk.desk import Desk
from noticedesk.model.person import Person
from noticedesk.settings import SettingError
from tests.noticedesk.console.factory import SAME_ORIGIN, URL, Visitor, visiting


@pytest.mark.parametrize("path", ["/sign-in", "/queue", "/nothing/here", "/static/console.js"])
def test_every_answer_is_confined(visitor: Visitor, path: str) -> None:
    headers = visitor.client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"


def test_pages_are_not_kept_and_our_own_files_are(visitor: Visitor, ann: Person) -> None:
    visitor.sign_in(ann)
    assert visitor.client.get("/queue").headers["cache-control"] == "no-store"
    assert "immutable" in visitor.client.get("/static/console.css").headers["cache-control"]


def test_strict_transport_is_asked_for_behind_tls_only(desk: Desk, visitor: Visitor) -> None:
    assert "strict-transport-security" not in visitor.client.get("/sign-in").headers
    with visiting(desk, url="https://desk.example") as outer:
        answer = outer.client.get("https://desk.example/sign-in")
    assert "max-age" in answer.headers["strict-transport-security"]


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "POST"], ids=lambda page: page.path)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
    ids=str,
)
def test_no_other_site_makes_a_person_act(visitor: Visitor, page: object, headers: dict[str, str]) -> None:
    path = getattr(page, "path").replace("{claim}", "C-1")  # noqa: B009
    answer = visitor.client.post(path, data={"email": "x"}, headers=headers)
    assert answer.status_code == 403
    assert "nothing was done" in answer.text


def test_an_older_browser_is_known_by_its_origin(visitor: Visitor) -> None:
    assert visitor.client.post("/sign-out", headers={"origin": URL}).status_code == 200


def test_another_name_for_this_machine_is_refused(visitor: Visitor) -> None:
    assert visitor.client.get("/sign-in", headers={"host": "evil.example"}).status_code == 421


def test_no_page_changes_anything_when_it_is_read(visitor: Visitor) -> None:
    assert {page.method for page in PAGES} == {"GET", "POST"}
    for page in PAGES:
        if page.method == "POST":
            assert visitor.client.get(page.path.replace("{claim}", "C-1")).status_code in (200, 303, 403, 404, 405)


@pytest.mark.parametrize("url", ["http://desk.example", "ftp://desk.example", "https://desk.example/path", "desk"])
def test_an_address_without_tls_is_refused_beyond_this_machine(url: str) -> None:
    with pytest.raises(SettingError, match=r"console\.yaml: url"):
        checked(Rules(url=url, first_answer_percent=0))


def test_what_is_no_form_of_ours_is_refused(visitor: Visitor) -> None:
    for body, kind in [("{}", "application/json"), ("x=" + "a" * 600_000, "application/x-www-form-urlencoded")]:
        answer = visitor.client.post("/sign-in", content=body, headers={"content-type": kind, **SAME_ORIGIN})
        assert answer.status_code == 413
