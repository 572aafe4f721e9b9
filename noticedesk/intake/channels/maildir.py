"""Reads a maildir, as mail servers fill it: new mail moves from new/ to cur/ once it is saved."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from noticedesk.intake.channels.local import move, waiting
from noticedesk.intake.channels.source import Delivery, Inbox, Source, Start, delivery_key

KIND = "maildir"


def opened(source: Source, start: Start) -> AbstractContextManager[Inbox]:
    """The maildir; it needs no cursor, since what was saved has left new/."""
    return nullcontext(_Maildir(source))


class _Maildir:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._path = Path(source.path)

    def deliveries(self) -> Iterator[Delivery]:
        for path, raw in waiting(self._path / "new", self._source):
            yield Delivery(delivery_key(raw, path.name), raw, path.name, _delivered(path.name), str(path))

    def acknowledge(self, delivery: Delivery) -> None:
        kept = self._path / "cur" / f"{delivery.name.partition(':')[0]}:2,S"
        move(delivery, kept, kept)


def _delivered(name: str) -> datetime | None:
    """The instant in the name of a maildir file, which our own delivery agent gave it; none in the name of any other.

    Seconds since 1970 have nine digits from 1973 on: fewer are a number that somebody gave a file.
    """
    seconds = name.partition(".")[0]
    if not (seconds.isdecimal() and seconds.isascii() and 9 <= len(seconds) <= 11):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)
