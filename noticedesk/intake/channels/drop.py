"""Reads a drop folder anywhere fsspec reaches (SFTP, object storage): a file is claimed by renaming, then read."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from noticedesk.intake.channels import remote
from noticedesk.intake.channels.local import finished
from noticedesk.intake.channels.source import Delivery, Inbox, Source, SourceError, Start, delivery_key

KIND = "drop"

CLAIMED = "processing"
DONE = "done"

SETTLED_AFTER = 5.0
"""Seconds after which a file that still has the same size and time counts as whole."""


@contextmanager
def opened(source: Source, start: Start) -> Iterator[Inbox]:
    """The folder; it needs no cursor: a file that was claimed and not saved is handed over again first."""
    with remote.connected(source, start.secret) as (files, root):
        yield _Drop(source, files, root)


class _Drop:
    def __init__(self, source: Source, files: Any, root: str) -> None:
        self._source, self._files, self._root = source, files, root.rstrip("/")

    def deliveries(self) -> Iterator[Delivery]:
        with remote.telling(self._source):
            left = [(name, False) for name in sorted(self._names(f"{self._root}/{CLAIMED}"))]
            waiting = [(name, True) for name in self._settled()]
        failed: list[str] = []
        for name, fresh in [*left, *waiting]:
            try:
                with remote.telling(self._source):
                    delivery = self._claimed(name, fresh=fresh)
            except SourceError as error:
                failed.append(f"{name} ({error})")
                continue
            if delivery:
                yield delivery
        if failed:
            raise SourceError(f"source {self._source.id}: could not read {', '.join(failed[:10])}")

    def acknowledge(self, delivery: Delivery) -> None:
        digest = hashlib.sha256(delivery.raw).hexdigest()
        to = f"{self._root}/{DONE}/{delivery.name}"
        with remote.telling(self._source):
            self._files.makedirs(f"{self._root}/{DONE}", exist_ok=True)
            if self._files.exists(to):
                to = f"{self._root}/{DONE}/{digest[:16]}-{delivery.name}"
            # Whoever acknowledges twice finds nothing to move.
            with suppress(FileNotFoundError):
                self._files.mv(delivery.place, to)

    def _claimed(self, name: str, *, fresh: bool) -> Delivery | None:
        """The file under its claimed name; None when somebody else has taken it."""
        place = f"{self._root}/{CLAIMED}/{name}"
        try:
            if fresh:
                self._files.makedirs(f"{self._root}/{CLAIMED}", exist_ok=True)
                if self._files.exists(place):
                    # The one of that name that was claimed before is still to be saved.
                    return None
                self._files.mv(f"{self._root}/{name}", place)
            raw = bytes(self._files.cat_file(place))
        except FileNotFoundError:
            return None
        return Delivery(delivery_key(raw, name), raw, name, None, place)

    def _settled(self) -> list[str]:
        """The names of the whole files, oldest first: nothing that still grows, and nothing that says it is half."""
        before = self._names(self._root)
        if not before:
            return []
        time.sleep(SETTLED_AFTER)
        self._files.invalidate_cache()
        after = self._names(self._root)
        whole = [name for name, seen in after.items() if before.get(name) == seen]
        return sorted(whole, key=lambda name: (after[name][1], name))

    def _names(self, folder: str) -> dict[str, tuple[int, str]]:
        """The files in a folder with size and time; none where the folder is not there."""
        try:
            listed = self._files.ls(folder, detail=True)
        except FileNotFoundError:
            if folder == self._root:
                raise
            return {}
        found = {}
        for item in listed:
            name = str(item["name"]).rstrip("/").rpartition("/")[2]
            if item["type"] == "file" and finished(name):
                found[name] = (int(item.get("size") or 0), _time(item))
        return found


def _time(item: dict[str, Any]) -> str:
    """When a file was written, as each kind of storage names it; only compared, never a time of arrival."""
    for key in ("mtime", "LastModified", "last_modified", "updated", "created"):
        if value := item.get(key):
            return value.isoformat() if isinstance(value, datetime) else str(value)
    return ""
