"""The worker's side: takes a function, then its arguments, runs it within the limits, sends what came of it."""

import os
import pickle
import resource
import select
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

# How long a worker whose parent no longer watches may outlive the limit of a call.
_GRACE = 2.0
_MEGABYTE = 2**20
_MAPPED = Path("/proc/self/statm")


def main() -> None:
    """Serves calls until the parent closes the connection or dies."""
    descriptor, seconds, megabytes = int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_end_with_parent, args=(descriptor,), daemon=True).start()
    _silence()
    connection: Connection[bytes, bytes] = Connection(descriptor)
    while True:
        try:
            _serve(connection, seconds, megabytes)
        except (EOFError, OSError):
            return


def _serve(connection: "Connection[bytes, bytes]", seconds: float, megabytes: int) -> None:
    """One call; the import of its function is done before its time and memory are counted."""
    packed = connection.recv_bytes()
    try:
        function = pickle.loads(packed)
    # Importing a module may raise whatever its author thought of.
    except Exception as error:
        connection.send_bytes(_failed(error))
        return
    connection.send_bytes(b"ready:")
    packed = connection.recv_bytes()
    # The parent kills at the limit; where it died or holds still, the alarm ends us even inside C code.
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    _limit(megabytes * _MEGABYTE)
    answer = _run(function, packed)
    _limit(None)
    connection.send_bytes(answer)
    signal.setitimer(signal.ITIMER_REAL, 0)


def _run(function: Callable[..., object], packed: bytes) -> bytes:
    try:
        result = function(*pickle.loads(packed))
        return b"result:" + pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return b"memory:"
    # Whatever a library raises over a hostile file is an outcome to report, also SystemExit.
    except BaseException as error:
        return _failed(error)


def _failed(error: BaseException) -> bytes:
    return b"failed:" + pickle.dumps((type(error).__name__, _text(error)))


def _text(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    # An exception of a library may not even be printable.
    except Exception as another:
        return f"(no text: {type(another).__name__})"


def _limit(more: int | None) -> None:
    """Limits the address space to what is mapped now and `more` bytes; None lifts the limit."""
    if not _MAPPED.exists():
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    mapped = int(_MAPPED.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    wanted = hard if more is None else mapped + more
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _end_with_parent(descriptor: int) -> None:
    """Ends the process when the other end of the connection is gone, whatever the main thread does."""
    watch = select.poll()
    watch.register(descriptor, 0)
    watch.poll()
    os._exit(1)


def _silence() -> None:
    """Libraries print warnings about hostile files; they would stand in the operator's log without any context."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
