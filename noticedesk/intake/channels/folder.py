"""Reads a folder of this machine: every file in it is a delivery, and moves to `done` once it is saved."""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from noticedesk.intake.channels.local import move, waiting
from noticedesk.intake.channels.source import Delivery, Inbox, Source, Start, delivery_key

KIND = "folder"

_DONE = "done"


def opened(source: Source, start: Start) -> AbstractContextManager[Inbox]:
    """The folder; it needs no cursor, since what was saved has left it."""
    return nullcontext(_Folder(source))


class _Folder:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._path = Path(source.path)

    def deliveries(self) -> Iterator[Delivery]:
        for path, raw in waiting(self._path, self._source):
            yield Delivery(delivery_key(raw, path.name), raw, path.name, None, str(path))

    def acknowledge(self, delivery: Delivery) -> None:
        done = self._path / _DONE
        done.mkdir(exist_ok=True)
        digest = hashlib.sha256(delivery.raw).hexdigest()
        move(delivery, done / delivery.name, done / f"{digest[:16]}-{delivery.name}")
