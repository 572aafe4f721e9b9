"""The API as it is run: uvicorn on loopback, many senders at once, and the commands around it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time as clock
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from noticedesk.api.app import create_app
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import takeover
from noticedesk.model.notice import Notice
from noticedesk.model.submission import Submission
from noticedesk.store import records
from tests.noticedesk.api.factory import complaint, terms


@contextmanager
def served(desk: Desk, **changes: object) -> Iterator[str]:
    """The address of a server on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(desk, terms(desk, **changes)), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            clock.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def test_many_at_once_are_each_kept_once(desk: Desk, maria: dict[str, str]) -> None:
    with served(desk) as address, httpx.Client(base_url=address, timeout=30) as web:

        def send(n: int) -> int:
            body = json.dumps(complaint(desk, f"https://shop.example/item/i-{n // 2}"))
            headers = maria | {"content-type": "application/json", "idempotency-key": f"k-{n // 2}"}
            return web.post("/v1/complaints", content=body, headers=headers).status_code

        with ThreadPoolExecutor(8) as threads:
            assert set(threads.map(send, range(24))) == {202}
            taken = [threads.submit(takeover.take_over, desk) for _ in range(3)]
            assert sum(one.result().counts["opened"] for one in taken) == 12
    with desk.db.read() as look:
        assert len(records.find(look, Submission)) == len(records.find(look, Notice)) == 12


def test_a_body_without_end_is_cut_off(desk: Desk) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 1_000_000_000:
            sent += 10_000
            yield b"x" * 10_000

    with served(desk, largest_bytes=50_000) as address:
        try:
            answer = httpx.post(f"{address}/v1/check", content=endless(), headers={"content-type": "text/plain"})
            assert answer.status_code == 413
        except (httpx.WriteError, httpx.RemoteProtocolError):
            # the server hung up while we were still sending
            assert sent > 50_000
    assert sent < 100_000_000


def test_the_command_says_what_it_serves_and_ends_when_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    environment = os.environ | {"NOTICEDESK_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "noticedesk"]
    subprocess.run([*command, "db", "upgrade"], env=environment, check=True, capture_output=True)
    with subprocess.Popen([*command, "api", "--port", port], env=environment, stdout=subprocess.PIPE, text=True) as run:
        said = [run.stdout.readline() for _ in range(7)] if run.stdout else []
        for _ in range(200):
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/healthz")
                break
            except httpx.ConnectError:
                clock.sleep(0.1)
        run.send_signal(signal.SIGTERM)
        run.wait(30)
    assert answer.json() == {"status": "ok"} and run.returncode in (0, -signal.SIGTERM)
    assert said[0] == f"Listening at http://127.0.0.1:{port}\n" and "/v1/complaints" in said[1]
