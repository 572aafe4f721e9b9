"""The lifeline: a lock that `serve` holds while it lives; every process it started ends with it, even after kill -9."""

import fcntl
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "FLOWS_LIFELINE"
"""Where the processes below `serve` find the lock."""

FOLDER = "FLOWS_FOLDER"
"""The folder that the operator started `serve` in, to which relative paths of the settings belong."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Holds a lifeline of its own for this process and names it to the processes started inside the block."""
    path = folder / f"serve-{os.getpid()}.lifeline"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        os.environ[VARIABLE] = str(path)
        try:
            yield
        finally:
            del os.environ[VARIABLE]
            path.unlink()


@contextmanager
def aside(folder: Path) -> Iterator[None]:
    """Lets the processes started inside the block begin in an empty folder, and find their way back from there.

    Prefect puts the folder in which a run begins on the search path while it loads the flow, whatever Python was told.
    """
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[FOLDER] = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(os.environ.pop(FOLDER))


def follow() -> None:
    """Ends this process as soon as the one that holds the lifeline is gone; without one, does nothing."""
    if FOLDER in os.environ:
        os.chdir(os.environ[FOLDER])
    path = os.environ.get(VARIABLE)
    if path:
        threading.Thread(target=_wait, args=(path,), daemon=True, name="lifeline").start()


def _wait(path: str) -> None:
    try:
        with open(path) as file:
            # The kernel gives this lock away at the moment its holder is gone, however it went.
            fcntl.flock(file, fcntl.LOCK_SH)
    finally:
        # Nothing is lost by it: whatever was not committed is taken up again once its lease has expired.
        os.kill(os.getpid(), signal.SIGKILL)
