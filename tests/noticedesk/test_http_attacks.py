"""Servers that mean harm: what they send costs us a bounded time and memory, and ends in a reason."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from noticedesk.http import Refused, Unreachable, fetch
from tests.noticedesk.loopback import CALM, Loopback, asked, response

QUICK = replace(CALM, connect=1.0, read=0.3, total=0.5)


def drip(head: bytes, drop: bytes, pause: float = 0.1) -> Callable[[socket.socket], None]:
    def speak(connection: socket.socket) -> None:
        connection.sendall(head)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            connection.sendall(drop)
            time.sleep(pause)

    return speak


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "speak",
    [
        drip(HEAD + b"\r\n", b"x"),
        drip(HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1"),
        drip(HEAD + b"X-Long: ", b"x"),
        drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(b"HTTP/1.1 302 Found\r\nLocation: /\r\n", b"X: y\r\n"),
    ],
    ids=[
        "a body without end",
        "a body with a length",
        "chunks",
        "the length of a chunk",
        "one header",
        "many headers",
        "interim answers",
        "the headers of a redirect",
    ],
)
def test_what_drips_is_ended_after_the_total_time(server: Loopback, speak: Callable[[socket.socket], None]) -> None:
    server.answers["/"] = speak
    began = time.monotonic()
    with pytest.raises(Unreachable, match=r"no complete answer within 0\.5 seconds") as caught:
        asked(server, replace(QUICK, read=5.0))
    assert caught.value.again
    assert time.monotonic() - began < 5


def test_a_tls_handshake_that_drips_is_ended_after_the_total_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                # The start of a record of 16384 bytes, which then arrives one by one.
                drip(b"\x16\x03\x03\x40\x00", b"\x02")(connection)

        threading.Thread(target=_quietly(serve), daemon=True).start()
        began = time.monotonic()
        with pytest.raises(Unreachable, match="no complete answer"):
            fetch(f"https://127.0.0.1:{port}/", replace(QUICK, exempt=frozenset({("https", "127.0.0.1", port)})))
        assert time.monotonic() - began < 5


def _quietly(function: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            function()
        except OSError:
            return

    return run


def test_silence_is_ended_after_the_time_to_read(server: Loopback) -> None:
    server.answers["/"] = lambda connection: time.sleep(2)
    with pytest.raises(Unreachable, match="timed out"):
        asked(server, replace(QUICK, total=15.0))


@pytest.mark.parametrize(
    "head", [HEAD + b"\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"], ids=["plain", "chunked"]
)
def test_an_endless_body_is_refused_at_the_limit(server: Loopback, head: bytes) -> None:
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n" if b"chunked" in head else b"x" * 65536
    server.answers["/"] = drip(head, chunk, pause=0)
    with pytest.raises(Refused, match="larger than 1048576 bytes"):
        asked(server)


def test_an_endless_body_of_a_redirect_is_never_read(server: Loopback) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n"
    server.answers |= {"/": drip(head, b"x" * 65536, pause=0), "/next": response(b"here")}
    began = time.monotonic()
    assert asked(server).body == b"here"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        (("X: " + "y" * 70_000,), "too long|too large|malformed"),
        (tuple(f"X-{n}: y" for n in range(300)), "header"),
        (tuple(f"X-{n}: {'y' * 8000}" for n in range(20)), "the headers are"),
    ],
    ids=["one giant header", "too many headers", "headers too large in all"],
)
def test_giant_headers_are_refused(server: Loopback, headers: tuple[str, ...], why: str) -> None:
    server.answers["/"] = response(b"x", headers=headers)
    with pytest.raises(Refused, match=why):
        asked(server)


@pytest.mark.parametrize(
    "raw",
    [b"", b"nonsense", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 two hundred\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n"],
    ids=["nothing", "no protocol", "no status", "a status that is no number", "another protocol"],
)
def test_what_is_not_http_is_unreachable_with_a_reason(server: Loopback, raw: bytes) -> None:
    server.answers["/"] = raw
    with pytest.raises(Unreachable):
        asked(server)


def test_a_body_shorter_than_promised_is_not_taken_for_the_whole(server: Loopback) -> None:
    server.answers["/"] = HEAD + b"Content-Length: 1000\r\n\r\nonly this"
    with pytest.raises(Unreachable, match="IncompleteRead"):
        asked(server)
