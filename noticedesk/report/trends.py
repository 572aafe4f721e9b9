"""Trends a person can read: what rose or fell in the last whole week, and is too much to be chance.

If nothing had changed, a claim of the compared weeks would be as likely to have come in any one of them, so the number
in the last week is binomial given the total: an exact test that holds for small numbers too (Przyborowski and Wilenski,
Biometrika 31, 1940). Of many that are looked at, the rate of false findings is kept by Benjamini and Hochberg's step-up
procedure (J. R. Stat. Soc. B 57, 1995).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import exp, lgamma, log
from typing import Final

from noticedesk import store
from noticedesk.store.views import Table, read

WEEKS: Final = 8
"""How many weeks the last one is held against."""

RATE: Final = 0.01
"""The share of chance findings that is accepted."""

FEWEST: Final = 8
"""With fewer in all weeks together nothing is said."""

_WEEK: Final = timedelta(weeks=1)

_LOOKED_AT: Final[list[tuple[str, str, str]]] = [
    ("holder", "v_holders", "claims"),
    ("seller", "v_sellers", "allegations"),
    ("sender domain", "v_senders", "notices"),
    ("reason for dismissal", "v_overturned", "decisions"),
]
"""What is looked at: what it is called, in which view, and what is counted there."""

_KEYS: Final = {
    "v_holders": "holder",
    "v_sellers": "seller",
    "v_senders": "sender_domain",
    "v_overturned": "reason",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One that rose or fell: what and who, how many in the week, the mean before, and how likely that is by chance."""

    about: str
    name: str
    counted: str
    count: int
    mean: float
    weeks: int
    chance: float

    @property
    def sentence(self) -> str:
        """The finding as a person reads it."""
        weeks = f"{self.weeks}-week" if self.weeks > 1 else "one-week"
        if self.mean == 0:
            return (
                f"{self.about} {self.name}: new, {self.count} {self.counted} and none in the {self.weeks} weeks before"
            )
        change = (self.count - self.mean) / self.mean
        return (
            f"{self.about} {self.name}: {change:+.0%} against its {weeks} mean"
            f" ({self.count} {self.counted}, mean {self.mean:.1f})"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The trends, most striking first; how many were looked at, and how many had too few to say anything."""

    week: date
    trends: tuple[Trend, ...]
    looked_at: int
    too_few: int


def find(look: store.Look, until: date | None = None) -> Found:
    """What changed in the last whole week before `until` (today unless said otherwise)."""
    day = until or datetime.now(UTC).date()
    week = day - timedelta(days=day.weekday()) - _WEEK
    since = week - WEEKS * _WEEK
    history = _history(look, since, week)
    judged, too_few = [], 0
    for about, view, counted in _LOOKED_AT:
        for name, counts in _counts(look, view, counted, (since, week + _WEEK)).items():
            made = judge(counts, week, history)
            if made is None:
                too_few += 1
            else:
                count, mean, by_chance = made
                judged.append(
                    Trend(
                        about=about,
                        name=name,
                        counted=counted,
                        count=count,
                        mean=mean,
                        weeks=history,
                        chance=by_chance,
                    )
                )
    return Found(week=week, trends=tuple(striking(judged)), looked_at=len(judged) + too_few, too_few=too_few)


def judge(counts: Mapping[date, int], week: date, weeks: int) -> tuple[int, float, float] | None:
    """The count of the week, the mean of the weeks before and the chance of it; None where there are too few."""
    count, before = counts.get(week, 0), sum(many for day, many in counts.items() if day != week)
    if weeks == 0 or count + before < FEWEST:
        return None
    return count, before / weeks, chance(count, count + before, 1 / (weeks + 1))


def chance(count: int, total: int, share: float) -> float:
    """The probability, both sides, of a number at least this far from the expected one: twice the smaller tail."""
    upper = sum(_binomial(one, total, share) for one in range(count, total + 1))
    lower = sum(_binomial(one, total, share) for one in range(count + 1))
    return min(1.0, 2 * min(upper, lower))


def striking(trends: Sequence[Trend]) -> list[Trend]:
    """Those that stay when the rate of chance findings among them is to be RATE at most, least likely first."""
    ordered = sorted(trends, key=lambda trend: (trend.chance, trend.about, trend.name))
    kept = [place for place, trend in enumerate(ordered, 1) if trend.chance <= RATE * place / len(ordered)]
    return ordered[: max(kept, default=0)]


def table(look: store.Look, until: date | None = None) -> Table:
    """The trends as rows: the sentence, then the figures that it rests on; the last row says what was left out."""
    found = find(look, until)
    rows: list[tuple[store.views.Value, ...]] = [
        (item.sentence, item.about, item.name, item.count, round(item.mean, 2), item.weeks, float(f"{item.chance:.2g}"))
        for item in found.trends
    ]
    rows.append((_left_out(found), *[None] * 6))
    return Table(columns=("finding", "about", "name", "count", "mean_before", "weeks_before", "chance"), rows=rows)


def _left_out(found: Found) -> str:
    if not found.looked_at:
        return f"In the week from {found.week} nothing came in that could be held against the weeks before."
    told = f"In the week from {found.week}, {found.looked_at} holders, sellers, senders and reasons were compared"
    return f"{told}; {found.too_few} of them are too few for any statement."


def _binomial(count: int, total: int, share: float) -> float:
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return exp(ways + count * log(share) + (total - count) * log(1 - share))


def _counts(look: store.Look, view: str, counted: str, period: tuple[date, date]) -> dict[str, dict[date, int]]:
    found = read(look, view, "week", *period)
    week, name, number = (found.columns.index(one) for one in ("week", _KEYS[view], counted))
    dismissals = found.columns.index("action") if view == "v_overturned" else None
    counts: defaultdict[str, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in found.rows:
        if row[name] and (dismissals is None or row[dismissals] == "none"):
            counts[str(row[name])][date.fromisoformat(str(row[week]))] += int(str(row[number]))
    return {one: dict(weeks) for one, weeks in counts.items()}


def _history(look: store.Look, since: date, week: date) -> int:
    """How many whole weeks before the last one the desk was at work, at most WEEKS."""
    found = read(look, "v_claims_by_day", "day", since, week)
    first = min((date.fromisoformat(str(row[0])) for row in found.rows), default=week)
    return -(-(week - first).days // 7)
