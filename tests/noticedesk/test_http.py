import pickle
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from noticedesk.http import CONFIGURED, HOSTILE, PAGES, Door, Page, Policy, Refused, Unreachable, fetch, post
from noticedesk.http.pace import Pace
from tests.noticedesk.loopback import Loopback, redirect, response

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "http.yaml").read_text(encoding="utf-8"))
OUTSIDE = replace(HOSTILE, robots=False, interval=0, attempts=1, connect=5.0, read=5.0, total=15.0)


def admitting(server: Loopback, policy: Policy = OUTSIDE) -> Policy:
    return replace(policy, exempt=frozenset({server.origin}))


def ids(cases: list[dict[str, str]]) -> list[str]:
    return [case["name"] for case in cases]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as made:
        yield made


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that anybody connects to; no connection is made."""
    addresses: list[Any] = []

    def connect(self: socket.socket, address: Any) -> None:
        addresses.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return addresses


@pytest.mark.parametrize("case", CASES["never_connected"], ids=ids(CASES["never_connected"]))
def test_addresses_inside_are_refused_in_every_notation(case: dict[str, str], connected: list[Any]) -> None:
    with pytest.raises((Refused, Unreachable), match=case.get("why", "public Internet")):
        fetch(case["url"], OUTSIDE)
    assert connected == []


@pytest.mark.parametrize("case", CASES["never_asked"], ids=ids(CASES["never_asked"]))
def test_addresses_of_an_unfit_form_are_refused(
    case: dict[str, str], connected: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: resolved.append(args))
    with pytest.raises(Refused, match=case["why"]):
        fetch(case["url"], OUTSIDE)
    assert (connected, resolved) == ([], [])


@pytest.mark.parametrize("url", ["http://10.0.0.5/", "http://[::1]/", "http://[fec0::1]/"])
def test_plain_addresses_inside_are_refused_before_anybody_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: resolved.append(args))
    with pytest.raises(Refused, match="public Internet") as caught:
        fetch(url, replace(OUTSIDE, robots=True))
    assert (caught.value.url, resolved) == (url, [])


def test_an_address_that_is_too_long_is_refused() -> None:
    with pytest.raises(Refused, match="longer than"):
        fetch("http://example.com/" + "a" * 5000, OUTSIDE)


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


def test_only_the_exempt_origin_itself_is_exempt(server: Loopback) -> None:
    server.answers["/"] = response(b"inside")
    policy = admitting(server)
    assert fetch(server.url(), policy).body == b"inside"
    for other in [f"http://localhost:{server.port}/", f"https://127.0.0.1:{server.port}/", "http://127.0.0.1/"]:
        with pytest.raises(Refused):
            fetch(other, policy)
    assert server.asked == ["/"]


@pytest.mark.parametrize(
    "target", ["http://10.0.0.5/", "http://169.254.169.254/latest/", "http://[::1]/", "http://localhost/", "//127.1/"]
)
def test_a_redirect_to_an_address_inside_is_refused(server: Loopback, target: str) -> None:
    server.answers["/"] = redirect(target)
    with pytest.raises(Refused, match="public Internet"):
        fetch(server.url(), admitting(server))


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.com/", "http://u:p@example.com/", "http://[::"]
)
def test_a_redirect_to_an_unfit_address_is_refused(server: Loopback, target: str) -> None:
    server.answers["/"] = redirect(target)
    with pytest.raises(Refused):
        fetch(server.url(), admitting(server))


def test_redirects_are_followed_and_told_hop_by_hop(server: Loopback) -> None:
    server.answers |= {
        "/a": redirect("/b", "301 Moved"),
        "/b": redirect(server.url("/c"), "307 There"),
        "/c": redirect("d?x=1", "303 See"),
        "/d?x=1": response(b"end"),
    }
    page = fetch(server.url("/a"), admitting(server))
    assert (page.body, page.url, page.asked) == (b"end", server.url("/d?x=1"), server.url("/a"))
    assert [(hop.url, hop.status) for hop in page.hops] == [
        (server.url("/a"), 301),
        (server.url("/b"), 307),
        (server.url("/c"), 303),
    ]


def test_a_fourth_redirect_is_refused(server: Loopback) -> None:
    server.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(10)}
    with pytest.raises(Refused, match="more than 3 redirects"):
        fetch(server.url("/0"), admitting(server))
    assert server.asked == ["/0", "/1", "/2", "/3"]


def test_redirects_in_a_circle_are_refused(server: Loopback) -> None:
    server.answers |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(Refused, match="circle"):
        fetch(server.url("/a"), admitting(server))


def test_a_redirect_without_a_target_is_no_page(server: Loopback) -> None:
    server.answers["/"] = response(status="302 Found")
    with pytest.raises(Unreachable, match="302"):
        fetch(server.url(), admitting(server))


def test_cookies_are_not_carried_to_the_next_hop(server: Loopback) -> None:
    server.answers |= {
        "/": response(status="302 Found", headers=("Location: /next", "Set-Cookie: spy=1; Path=/")),
        "/next": response(b"x"),
    }
    fetch(server.url(), admitting(server))
    assert not [request for request in server.requests if b"ookie" in request]


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


OURS = replace(CONFIGURED, attempts=1, connect=5.0, read=5.0, total=15.0)


def test_our_own_endpoints_may_be_private_and_on_any_port(server: Loopback) -> None:
    server.answers["/lookup"] = response(b"{}", media_type="application/json")
    assert fetch(server.url("/lookup"), OURS).body == b"{}"


def test_our_own_endpoints_may_not_send_us_on(server: Loopback) -> None:
    server.answers |= {"/": redirect("/elsewhere"), "/elsewhere": response(b"x")}
    with pytest.raises(Refused, match="redirects"):
        fetch(server.url(), OURS)
    with pytest.raises(Unreachable, match="302"):
        post(server.url(), b"{}", {}, OURS)
    assert server.asked == ["/", "/"]


def test_a_post_carries_its_body_and_headers(server: Loopback) -> None:
    server.answers["/hook"] = response(b"ok", "202 Accepted")
    page = post(server.url("/hook"), b'{"id": 1}', {"Content-Type": "application/json", "webhook-id": "m1"}, OURS)
    assert (page.status, page.body) == (202, b"ok")
    assert server.requests[0].startswith(b"POST /hook HTTP/1.1\r\n")
    assert b"webhook-id: m1\r\n" in server.requests[0]
    assert server.requests[0].endswith(b'\r\n\r\n{"id": 1}')


@pytest.mark.parametrize(("status", "again"), [("404 Not Found", False), ("410 Gone", False), ("500 Error", True)])
def test_a_post_is_done_only_by_a_status_of_success(server: Loopback, status: str, again: bool) -> None:
    server.answers["/hook"] = response(b"unknown item", status)
    with pytest.raises(Unreachable, match="unknown item") as caught:
        post(server.url("/hook"), b"{}", {}, OURS)
    assert (caught.value.again, len(server.asked)) == (again, 1)


def test_a_post_with_a_header_that_breaks_the_line_is_refused(server: Loopback) -> None:
    with pytest.raises(Refused):
        post(server.url(), b"", {"webhook-id": "a\r\nHost: evil.example"}, OURS)
    assert server.asked == []


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
