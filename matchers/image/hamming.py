"""Nearest bit patterns by Hamming distance: by faiss, five times as fast as OpenCV, or numpy where faiss is missing."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

try:
    import faiss
except ImportError:
    faiss = None  # type: ignore[assignment]
else:
    # Pictures are spread over processes; threads within each would only contend for the same cores.
    faiss.omp_set_num_threads(1)

Bits = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
_CHUNK = 64


class Rows(Protocol):
    """Stored bit patterns, numbered from 0 in the order they were added."""

    def add(self, bits: Bits) -> None:
        """Adds rows (n x bytes)."""

    def within(self, sought: Bits, radius: int) -> tuple[Numbers, Numbers]:
        """Every stored row at most `radius` bits from any row sought: its number, and the distance."""

    def nearest(self, sought: Bits, count: int) -> tuple[Numbers, Numbers]:
        """For each row sought the numbers and distances (n x count) of the nearest; -1 where there is none."""

    def keep(self, stays: Flags) -> None:
        """Drops every row whose flag is False; those that stay are numbered anew, in their order."""


class FaissRows:
    """Rows in a faiss IndexBinaryFlat: exact at any radius."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._index = faiss.IndexBinaryFlat(8 * width)

    def add(self, bits: Bits) -> None:
        """Adds rows."""
        self._index.add(np.ascontiguousarray(bits))

    def within(self, sought: Bits, radius: int) -> tuple[Numbers, Numbers]:
        """Rows nearer than `radius` + 1, as faiss leaves out the radius itself."""
        _, far, which = self._index.range_search(np.ascontiguousarray(sought), radius + 1)
        return which.astype(np.int64), far.astype(np.int64)

    def nearest(self, sought: Bits, count: int) -> tuple[Numbers, Numbers]:
        """The nearest rows."""
        far, which = self._index.search(np.ascontiguousarray(sought), count)
        return which.astype(np.int64), far.astype(np.int64)

    def keep(self, stays: Flags) -> None:
        """Copies the rows that stay into a new index."""
        kept = self.stored()[stays]
        self._index = faiss.IndexBinaryFlat(8 * self._width)
        self._index.add(np.ascontiguousarray(kept))

    def stored(self) -> Bits:
        """Every row in the order they were added."""
        bits: Bits = faiss.vector_to_array(self._index.xb)  # type: ignore[attr-defined]
        return bits.reshape(-1, self._width)


class NumpyRows:
    """Rows in an array; every search looks at all of them."""

    def __init__(self, width: int) -> None:
        self._parts: list[Bits] = [np.zeros((0, width), np.uint8)]

    def add(self, bits: Bits) -> None:
        """Adds rows; they are put together when next searched."""
        self._parts.append(bits)

    def within(self, sought: Bits, radius: int) -> tuple[Numbers, Numbers]:
        """Rows at most `radius` away."""
        found = [(np.nonzero(far <= radius), far) for far in self._distances(sought)]
        which = [places[1] for places, _ in found]
        return np.concatenate([*which, np.zeros(0, np.int64)]), np.concatenate(
            [*(far[places] for places, far in found), np.zeros(0, np.int64)]
        )

    def nearest(self, sought: Bits, count: int) -> tuple[Numbers, Numbers]:
        """The nearest rows."""
        which, far = np.full((len(sought), count), -1), np.full((len(sought), count), 2**31 - 1)
        start = 0
        for some in self._distances(sought):
            order = np.argsort(some, axis=1, kind="stable")[:, :count]
            end = start + len(some)
            which[start:end, : order.shape[1]] = order
            far[start:end, : order.shape[1]] = np.take_along_axis(some, order, 1)
            start = end
        return which, far

    def keep(self, stays: Flags) -> None:
        """Copies the rows that stay."""
        self._parts = [self._all()[stays]]

    def _all(self) -> Bits:
        if len(self._parts) > 1:
            self._parts = [np.concatenate(self._parts)]
        return self._parts[0]

    def _distances(self, sought: Bits) -> list[Numbers]:
        stored = self._all()
        parts = [sought[start : start + _CHUNK] for start in range(0, len(sought), _CHUNK)]
        return [np.bitwise_count(part[:, None] ^ stored[None]).sum(axis=2, dtype=np.int64) for part in parts]


def rows(width: int) -> Rows:
    """An empty store of rows of `width` bytes."""
    return NumpyRows(width) if faiss is None else FaissRows(width)


def two_nearest(sought: Bits, among: Bits) -> tuple[Numbers, Numbers]:
    """For each row sought the distances and row numbers (each n x 2) of the two nearest rows among the others."""
    stored = rows(among.shape[1])
    stored.add(among)
    which, far = stored.nearest(sought, 2)
    return far, which
