"""A server on loopback that answers byte by byte as a test says, and remembers what it was asked."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Any

from noticedesk.http import HOSTILE, Policy, fetch

Answer = bytes | Callable[[socket.socket], None]

OUTSIDE = replace(HOSTILE, robots=False, interval=0, attempts=1, connect=5.0, read=5.0, total=15.0)
MEGABYTE = 2**20
CALM = replace(OUTSIDE, body=MEGABYTE)


def response(
    body: bytes = b"", status: str = "200 OK", media_type: str = "text/html", headers: tuple[str, ...] = ()
) -> bytes:
    """The bytes of an answer with a length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    if media_type:
        lines.append(f"Content-Type: {media_type}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(target: str, status: str = "302 Found") -> bytes:
    """The bytes of a redirect."""
    return response(status=status, headers=(f"Location: {target}",))


class Loopback:
    """Serves each path with its answers in turn, the last one for ever; every connection serves one request."""

    def __init__(
        self, answers: dict[str, Answer | list[Answer]] | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.answers = answers or {}
        self.asked: list[str] = []
        self.requests: list[bytes] = []
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open = True
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        port: int = self._listening.getsockname()[1]
        return port

    @property
    def origin(self) -> tuple[str, str, int]:
        return ("https" if self._tls else "http", "127.0.0.1", self.port)

    def url(self, path: str = "/") -> str:
        return f"{self.origin[0]}://127.0.0.1:{self.port}{path}"

    def __enter__(self) -> "Loopback":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = False
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while self._open:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            if self._tls:
                with self._tls.wrap_socket(connection, server_side=True) as wrapped:
                    return self._speak(wrapped)
            self._speak(connection)

    def _speak(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request and (received := connection.recv(65536)):
            request += received
        head, _, body = request.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(body) < length and (received := connection.recv(65536)):
            body += received
        path = head.split(b" ", 2)[1].decode("latin-1") if head else ""
        self.asked.append(path)
        self.requests.append(head + b"\r\n\r\n" + body)
        answer = self._next(path)
        if isinstance(answer, bytes):
            connection.sendall(answer)
        else:
            answer(connection)

    def _next(self, path: str) -> Answer:
        answers = self.answers.get(path, response(b"not here", "404 Not Found"))
        if isinstance(answers, list):
            return answers.pop(0) if len(answers) > 1 else answers[0]
        return answers


def admitting(server: Loopback, policy: Policy = OUTSIDE) -> Policy:
    """The policy, with the server exempt from what is refused inside."""
    return replace(policy, exempt=frozenset({server.origin}))


def asked(server: Loopback, policy: Policy = CALM) -> Any:
    """What comes back when the server is asked for its first page."""
    return fetch(server.url(), admitting(server, policy))
