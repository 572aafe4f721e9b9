"""A desk whose work is done by processes that may be killed, with a platform and a mail server that outlive them."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import event

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
from noticedesk.store.columns import written
from tests.noticedesk.desk.factory import HOST, NOW, Mail, Time, Web, deliver, opened, person
from tests.noticedesk.desk.receiver import SECRET

_HOURS_OF_RUN = 2.0
"""How far the desk's time moves from run to run: every lease and pause of the run before has passed."""

NAP = 0.01
"""Seconds that a write and the outside world take longer at most, so that kills fall between any two steps."""

PATIENCE = 300.0


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


def time_of(run: int) -> Time:
    """The desk's time in the run of that number."""
    made = Time()
    made.pass_(hours=_HOURS_OF_RUN * run)
    return made


@contextmanager
def desk_at(home: Path, run: int, post: Post) -> Iterator[Desk]:
    """The desk of the home as the run of that number finds it."""
    with opened(home, Shop(), time_of(run), chunk=3) as desk:
        chosen: Settings = replace(desk.settings, webhook_secret=SECRET, smtp=post.smtp)
        yield replace(desk, settings=chosen, platform=Platform(webhook=post.webhook))


def _ingest(desk: Desk) -> None:
    ingest(desk, desk.source("inbox"))


def _dispatch(desk: Desk) -> None:
    while dispatch(desk).counts.total():
        pass


JOBS: dict[str, Callable[[Desk], object]] = {"ingest": _ingest, "process": process.run_all, "dispatch": _dispatch}

HELD = {"ingest": ("sources",), "process": ("claims", "allegations"), "dispatch": ("outbox",)}
"""The tables whose leases say that a job is in the middle of something."""


@dataclass(frozen=True)
class Length:
    """How long the whole of a job is: in seconds, and in steps (before and after each transaction and its commit)."""

    seconds: float
    steps: int


@dataclass(frozen=True)
class Errand:
    """What a process is started for; at step `halt` it waits to be killed."""

    home: Path
    post: Post
    job: str
    run: int
    halt: int


def work(errand: Errand, told: Connection) -> None:
    """Does one job in this process; says when it begins, when it halts (None), and how long it was when it is done."""
    os.setpgid(0, 0)
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == errand.halt:
            told.send(None)
            time.sleep(PATIENCE)
        nap()

    with desk_at(errand.home, errand.run, errand.post) as desk:
        for moment in ("begin", "commit", "checkin"):
            event.listen(desk.db.writer, moment, step)
        told.send(None)
        begun = time.monotonic()
        JOBS[errand.job](desk)
        told.send(Length(time.monotonic() - begun, steps))


def nap() -> None:
    """Sleeps a moment of random length."""
    time.sleep(random.uniform(0, NAP))


@dataclass(frozen=True)
class Kills:
    """What kills did: the share that left a lease behind, and the share that left a lease or work behind."""

    held: float
    cut: float


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
            deliver(self.home, {f"{number:05}.eml": complaint(number)})
        self.mails += count

    def do(self, job: str) -> None:
        """Does a job to its end, undisturbed."""
        self.run += 1
        with desk_at(self.home, self.run, self.post) as desk:
            JOBS[job](desk)

    def kill(self, job: str, times: int, left: Callable[[], int], stock: Callable[[], None]) -> Kills:
        """Kills the process group of the job so often, in its work, which `stock` fills up: by turns at a random
        instant and at a random step, so that a busy machine leaves no gap between two steps untried.

        `left` says how much of the work is left.
        """
        killed, held, cut, length = 0, 0, 0, Length(PATIENCE, 0)
        while killed < times:
            stock()
            halt = self.chance.randint(1, length.steps) if length.steps and killed % 2 else 0
            child, told = self._start(job, halt)
            # The first is let alone: so the second knows how long the work is on this machine.
            waits = PATIENCE if halt or not length.steps else self.chance.uniform(0.0, length.seconds)
            done = told.recv() if told.poll(waits) else None
            if done:
                length = done
            else:
                os.killpg(child.pid, signal.SIGKILL)
                killed += 1
            child.join()
            assert child.exitcode == (0 if done else -signal.SIGKILL), f"{job} ended with {child.exitcode}"
            child.close()
            holds = not done and self._holds(job)
            held += holds
            cut += not done and (holds or left() > 0)
        return Kills(held / times, cut / times)

    def _start(self, job: str, halt: int):  # type: ignore[no-untyped-def]
        """A process that has begun the job, and what it will say of its end."""
        self.run += 1
        context = get_context("forkserver")
        context.set_forkserver_preload(["tests.kill.ready"])
        told, tells = context.Pipe(duplex=False)
        child = context.Process(target=work, args=(Errand(self.home, self.post, job, self.run, halt), tells))
        child.start()
        tells.close()
        assert told.poll(PATIENCE), f"{job} does not begin"
        told.recv()
        return child, told

    def _holds(self, job: str) -> bool:
        """Whether the last run, which is gone, still holds what it worked on."""
        now = written(time_of(self.run)())
        with closing(sqlite3.connect(self.home / "claims.db")) as db:
            return any(db.execute(f"SELECT 1 FROM {at} WHERE lease_until > ?", (now,)).fetchone() for at in HELD[job])

    def decide(self) -> None:
        """A specialist has everything removed that waits for her."""
        self.run += 1
        with desk_at(self.home, self.run, self.post) as desk:
            self.ann = self.ann or person(desk, Role.SPECIALIST)
            with desk.db.read() as look:
                waiting = records.find(look, Allegation, state=AllegationState.IN_REVIEW.value)
            for one in waiting:
                review.decide(desk, self.ann, one.id, Ruling(action=Action.DISABLE, reason=Reason.COPY), one.version)


def complaint(number: int) -> bytes:
    """The mail of that number, from a person and about a listing of its own."""
    return Mail(
        urls=(f"https://{HOST}/item/i{number}",),
        sender=f"maria@lind{number}.example",
        message_id=f"<{number}@lind{number}.example>",
    ).raw(NOW)
