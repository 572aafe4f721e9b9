"""Nearest bit patterns among very many, by faiss in clusters: quick, and a few in a hundred are missed.

For votes of keypoints, where others of the same picture stand in for one that is missed; never for hashes of the whole.
"""

import numpy as np

from matchers.image.hamming import Bits, FaissRows, Flags, Numbers, Rows, rows

try:
    import faiss
except ImportError:
    faiss = None  # type: ignore[assignment]

_FIRST, _LISTS, _LOOKED_AT = 50_000, 1024, 12


class ClusteredRows:
    """Rows searched exactly up to fifty thousand; from then on in 1,024 clusters around rows of their own."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._flat: FaissRows | None = FaissRows(width)
        self._count = 0
        # Untyped as faiss is; None until there are enough rows to choose centres from.
        self._clusters: faiss.IndexBinaryIVF | None = None

    def add(self, bits: Bits) -> None:
        """Adds rows."""
        self._count += len(bits)
        if self._clusters is not None:
            self._clusters.add(np.ascontiguousarray(bits))
            return
        assert self._flat is not None
        self._flat.add(bits)
        if self._count >= _FIRST:
            self._cluster(self._flat.stored())

    def within(self, sought: Bits, radius: int) -> tuple[Numbers, Numbers]:
        """Rows at most `radius` away, of the clusters that are looked at."""
        if self._clusters is None:
            assert self._flat is not None
            return self._flat.within(sought, radius)
        _, far, which = self._clusters.range_search(np.ascontiguousarray(sought), radius + 1)
        return which.astype(np.int64), far.astype(np.int64)

    def nearest(self, sought: Bits, count: int) -> tuple[Numbers, Numbers]:
        """The nearest rows of the clusters that are looked at."""
        if self._clusters is None:
            assert self._flat is not None
            return self._flat.nearest(sought, count)
        far, which = self._clusters.search(np.ascontiguousarray(sought), count)
        return which.astype(np.int64), far.astype(np.int64)

    def keep(self, stays: Flags) -> None:
        """Copies the rows that stay, in their order, and clusters them anew where they are still many."""
        kept = self.stored()[stays]
        self._flat, self._clusters, self._count = FaissRows(self._width), None, 0
        self.add(kept)

    def stored(self) -> Bits:
        """Every row in the order they were added."""
        if self._clusters is None:
            assert self._flat is not None
            return self._flat.stored()
        bits, lists = np.empty((self._count, self._width), np.uint8), self._clusters.invlists
        for number in range(_LISTS):
            size = lists.list_size(number)
            if size:
                codes = faiss.rev_swig_ptr(lists.get_codes(number), size * self._width)
                bits[faiss.rev_swig_ptr(lists.get_ids(number), size)] = codes.reshape(size, self._width)
        return bits

    def _cluster(self, bits: Bits) -> None:
        """Rows drawn from all serve as centres: k-means takes minutes and finds no more."""
        centres = faiss.IndexBinaryFlat(8 * self._width)
        chosen = np.random.default_rng(0).choice(len(bits), _LISTS, replace=False)
        centres.add(np.ascontiguousarray(bits[np.sort(chosen)]))
        clusters = faiss.IndexBinaryIVF(centres, 8 * self._width, _LISTS)
        clusters.train(np.ascontiguousarray(bits[:1]))
        clusters.nprobe = _LOOKED_AT
        clusters.add(np.ascontiguousarray(bits))
        # faiss holds no reference to the centres of its own.
        self._centres, self._clusters, self._flat = centres, clusters, None


def many(width: int) -> Rows:
    """An empty store for very many rows; exact where faiss is missing."""
    return rows(width) if faiss is None else ClusteredRows(width)
