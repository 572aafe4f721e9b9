"""A pool of killable workers with limits of time and memory: hostile pictures, PDF and spreadsheets are opened there.

It bounds what an input can cost, and keeps a crash away from the desk; it does not confine code that an input runs.
"""

import contextlib
import pickle
import queue
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple, cast

from noticedesk.sandbox.ending import Crashed, Ending, Failed, Overrun
from noticedesk.sandbox.process import Limits, Process

__all__ = ["Crashed", "Ending", "Failed", "Overrun", "Sandbox"]

# How long a killed worker's caller may take to notice.
_ENDING = 5.0

T = TypeVar("T")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")


class Sandbox:
    """Calls functions in up to `workers` processes, each call within `seconds` and `megabytes` of its own.

    A worker is started when first needed, replaced after an overrun, a crash or `tasks` calls, and ends with the
    process that made it, however that ends. Functions, arguments and results travel by pickle: a function must stand
    in an importable module, not in the script that is run. Importing it is not charged to the call. Threads may share
    a sandbox. Memory is limited on Linux only.
    """

    def __init__(self, workers: int = 2, seconds: float = 20.0, megabytes: int = 1024, tasks: int = 200) -> None:
        self._workers = workers
        self._limits = Limits(seconds, megabytes, tasks)
        self._free: queue.SimpleQueue[Process | None] = queue.SimpleQueue()
        self._alive: set[Process] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(workers):
            self._free.put(None)

    def call(self, function: Callable[[*Ts], R], *args: *Ts) -> R:
        """The result of the function; raises Overrun, Crashed, or Failed with what the function itself raised."""
        task = _packed(function), pickle.dumps(args, pickle.HIGHEST_PROTOCOL)
        process = self._free.get()
        try:
            process = process or self._started()
            return cast(R, process.run(*task))
        finally:
            self._free.put(self._kept(process))

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> list[R | Ending]:
        """For each item, in order, the function's result or how the call ended without one."""
        with ThreadPoolExecutor(self._workers, thread_name_prefix="sandbox") as threads:
            try:
                return list(threads.map(lambda item: self._outcome(function, item), items))
            finally:
                threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Ends every worker; calls that still run end as Crashed."""
        with self._lock:
            self._closed = True
            alive = list(self._alive)
        for one in alive:
            one.kill()
        # Each place is taken once, as soon as its call has ended, and given back for callers that still wait.
        with contextlib.suppress(queue.Empty):
            ended = [self._kept(self._free.get(timeout=_ENDING)) for _ in range(self._workers)]
            for place in ended:
                self._free.put(place)

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _outcome(self, function: Callable[[T], R], item: T) -> R | Ending:
        try:
            return self.call(function, item)
        except Ending as ending:
            return ending

    def _started(self) -> Process:
        with self._lock:
            if self._closed:
                raise Crashed("the sandbox is closed")
            try:
                process = Process(self._limits)
            except OSError as error:
                raise Crashed(f"no worker can be started: {error}") from None
            self._alive.add(process)
            return process

    def _kept(self, process: Process | None) -> Process | None:
        """The process if it may serve again; otherwise it is ended, and the next call starts another."""
        if process is None or process.fit:
            return process
        with self._lock:
            self._alive.discard(process)
        process.end()
        return None


def _packed(function: Callable[..., object]) -> bytes:
    # What pickle raises for lambdas and inner functions differs between versions of Python.
    with contextlib.suppress(AttributeError, pickle.PicklingError, TypeError):
        if getattr(function, "__module__", "") != "__main__":
            return pickle.dumps(function, pickle.HIGHEST_PROTOCOL)
    raise TypeError(f"{function!r} cannot be sent to a worker; move it to a module that workers can import")
