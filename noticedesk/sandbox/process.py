"""One worker, seen from the process that asks it."""

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.connection import Pipe
from typing import cast

from noticedesk.sandbox.ending import Crashed, Failed, Overrun

# Starting Python and importing the function, which for picture libraries takes seconds on a busy machine.
_STARTING = 120.0
_LARGEST_RESULT = 256 * 2**20
_ENDING = 5.0

# The worker gets our search path and nothing else of us: not the main script, which multiprocessing would import
# again, not the variables of our environment, which may hold secrets.
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from noticedesk.sandbox.worker import main; main()"
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM", "MALLOC_ARENA_MAX"), "1"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What each call may cost, and how many calls a worker serves."""

    seconds: float
    megabytes: int
    tasks: int


class Process:
    """A worker process and the connection to it; one call at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.tasks
        self._usable = True
        self._connection, theirs = Pipe()
        path = [os.path.abspath(entry) for entry in sys.path]
        told = [json.dumps(path), str(theirs.fileno()), str(limits.seconds), str(limits.megabytes)]
        # A session of its own: Ctrl-C in the terminal is for us, and the whole group can be killed.
        self._popen = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOT, *told],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env={name: os.environ[name] for name in _KEPT if name in os.environ} | _ONE_THREAD,
            start_new_session=True,
        )
        theirs.close()

    @property
    def fit(self) -> bool:
        """Whether another call may be made."""
        return self._usable and self._left > 0

    def run(self, function: bytes, args: bytes) -> object:
        """The result of one call of a pickled function; raises Overrun, Crashed or Failed."""
        self._left -= 1
        # Until the answer is here: whatever interrupts us leaves a worker that owes one.
        self._usable = False
        self._say(function)
        kind, value = self._hear(_STARTING, "starting the worker and importing the function")
        if kind == "ready":
            self._say(args)
            kind, value = self._hear(self._limits.seconds, "the call")
        if kind == "memory":
            raise Overrun(f"the call needed more than {self._limits.megabytes} MB of memory")
        self._usable = True
        return _result(kind, value)

    def kill(self) -> None:
        """Kills the worker, if it still lives; a call in progress ends as Crashed."""
        self._usable = False
        with contextlib.suppress(ProcessLookupError):
            if self._popen.returncode is None:
                os.killpg(self._popen.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kills the worker and takes its exit status, so that no zombie stays."""
        self.kill()
        self._popen.wait()
        self._connection.close()

    def _say(self, message: bytes) -> None:
        try:
            self._connection.send_bytes(message)
        except OSError:
            raise self._crashed() from None

    def _hear(self, seconds: float, doing: str) -> tuple[str, bytes]:
        """The kind of an answer and what it carries, still pickled."""
        try:
            if not self._connection.poll(seconds):
                raise Overrun(f"{doing} took longer than {seconds:g} seconds")
            answer = self._connection.recv_bytes(_LARGEST_RESULT)
        except EOFError:
            raise self._crashed() from None
        except OSError as error:
            raise self._crashed(str(error)) from None
        kind, _, value = answer.partition(b":")
        return kind.decode("ascii"), value

    def _crashed(self, why: str = "") -> Crashed | Overrun:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(_ENDING)
        code = self._popen.returncode
        if code is None:
            return Crashed(f"the worker can no longer be heard ({why or 'its connection ended'})")
        if code == -signal.SIGALRM:
            return Overrun(f"the call took longer than {self._limits.seconds:g} seconds")
        signals = {-one: one.name for one in signal.Signals}
        return Crashed(f"the worker ended with {signals.get(code, f'exit code {code}')}")


def _result(kind: str, value: bytes) -> object:
    try:
        content: object = pickle.loads(value)
    except Exception as error:
        raise Failed(type(error).__name__, f"the result cannot be read here: {error}") from None
    if kind == "failed":
        raise Failed(*cast(tuple[str, str], content))
    return content
