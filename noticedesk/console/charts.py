"""Charts as shapes: bars stacked by series, worked out here and drawn by a template; each carries its own table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from noticedesk.store.views import Table

WIDTH, HEIGHT, FOOT, SIDE = 640, 200, 34, 40
BROADEST = 72
MOST_LABELS = 31
COLOURS = 6
"""How many series have a colour of their own; what is left goes together."""

OTHERS, UNKNOWN = "others", "not known"


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a stack: its corner and size in the units of the drawing, its series, and what it says."""

    x: float
    y: float
    width: float
    height: float
    series: int
    says: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its numbers: `values` has a row a label, a column a series."""

    title: str
    counts: str
    labels: tuple[str, ...]
    series: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def top(self) -> float:
        """The highest stack."""
        return max((sum(row) for row in self.values), default=0)

    @property
    def says(self) -> str:
        """The chart in a sentence."""
        if not self.top:
            return f"{self.title}: nothing yet."
        high = max(range(len(self.labels)), key=lambda place: sum(self.values[place]))
        return f"{self.title}: {len(self.labels)} columns; the highest is {self.labels[high]} with {self.top:g}."

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Every piece of every stack, from the bottom up."""
        step = (WIDTH - SIDE) / max(1, len(self.labels))
        broad = min(step * 0.8, BROADEST)
        made: list[Bar] = []
        for place, row in enumerate(self.values):
            below = 0.0
            for series, value in enumerate(row):
                high = (HEIGHT - FOOT) * value / self.top if self.top else 0.0
                says = f"{self.labels[place]}, {self.series[series]}: {value:g}"
                x, y = SIDE + place * step + (step - broad) / 2, HEIGHT - FOOT - below - high
                made += [Bar(round(x, 1), round(y, 1), round(broad, 1), round(high, 1), series, says)] * (value > 0)
                below += high
        return tuple(made)

    @property
    def marks(self) -> tuple[tuple[float, str], ...]:
        """Labels below the first, middle and last column, with where they stand."""
        step = (WIDTH - SIDE) / max(1, len(self.labels))
        last = len(self.labels) - 1
        return tuple(
            (round(SIDE + (at + 0.5) * step, 1), self.labels[at]) for at in sorted({0, last // 2, last}) if last >= 0
        )


def stacked(
    chart: tuple[str, str],
    table: Table,
    label: str,
    series: str | tuple[str, ...],
    value: str = "",
    order: Sequence[str] = (),
) -> Chart:
    """The newest labels of a table, the value summed by series; several names of columns are each a series.

    `chart` is title and what is counted, `order` that of labels which do not sort as texts.
    """
    at = {name: place for place, name in enumerate(table.columns)}
    sums: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in table.rows:
        pairs = (
            [(one, row[at[one]]) for one in series]
            if isinstance(series, tuple)
            else [(row[at[series]], row[at[value]])]
        )
        for name, number in pairs:
            sums[str(row[at[label]])][str(name or UNKNOWN)] += float(number) if isinstance(number, int | float) else 0
    known = [one for one in order if one in sums]
    labels = [*known, *sorted(sums.keys() - known)][-MOST_LABELS:]
    names = list(series) if isinstance(series, tuple) else _largest(sums)
    values = tuple(tuple(_value(sums[one], name, names) for name in names) for one in labels)
    return Chart(*chart, tuple(labels), tuple(name.replace("_", " ") for name in names), values)


def _largest(sums: dict[str, defaultdict[str, float]]) -> list[str]:
    total: defaultdict[str, float] = defaultdict(float)
    for row in sums.values():
        for name, value in row.items():
            total[name] += value
    names = sorted(total, key=lambda name: (-total[name], name))
    return names if len(names) <= COLOURS else [*names[: COLOURS - 1], OTHERS]


def _value(row: dict[str, float], name: str, names: list[str]) -> float:
    if name == OTHERS and name not in row:
        return round(sum(value for one, value in row.items() if one not in names), 2)
    return round(row.get(name, 0.0), 2)
