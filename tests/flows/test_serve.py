"""`noticedesk serve`: a real server and real runs; nothing outlives it, and Prefect's database can be lost."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from noticedesk import settings, store
from noticedesk.model.notice import Notice
from noticedesk.store import records
from tests.noticedesk.desk.factory import Mail

PATIENCE = 400.0


@dataclass
class House:
    """A desk in a folder, and the processes that serve it."""

    home: Path
    log: Path
    started: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def serve(self) -> "subprocess.Popen[bytes]":
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "NOTICEDESK_"))
        } | {
            "NOTICEDESK_HOME": str(self.home),
            "NOTICEDESK_CONFIG": str(self.home / "config"),
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "PYTHONPATH": str(Path(settings.__file__).parent.parent),
        }
        # As the command line does it; the folder is one whose own `flows` must not shadow ours.
        with self.log.open("ab") as told:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "flows", "serve"],
                env=environment,
                cwd=self.home / "user",
                stdout=told,
                stderr=told,
                # A shell that runs the tests in the background lets all below it ignore Ctrl-C.
                preexec_fn=heed_interrupts,
            )
        self.started.append(process)
        return process

    def receive(self, number: int) -> None:
        mail = Mail(urls=(f"https://marketplace.example/item/{number}",), message_id=f"<{number}@lind.example>")
        (self.home / "inbox" / f"{number}.eml").write_bytes(mail.raw())

    def notices(self) -> int:
        with closing(store.open(f"sqlite:///{self.home / 'claims.db'}")) as db, db.read() as look:
            return records.count(look, Notice)

    def processes(self) -> list[int]:
        """Everything that runs with the home of this desk, and the sandbox workers below it."""
        mark = f"NOTICEDESK_HOME={self.home}".encode()
        return [pid for pid in _pids() if mark in _environment(pid)]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, tmp_path / "serve.log")
    config = tmp_path / "config"
    shutil.copytree(settings.data_folder("config"), config)
    for name in ("inbox", "user/flows", "user/prefect"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "user/flows/__init__.py").write_text("raise SystemExit('the wrong flows')")
    (tmp_path / "user/prefect/__init__.py").write_text("raise SystemExit('the wrong prefect')")
    sources = [
        {"id": "inbox", "kind": "folder", "path": str(tmp_path / "inbox"), "service": "example", "every": "PT1M"}
    ]
    (config / "sources.yaml").write_text(yaml.safe_dump(sources))
    with closing(store.open(f"sqlite:///{tmp_path / 'claims.db'}")) as db:
        store.migrate(db)
    yield made
    for process in made.started:
        process.kill()
        process.wait()


@pytest.mark.soak
def test_serve_outlives_a_kill_and_the_loss_of_prefects_database_and_no_process_outlives_serve(house: House) -> None:
    house.receive(1)
    first = house.serve()
    eventually(lambda: house.notices() == 1, "the first mail is taken in", first)
    second = house.serve()
    assert second.wait(PATIENCE) == 1
    assert f"is served already, by process {first.pid}" in house.log.read_text()
    house.receive(2)
    first.send_signal(signal.SIGKILL)
    first.wait()
    eventually(lambda: house.processes() == [], "nothing outlives a killed serve")
    shutil.rmtree(house.home / "prefect")
    third = house.serve()
    eventually(lambda: house.notices() == 2, "the second mail is taken in", third)
    third.send_signal(signal.SIGTERM)
    assert third.wait(PATIENCE) == 0
    assert "Traceback" not in house.log.read_text()
    eventually(lambda: house.processes() == [], "nothing outlives a serve that was told to stop")


@pytest.mark.soak
def test_an_interrupted_serve_ends_with_all_it_started(house: House) -> None:
    house.receive(1)
    process = house.serve()
    eventually(lambda: house.notices() == 1, "the mail is taken in", process)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    assert "Traceback" not in house.log.read_text()
    eventually(lambda: house.processes() == [], "nothing outlives an interrupted serve")


def heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def eventually(true: Callable[[], bool], what: str, process: "subprocess.Popen[bytes] | None" = None) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert process is None or process.poll() is None, f"serve ended with {process.returncode}"
        assert time.monotonic() < until, f"not within {PATIENCE:g} seconds: {what}"
        time.sleep(0.2)


def _pids() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdecimal()]


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""
