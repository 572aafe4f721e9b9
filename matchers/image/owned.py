"""Bit patterns that belong to somebody: nearest rows by owner, with owners removed in no time."""

from collections import Counter
from collections.abc import Callable

import numpy as np

from matchers.image.hamming import Bits, Numbers, Rows, rows


class Owned:
    """Rows of `width` bytes, each of an owner (a number from 0 on); 8 bytes a row besides the row itself."""

    def __init__(self, width: int, make: Callable[[int], Rows] = rows) -> None:
        self._rows = make(width)
        self._owners: Numbers = np.zeros(0, np.int64)
        self._count = 0
        self._gone: set[int] = set()
        self._stale = 0

    def __len__(self) -> int:
        return self._count - self._stale

    def add(self, owners: Numbers, bits: Bits) -> None:
        """Adds rows, each with its owner."""
        if not len(bits):
            return
        self._rows.add(bits)
        end = self._count + len(owners)
        if end > len(self._owners):
            self._owners = np.concatenate([self._owners[: self._count], np.empty(max(end, 1024), np.int64)])
        self._owners[self._count : end] = owners
        self._count = end

    def remove(self, owner: int, held: int) -> None:
        """Forgets an owner who holds so many rows; their place is given back once half of all are stale."""
        self._gone.add(owner)
        self._stale += held
        if self._stale * 2 <= self._count:
            return
        stays = ~np.isin(self._owners[: self._count], np.fromiter(self._gone, np.int64, len(self._gone)))
        self._rows.keep(stays)
        self._owners = self._owners[: self._count][stays]
        self._count, self._stale = len(self._owners), 0
        self._gone.clear()

    def within(self, sought: Bits, radius: int) -> dict[int, int]:
        """Every owner of a row at most `radius` bits from any row sought, and the least distance."""
        if not len(sought) or not self._count:
            return {}
        which, far = self._rows.within(sought, radius)
        near: dict[int, int] = {}
        for owner, distance in zip(self._owners[which].tolist(), far.tolist(), strict=True):
            if owner not in self._gone:
                near[owner] = min(near.get(owner, distance), distance)
        return near

    def votes(self, sought: Bits, neighbours: int, nearer: int) -> Counter[int]:
        """How many rows of each owner are among the nearest of the rows sought, and nearer than so many bits."""
        if not len(sought) or not self._count:
            return Counter()
        which, far = self._rows.nearest(sought, min(neighbours, self._count))
        counted = Counter(self._owners[which[far < nearer]].tolist())
        return Counter({owner: count for owner, count in counted.items() if owner not in self._gone})
