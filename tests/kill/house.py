"""A desk whose work is done by processes that may be killed, with a platform and a mail server that outlive them."""

import os
import random
import signal
import socket
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from noticedesk.desk import process, review
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.ingest import ingest
from noticedesk.desk.policy import Platform
from noticedesk.desk.review import Ruling
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.person import Person, Role
from noticedesk.settings import Settings
from noticedesk.store import records
from tests.noticedesk.desk.factory import HOST, NOW, Mail, Time, Web, deliver, opened, person
from tests.noticedesk.desk.receiver import SECRET

_HOUR_OF_RUN = 2.0
"""How far the desk's time moves from run to run: every lease and pause of the run before has passed."""


class Shop(Web):
    """A shop that has a page for every item, in a process of its own each time."""

    def listing_of(self, item: str) -> str:
        return f"https://{HOST}/item/{item}"

    def fetch(self, url: str):  # type: ignore[no-untyped-def]
        if "/item/" in url and url not in self.pages:
            self.listing(url.rpartition("/")[2])
        return super().fetch(url)


@dataclass(frozen=True)
class Post:
    """Where the effects of the desk go."""

    webhook: str
    smtp: str


@contextmanager
def desk_at(home: Path, run: int, post: Post) -> Iterator[Desk]:
    """The desk of the home as the run of that number finds it."""
    time_ = Time()
    time_.pass_(hours=_HOUR_OF_RUN * run)
    with opened(home, Shop(), time_, chunk=5) as desk:
        chosen: Settings = replace(desk.settings, webhook_secret=SECRET, smtp=post.smtp)
        yield replace(desk, settings=chosen, platform=Platform(webhook=post.webhook))


def _ingest(desk: Desk) -> None:
    ingest(desk, desk.source("inbox"))


def _dispatch(desk: Desk) -> None:
    while dispatch(desk).counts.total():
        pass


JOBS: dict[str, Callable[[Desk], object]] = {"ingest": _ingest, "process": process.run_all, "dispatch": _dispatch}


def work(home: Path, job: str, run: int, post: Post) -> None:
    """Does one job in this process."""
    os.setpgid(0, 0)
    with desk_at(home, run, post) as desk:
        JOBS[job](desk)


@dataclass
class House:
    """The home, how often it was entered, and what it was told to take in."""

    home: Path
    post: Post
    chance: random.Random
    run: int = 0
    mails: int = 0
    ann: Person | None = None

    def receive(self, count: int) -> None:
        """Complaints by as many people about as many listings arrive."""
        for number in range(self.mails, self.mails + count):
            mail = Mail(
                urls=(f"https://{HOST}/item/i{number}",),
                sender=f"maria@lind{number}.example",
                message_id=f"<{number}@lind{number}.example>",
            )
            deliver(self.home, {f"{number:05}.eml": mail.raw(NOW)})
        self.mails += count

    def do(self, job: str) -> None:
        """Does a job to its end."""
        self.start(job).join()

    def start(self, job: str):  # type: ignore[no-untyped-def]
        """A process that does the job."""
        self.run += 1
        context = get_context("forkserver")
        context.set_forkserver_preload(["tests.kill.ready"])
        child = context.Process(target=work, args=(self.home, job, self.run, self.post))
        child.start()
        return child

    def kill(self, job: str, times: int, refill: Callable[[], None]) -> None:
        """Kills the process group of the job at random instants of its work; more work whenever it was done."""
        killed, longest = 0, 1.0
        while killed < times:
            child = self.start(job)
            child.join(self.chance.uniform(0.0, longest))
            if child.exitcode is None:
                _kill(child.pid)
                killed += 1
            else:
                assert child.exitcode == 0, f"{job} ended with {child.exitcode}"
                refill()
            child.join()
            child.close()

    def decide(self) -> None:
        """A specialist has everything removed that waits for her."""
        self.run += 1
        with desk_at(self.home, self.run, self.post) as desk:
            self.ann = self.ann or person(desk, Role.SPECIALIST)
            with desk.db.read() as look:
                waiting = records.find(look, Allegation, state=AllegationState.IN_REVIEW.value)
            for one in waiting:
                review.decide(desk, self.ann, one.id, Ruling(action=Action.DISABLE, reason=Reason.COPY), one.version)


def _kill(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        # It has not made its group yet: it is alone.
        os.kill(pid, signal.SIGKILL)


@dataclass
class Sink:
    """A mail server that keeps what it accepts, by Message-ID."""

    accepted: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        head = content.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
        (line,) = [line for line in head.splitlines() if line.lower().startswith("message-id:")]
        self.accepted[line.partition(":")[2].strip()].append(content)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[Sink, str]]:
    """A mail server on loopback and its URL."""
    sink = Sink()
    # The controller connects to the very port that it is told, so it cannot be left to choose one.
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
