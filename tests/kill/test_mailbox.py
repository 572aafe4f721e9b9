"""Mail from a real server on loopback, read by a process that is killed twice: each message is there exactly once."""

import hashlib
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from noticedesk import intake, store
from noticedesk.desk.ingest import ingest
from noticedesk.intake.channels import imap as channel
from noticedesk.model.claim import Claim
from noticedesk.model.notice import Notice
from noticedesk.store import records
from tests.kill.house import Post, desk_at
from tests.kill.mixed import messages
from tests.noticedesk.intake.channels import dovecot

RUNS = [
    pytest.param(300, "", id="300-marked"),
    pytest.param(36, "Done", id="36-moved"),
    pytest.param(5000, "", id="5000-marked", marks=pytest.mark.soak),
    pytest.param(5000, "Done", id="5000-moved", marks=pytest.mark.soak),
]
PATIENCE = 1800.0


@pytest.fixture
def mailbox() -> Iterator[dovecot.Dovecot]:
    dovecot.required()
    with dovecot.running() as server:
        yield server


def read_mail(home: Path, url: str, run: int, done: str) -> None:
    """Takes in what the mailbox holds, in this process."""
    os.setpgid(0, 0)
    source = intake.Source(id="box", kind="imap", path=url, service="shop", done=done)
    with desk_at(home, run, Post("", "")) as desk:
        secrets = {"BOX": dovecot.PASSWORD}
        tally = ingest(replace(desk, sources=(source,), settings=replace(desk.settings, secrets=secrets)), source)
    assert not tally.errors, tally.errors


def start(home: Path, url: str, run: int, done: str) -> BaseProcess:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.kill.ready"])
    child = context.Process(target=read_mail, args=(home, url, run, done))
    child.start()
    return child


def notices(home: Path) -> list[Notice]:
    with closing(store.open(f"sqlite:///{home / 'claims.db'}")) as db, db.read() as look:
        return records.find(look, Notice)


def taken(home: Path) -> int:
    if not (home / "claims.db").exists():
        return 0
    with closing(store.open(f"sqlite:///{home / 'claims.db'}")) as db, db.read() as look:
        return records.count(look, Notice)


def kill_after(home: Path, child: BaseProcess, count: int) -> None:
    """Kills the process as soon as so many messages are there; it must not have come to its end."""
    end = time.monotonic() + PATIENCE
    while taken(home) < count:
        assert child.exitcode is None, "it ended before it was killed"
        assert time.monotonic() < end
        time.sleep(0.05)
    assert child.pid is not None
    os.killpg(child.pid, signal.SIGKILL)
    child.join()
    child.close()


@pytest.mark.parametrize(("count", "done"), RUNS)
def test_every_message_is_there_once_though_the_reader_was_killed_twice(
    tmp_path: Path, mailbox: dovecot.Dovecot, count: int, done: str
) -> None:
    sent = messages(count)
    # A repeat of the very same bytes is no second message.
    mailbox.fill([*sent, *sent[:5]])
    for run, share in ((1, 1 / 3), (2, 2 / 3)):
        kill_after(tmp_path, start(tmp_path, mailbox.url(), run, done), int(count * share))
    last = start(tmp_path, mailbox.url(), 3, done)
    last.join(PATIENCE)
    assert last.exitcode == 0
    found = notices(tmp_path)
    assert Counter(notice.sha256 for notice in found) == Counter(hashlib.sha256(raw).hexdigest() for raw in sent)
    opened_by = {notice.claim for notice in found if notice.claim}
    with closing(store.open(f"sqlite:///{tmp_path / 'claims.db'}")) as db, db.read() as look:
        assert {claim.id for claim in records.find(look, Claim)} <= opened_by
    assert left(mailbox, done) == 0


def left(mailbox: dovecot.Dovecot, done: str) -> int:
    """How many messages lie in the mailbox that were not acknowledged."""
    if done:
        return mailbox.count("INBOX")
    with mailbox.session() as session:
        session.select("INBOX")
        return len(session.search(None, "UNKEYWORD", channel.TAKEN)[1][0].split())
