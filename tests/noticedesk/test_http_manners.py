from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from noticedesk.http import HOSTILE, Door, Refused, Unreachable
from noticedesk.http.pace import Pace, retry_after
from noticedesk.http.robots import Robots
from tests.noticedesk.loopback import Answer, Loopback, redirect, response


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback({"/": response(b"x")}) as made:
        yield made


def test_one_host_is_asked_at_intervals(clock: Clock) -> None:
    pace = Pace(clock, clock.sleep)
    for _ in range(3):
        pace.wait("shop.example", 2.0)
    assert clock.slept == [2.0, 2.0]


def test_hosts_do_not_wait_for_each_other(clock: Clock) -> None:
    pace = Pace(clock, clock.sleep)
    for host in ["a.example", "b.example", "c.example"]:
        pace.wait(host, 2.0)
    assert clock.slept == []


def test_time_that_passed_by_itself_is_not_waited_for_again(clock: Clock) -> None:
    pace = Pace(clock, clock.sleep)
    pace.wait("shop.example", 2.0)
    clock.now += 1.5
    pace.wait("shop.example", 2.0)
    clock.now += 60
    pace.wait("shop.example", 2.0)
    assert clock.slept == [0.5]


def test_callers_at_the_same_time_get_turns_one_interval_apart(clock: Clock) -> None:
    slept: list[float] = []
    pace = Pace(clock, slept.append)
    for _ in range(4):
        pace.wait("shop.example", 1.0)
    assert slept == [1.0, 2.0, 3.0]


def test_many_hosts_are_forgotten_when_their_turn_is_over(clock: Clock) -> None:
    pace = Pace(clock, clock.sleep)
    for number in range(10_050):
        pace.wait(f"{number}.example", 0.001)
        clock.now += 0.01
    assert len(pace._free_at) < 10_050


def test_pauses_before_asking_again_grow_and_have_an_end(clock: Clock) -> None:
    pace = Pace(clock, clock.sleep, chance=lambda: 1.0)
    for attempt in range(1, 8):
        pace.back_off(attempt, None)
    assert clock.slept == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


def test_pauses_before_asking_again_differ_by_chance(clock: Clock) -> None:
    Pace(clock, clock.sleep, chance=lambda: 0.0).back_off(1, None)
    assert clock.slept == [0.25]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Sun, 22 Nov 2026 10:01:00 GMT", 60.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("99999999999999999999", 999_999_999.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("١٢", None),
        ("Sun, 99 Nov 2026 10:01:00 GMT", None),
    ],
)
def test_a_retry_after_is_read_in_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value, datetime(2026, 11, 22, 10, tzinfo=UTC)) == seconds


def _door(clock: Clock) -> Door:
    return Door(Pace(clock, clock.sleep), Robots(clock))


def _ask(door: Door, server: Loopback, path: str = "/", own: tuple[str, ...] = ()) -> bytes:
    policy = replace(HOSTILE, exempt=frozenset({server.origin}), interval=0, attempts=1, own=own)
    return door.fetch(server.url(path), policy).body


RULES = b"User-agent: noticedesk\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"


def test_the_rules_of_a_third_party_are_obeyed(server: Loopback, clock: Clock) -> None:
    server.answers["/robots.txt"] = response(RULES, media_type="text/plain")
    server.answers["/private/x"] = response(b"secret")
    assert _ask(_door(clock), server) == b"x"
    with pytest.raises(Refused, match="does not allow"):
        _ask(_door(clock), server, "/private/x")
    assert "/private/x" not in server.asked


def test_the_rules_are_asked_once_an_hour(server: Loopback, clock: Clock) -> None:
    server.answers["/robots.txt"] = response(RULES)
    door = _door(clock)
    for _ in range(3):
        _ask(door, server)
    clock.now += 4000
    _ask(door, server)
    assert server.asked == ["/robots.txt", "/", "/", "/", "/robots.txt", "/"]


def test_our_own_hosts_are_not_asked_for_their_rules(server: Loopback, clock: Clock) -> None:
    server.answers["/robots.txt"] = response(b"User-agent: *\nDisallow: /\n")
    assert _ask(_door(clock), server, own=("127.0.0.1",)) == b"x"
    assert server.asked == ["/"]


def test_our_own_hosts_have_a_pause_of_their_own(server: Loopback, clock: Clock) -> None:
    door = _door(clock)
    policy = replace(HOSTILE, exempt=frozenset({server.origin}), own=("127.0.0.1",), interval=9, own_interval=0.25)
    for _ in range(3):
        door.fetch(server.url(), policy)
    assert clock.slept == [0.25, 0.25]


@pytest.mark.parametrize(
    "answer", [response(b"no", "404 Not Found"), response(b"no", "403 Forbidden"), response(b"\xff\x00")]
)
def test_a_third_party_without_readable_rules_may_be_asked(server: Loopback, clock: Clock, answer: Answer) -> None:
    server.answers["/robots.txt"] = answer
    assert _ask(_door(clock), server) == b"x"


def test_a_third_party_whose_rules_are_unknown_for_now_is_asked_later(server: Loopback, clock: Clock) -> None:
    server.answers["/robots.txt"] = response(b"", "503 Busy")
    with pytest.raises(Unreachable, match=r"robots\.txt is unknown: the server answered 503") as caught:
        _ask(_door(clock), server)
    assert caught.value.again
    assert caught.value.url == server.url("/")


def test_rules_that_cannot_be_read_are_a_reason_to_look(server: Loopback, clock: Clock) -> None:
    server.answers["/robots.txt"] = redirect("http://169.254.169.254/")
    with pytest.raises(Refused, match=r"robots\.txt cannot be read: .*public Internet"):
        _ask(_door(clock), server)
    assert server.asked == ["/robots.txt"]
