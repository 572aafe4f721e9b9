"""A bar on the error stream for long work, where a person watches; nothing where a program reads."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def tracked(items: Iterable[T], doing: str, total: int | None = None) -> Iterator[T]:
    """The items one by one, with a bar of how many are done; `total` where it is known beforehand."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, doing, total=total, console=Console(stderr=True), transient=True)
