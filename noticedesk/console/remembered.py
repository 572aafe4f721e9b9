"""What was worked out once from bytes that never change: complaints as read, letters, pictures as drawn."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from noticedesk import store
from noticedesk.model.keeping import Tombstone
from noticedesk.store import search

T = TypeVar("T")

MOST = 512
MOST_BYTES = 64 * 2**20
"""How many results are kept, and how many bytes of pictures."""


class Remembered:
    """The last results by key; the key must name everything that the result follows from.

    What is erased is forgotten with all the rest, whichever process of the desk erased it.
    """

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._bytes = 0
        self._latest: list[Tombstone] = []
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._kept)

    def known(self, key: Hashable) -> Any:
        """The result for the key if it is still there; else None."""
        with self._lock:
            return self._kept.get(key)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result for the key, made now if it is not there; two threads may make the same one."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
            latest = self._latest
        made = make()
        with self._lock:
            # what was read before an erasure may be what was erased
            if latest == self._latest and key not in self._kept:
                self._kept[key] = made
                self._bytes += _size(made)
                self._shrink()
        return made

    def forget_erased(self, look: store.Look) -> None:
        """Forgets everything where something was erased since this was asked last."""
        latest = search.newest(look, Tombstone, 1)
        with self._lock:
            if latest != self._latest:
                self._kept.clear()
                self._bytes, self._latest = 0, latest

    def _shrink(self) -> None:
        while len(self._kept) > self._most or self._bytes > self._most_bytes:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= _size(gone)


def _size(made: object) -> int:
    return len(made) if isinstance(made, bytes) else 0
