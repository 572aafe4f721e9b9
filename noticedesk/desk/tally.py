"""A tally: what a run did, by outcome, and the errors it met most."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Counts by outcome and errors by text; tallies of chunks add up to the tally of a run."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: "Tally") -> "Tally":
        self.counts += other.counts
        self.errors += other.errors
        return self

    @property
    def taken(self) -> int:
        """How many items were taken, whatever became of them."""
        return self.counts.total() + self.errors.total()

    def failed(self, error: BaseException) -> None:
        """Counts one error by its type and text."""
        self.errors[f"{type(error).__name__}: {error}"[:300]] += 1

    def table(self) -> list[dict[str, str | int]]:
        """Rows for people: outcomes first, then errors, most frequent first."""
        errors = [(f"error: {what}", count) for what, count in self.errors.most_common(10)]
        return [{"what": what, "count": count} for what, count in [*sorted(self.counts.items()), *errors]]
