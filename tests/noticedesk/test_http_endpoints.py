"""Our own endpoints may lie inside, send us nowhere else, and are told by post."""

from dataclasses import replace

import pytest

from noticedesk.http import CONFIGURED, Refused, Unreachable, fetch, post
from tests.noticedesk.loopback import Loopback, redirect, response

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
