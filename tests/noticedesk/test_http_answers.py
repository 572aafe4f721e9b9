"""What a server is asked with, what of it is an answer, and which failure is asked again."""

import pickle
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.http import PAGES, Door, Page, Refused, Unreachable, fetch
from noticedesk.http.pace import Pace
from tests.noticedesk.loopback import OUTSIDE, Loopback, admitting, response


def test_an_answer_comes_with_status_headers_body_and_address(server: Loopback) -> None:
    server.answers["/x?y=1"] = response(b"<p>hello", headers=("X-Shop: seven",))
    page = fetch(server.url("/x?y=1#part"), admitting(server))
    assert (page.status, page.body, page.address, page.hops) == (200, b"<p>hello", "127.0.0.1", ())
    assert page.url == server.url("/x?y=1")
    assert (page.headers["x-shop"], page.media_type) == ("seven", "text/html")


def test_a_request_says_who_asks_and_wants_no_encoding(server: Loopback) -> None:
    fetch(server.url(), admitting(server, replace(OUTSIDE, answers=frozenset({404}))))
    request = server.requests[0].decode().lower()
    assert "user-agent: noticedesk/" in request
    assert "accept-encoding: identity" in request
    assert "cookie" not in request
    assert "authorization" not in request


def test_proxies_and_passwords_of_the_environment_are_not_used(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    server.answers["/"] = response(b"direct")
    assert fetch(server.url(), admitting(server)).body == b"direct"
    assert b"uthorization" not in server.requests[0]


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_page_that_is_gone_is_an_answer(server: Loopback, status: str) -> None:
    server.answers["/"] = response(b'{"gone": true}', status, "application/json")
    page = fetch(server.url(), admitting(server, replace(OUTSIDE, media_types=("text/html",))))
    assert (page.status, page.body) == (int(status[:3]), b'{"gone": true}')


@pytest.mark.parametrize(
    ("status", "again"),
    [
        ("400 Bad Request", False),
        ("401 Unauthorized", False),
        ("403 Forbidden", False),
        ("429 Too Many", True),
        ("451 Unavailable", False),
        ("500 Error", True),
        ("503 Busy", True),
    ],
)
def test_a_status_that_is_no_answer_says_whether_to_ask_again(server: Loopback, status: str, again: bool) -> None:
    server.answers["/"] = response(b"no", status)
    with pytest.raises(Unreachable) as caught:
        fetch(server.url(), admitting(server))
    assert (caught.value.again, caught.value.status) == (again, int(status[:3]))


def test_what_fails_for_now_is_asked_again(server: Loopback) -> None:
    slept: list[float] = []
    door = Door(Pace(sleep=slept.append, chance=lambda: 1.0))
    server.answers["/"] = [
        response(status="503 Busy"),
        response(status="429 Slow", headers=("Retry-After: 7",)),
        response(b"x"),
    ]
    page = door.fetch(server.url(), admitting(server, replace(OUTSIDE, attempts=3)))
    assert (page.body, slept) == (b"x", [0.5, 7.0])


def test_what_keeps_failing_is_given_up_after_the_attempts(server: Loopback) -> None:
    door = Door(Pace(sleep=lambda _: None))
    server.answers["/"] = response(status="502 Bad Gateway")
    with pytest.raises(Unreachable, match="502"):
        door.fetch(server.url(), admitting(server, replace(OUTSIDE, attempts=3)))
    assert len(server.asked) == 3


def test_a_server_that_asks_for_more_patience_than_we_have_is_left_for_later(server: Loopback) -> None:
    server.answers["/"] = response(status="503 Busy", headers=("Retry-After: 3600",))
    with pytest.raises(Unreachable) as caught:
        fetch(server.url(), admitting(server, replace(OUTSIDE, attempts=3)))
    assert (caught.value.again, caught.value.after, len(server.asked)) == (True, 3600.0, 1)


def test_what_is_refused_is_never_asked_again(server: Loopback) -> None:
    server.answers["/"] = response(b"x", media_type="video/mp4")
    with pytest.raises(Refused):
        fetch(server.url(), admitting(server, replace(PAGES, robots=False, attempts=3)))
    assert len(server.asked) == 1


def test_a_port_where_nobody_listens_is_unreachable_for_now() -> None:
    with Loopback() as closed:
        policy = admitting(closed)
        url = closed.url()
    with pytest.raises(Unreachable) as caught:
        fetch(url, policy)
    assert caught.value.again


def test_a_name_that_does_not_exist_is_unreachable_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match="cannot be resolved") as caught:
        fetch("http://no.such.example/", OUTSIDE)
    assert not caught.value.again


def test_a_resolver_that_is_busy_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", busy)
    with pytest.raises(Unreachable) as caught:
        fetch("http://slow.example/", OUTSIDE)
    assert caught.value.again


def test_failures_travel_between_processes() -> None:
    failure = pickle.loads(pickle.dumps(Unreachable("http://x/", "busy", True, status=503, after=2.0)))
    assert (failure.url, failure.why, failure.again, failure.status, failure.after) == (
        "http://x/",
        "busy",
        True,
        503,
        2.0,
    )
    assert pickle.loads(pickle.dumps(Page("http://x/", 200, {}, b"b"))) == Page("http://x/", 200, {}, b"b")
