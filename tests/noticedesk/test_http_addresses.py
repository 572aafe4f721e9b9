"""Which addresses from outside are asked: none that lies inside, in any notation, after any redirect."""

import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from noticedesk.http import Refused, Unreachable, fetch
from tests.noticedesk.loopback import OUTSIDE, Loopback, admitting, redirect, response

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "http.yaml").read_text(encoding="utf-8"))


def ids(cases: list[dict[str, str]]) -> list[str]:
    return [case["name"] for case in cases]


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
