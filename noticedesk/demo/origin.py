"""A small HTTP server on loopback: one origin, answered by a function from request to reply."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

LONGEST_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; `path` is without the query, header names are in small letters."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    status: int
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Request], Reply]


class Origin:
    """An origin on 127.0.0.1, at a port the system chooses; serves between `with` and its end, in threads."""

    def __init__(self, answer: Answer) -> None:
        self._server = _Server(("127.0.0.1", 0), _handler(answer))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Joining every connection thread at the end would wait for clients that keep theirs open.
    block_on_close = False


def _handler(answer: Answer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Reads one request, and writes the reply of the origin's function."""

        protocol_version = "HTTP/1.1"
        timeout = 20

        def do_GET(self) -> None:
            self._reply(answer(self._request(b"")))

        do_HEAD = do_GET

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdigit() or int(length) > LONGEST_BODY:
                self.close_connection = True
                self._reply(
                    Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if length.isdigit() else HTTPStatus.LENGTH_REQUIRED)
                )
                return
            self._reply(answer(self._request(self.rfile.read(int(length)))))

        def _request(self, body: bytes) -> Request:
            asked = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            return Request(self.command, asked.path, asked.query, headers, body)

        def _reply(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.media_type)
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            """Keeps standard error quiet: the marketplace has a log of its own."""

    return Handler
