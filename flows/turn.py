"""One run of a flow at a time on this machine: a lock of the kernel's, which no crash can leave behind."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from noticedesk.settings import from_environment


@contextmanager
def turn(name: str) -> Iterator[bool]:
    """Whether it is this run's turn; False while another run of that name goes on. Work is leased by rows besides."""
    folder = from_environment().home / "turns"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
