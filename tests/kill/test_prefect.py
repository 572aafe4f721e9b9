"""kill -9 of real flow processes under a real Prefect server, whose database is deleted between: nothing is lost."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from noticedesk import settings, store
from noticedesk.demo.origin import Origin, Reply, Request
from noticedesk.desk import review
from noticedesk.desk.desk import open_desk
from noticedesk.desk.review import Ruling
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.person import Role
from noticedesk.store import records
from noticedesk.store.columns import written
from tests.kill.house import HELD, PATIENCE
from tests.kill.proof import every, had_once, letters_are_sent_once, once_each, proposed_once
from tests.kill.sink import Sink, mail_server
from tests.kill.test_killed import MEMORY
from tests.noticedesk.desk.factory import NOW, REMOVE, SERVER, Mail, person
from tests.noticedesk.desk.receiver import SECRET, Receiver

KILLS = 3
MAILS = 6
NAP = 0.1
"""Seconds that platform, pages and mail server take to answer at most, so that a kill falls among the work."""

# Prefect's settings are set when its flows are imported; nothing of that must stay for the tests that come after.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@dataclass
class Site:
    """The platform: it shows a page for every item, and carries out what it is asked."""

    receiver: Receiver

    def __call__(self, request: Request) -> Reply:
        time.sleep(random.uniform(0, NAP))
        if request.method != "POST":
            return Reply(200, f"<html><h1>Sunset print</h1><p>{request.path}</p></html>".encode())
        reply = self.receiver(request)
        time.sleep(random.uniform(0, NAP))
        return reply


@dataclass(frozen=True)
class Place:
    """A home with a configuration of its own, and the variables with which its processes run."""

    home: Path
    environment: dict[str, str]

    @property
    def settings(self) -> settings.Settings:
        ours = {name: value for name, value in self.environment.items() if name.startswith("NOTICEDESK_")}
        return settings.from_environment(ours)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server(NAP) as (made, url):
        made.url = url  # type: ignore[attr-defined]
        yield made


@pytest.fixture
def site(receiver: Receiver) -> Iterator[Origin]:
    with Origin(Site(receiver)) as origin:
        yield origin


@pytest.fixture
def place(tmp_path: Path, site: Origin, sink: Sink) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as folder:
        home = Path(folder)
        (home / "inbox").mkdir()
        configure(home, site)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "NOTICEDESK_"))}
        made = Place(
            home,
            kept
            | {
                "NOTICEDESK_HOME": str(home),
                "NOTICEDESK_CONFIG": str(home / "config"),
                "NOTICEDESK_WEBHOOK_SECRET": SECRET,
                "NOTICEDESK_SMTP": sink.url,  # type: ignore[attr-defined]
                "PREFECT_HOME": str(home / "prefect"),
                "PYTHONPATH": str(Path(settings.__file__).parent.parent),
            },
        )
        with closing(store.open(made.settings.database_url)) as db:
            store.migrate(db)
        yield made


def configure(home: Path, site: Origin) -> None:
    """The shipped configuration, for this home and the platform on loopback."""
    shutil.copytree(settings.data_folder("config"), home / "config")
    address = urlsplit(site.url)
    exempt = {"scheme": "http", "host": address.hostname, "port": address.port}
    changes = {
        "platform.yaml": {"webhook": f"{site.url}/actions"},
        "policy.yaml": {"undo_minutes": 0, "chunk": 2},
        "gather.yaml": {
            "items": [{"service": "example", "patterns": ["/item/(?P<item>[a-z0-9-]+)"]}],
            "manners": {"interval": 0.0, "own_interval": 0.0, "robots": False, "exempt": [exempt]},
        },
    }
    for name, values in changes.items():
        path = home / "config" / name
        known = yaml.safe_load(path.read_text())
        path.write_text(yaml.safe_dump(known | values))
    services = yaml.safe_load((home / "config" / "services.yaml").read_text())
    services[0] |= {"hosts": [site.host]}
    (home / "config" / "services.yaml").write_text(yaml.safe_dump(services[:1]))
    inbox = {"id": "inbox", "kind": "folder", "path": str(home / "inbox"), "service": services[0]["id"]}
    (home / "config" / "sources.yaml").write_text(yaml.safe_dump([inbox | {"servers": [SERVER]}]))


@contextmanager
def server(place: Place) -> Iterator[Place]:
    """A Prefect server with the database that lies in the home, or a new one; the place with its address."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("PREFECT_", "NOTICEDESK_"))]:
            patch.delenv(name)
        for name, value in place.environment.items():
            patch.setenv(name, value)
        from flows import loopback

        with loopback.server(0):
            told = {name: os.environ[name] for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING")}
            yield replace(place, environment=place.environment | told)
        for name in [name for name in os.environ if name.startswith("PREFECT_")]:
            patch.delenv(name)


def start(place: Place, job: str) -> "subprocess.Popen[bytes]":
    """A flow as `noticedesk run` starts it, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "flows", job],
        env=place.environment,
        cwd=place.home,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )


def run(place: Place, job: str) -> None:
    """Runs the flow until nothing is due."""
    with start(place, job) as process:
        assert process.wait(PATIENCE) == 0, f"flow {job} ended with {process.returncode}"


def kill(place: Place, job: str) -> None:
    """Kills the flow when it holds something, and a moment later; nobody waits for its leases to run out."""
    with start(place, job) as process:
        until = time.monotonic() + PATIENCE
        while not held(place, job):
            assert process.poll() is None, f"flow {job} ended with {process.returncode} before it held anything"
            assert time.monotonic() < until
            time.sleep(0.005)
        time.sleep(random.uniform(0, NAP))
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, f"flow {job} was done before it was killed"
    age(place)


def held(place: Place, job: str) -> bool:
    with closing(sqlite3.connect(place.home / "claims.db", timeout=60)) as db:
        now = written(datetime.now(UTC))
        return any(db.execute(f"SELECT 1 FROM {at} WHERE lease_until > ?", (now,)).fetchone() for at in HELD[job])


def age(place: Place) -> None:
    """Lets the leases of what was killed be over: their holder stays on record, as in a real quarter of an hour."""
    with closing(sqlite3.connect(place.home / "claims.db", timeout=60)) as db, db:
        for table in ("sources", "notices", "claims", "allegations", "outbox"):
            db.execute(f"UPDATE {table} SET lease_until = '2000-01-01T00:00:00.000000Z' WHERE lease_until IS NOT NULL")
        db.execute("UPDATE outbox SET next_attempt_at = NULL WHERE state IN ('queued', 'failed')")


def decide(place: Place) -> None:
    """A specialist has everything removed that waits for her."""
    with open_desk(place.settings) as desk:
        ann = person(desk, Role.SPECIALIST)
        with desk.db.read() as look:
            waiting = records.find(look, Allegation, state=AllegationState.IN_REVIEW)
        for one in waiting:
            action, reason = REMOVE
            review.decide(desk, ann, one.id, Ruling(action=action, reason=reason), one.version)


def test_nothing_is_lost_or_doubled_when_flows_are_killed_and_prefects_database_is_deleted(
    place: Place, site: Origin, receiver: Receiver, sink: Sink
) -> None:
    sent = [
        Mail(
            urls=(f"{site.url}/item/i{number}",),
            sender=f"maria@lind{number}.example",
            message_id=f"<{number}@lind{number}.example>",
        ).raw(NOW)
        for number in range(MAILS)
    ]
    for number, raw in enumerate(sent):
        (place.home / "inbox" / f"{number}.eml").write_bytes(raw)
    with server(place) as served:
        for job in ("ingest", "process"):
            for _ in range(KILLS):
                kill(served, job)
            run(served, job)
    once_each(place.home, sent)
    proposed_once(place.home)
    decide(place)
    shutil.rmtree(place.home / "prefect")
    with server(place) as served:
        for _ in range(KILLS):
            kill(served, "dispatch")
        run(served, "dispatch")
    once_each(place.home, sent)
    had_once(place.home, receiver, KILLS)
    letters_are_sent_once(place.home, sink, KILLS)
    assert len(every(place.home, Allegation)) == MAILS
