"""Functions that the tests of the sandbox send to workers, which import this module."""

import os
import re
import time
from pathlib import Path


class Unprintable(Exception):
    """An exception that cannot even say what it is."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


def double(number: int) -> int:
    return 2 * number


def fill(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def meet(folder: Path) -> int:
    """Waits in the folder until two others wait there too; the number of those that met."""
    folder.joinpath(str(os.getpid())).touch()
    while (met := len(list(folder.iterdir()))) < 3:
        time.sleep(0.01)
    return met


def crash_on(number: int) -> int:
    if number == 3:
        os.abort()
    if number == 4:
        time.sleep(30)
    if number == 5:
        raise LookupError("five is missing")
    return number


def hold_the_interpreter(_: int) -> bool:
    """A regular expression that backtracks for hours inside C code, so that no other Python thread ever runs."""
    return re.match(r"(a+)+$", "a" * 64 + "b") is not None


def raise_unprintable() -> None:
    raise Unprintable


def speak() -> int:
    print("to standard output")
    return os.write(2, b"to standard error")


def unpicklable() -> object:
    return lambda: None


def slow_pid(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()
