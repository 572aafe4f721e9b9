"""Advice: where a form, a letter or a rule deserves a look, each with the figures that say so; a person decides."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Final

from noticedesk import store
from noticedesk.store.views import Table, Value, read

FEWEST: Final = 10
"""With fewer cases than these nothing is advised."""

Period = tuple[date | None, date | None]
Row = dict[str, Value]
Found = list[tuple[str, str, int, int]]
"""What is advised, what it is about, and how many of how many."""


def table(look: store.Look, since: date | None = None, until: date | None = None) -> Table:
    """The advice as rows, largest share first; one row that says so where there is none."""
    found = [item for ask in _ASKED for item in ask(look, (since, until))]
    found.sort(key=lambda item: (-item[2] / item[3], item[1]))
    rows: list[tuple[Value, ...]] = [
        (f"{words} ({many} of {of}, {many / of:.0%})", about, many, of) for words, about, many, of in found
    ]
    nothing = f"Nothing stands out: no share is high, or fewer than {FEWEST} cases speak to it."
    return Table(columns=("advice", "about", "cases", "of"), rows=rows or [(nothing, None, None, None)])


def _missing(look: store.Look, period: Period) -> Found:
    """An element that a tenth of what comes through a channel lacks belongs into its form as a required field."""
    claims: Counter[str] = Counter()
    for row in _rows(look, "v_senders", period):
        claims[str(row["channel"])] += _number(row["claims"])
    lacking: Counter[tuple[str, str, str]] = Counter()
    for row in _rows(look, "v_missing_elements", period):
        lacking[str(row["channel"]), str(row["element"]), str(row["regime"])] += _number(row["claims"])
    return [
        (f"Claims through {channel} often lack {element} ({regime}): ask for it there", channel, many, claims[channel])
        for (channel, element, regime), many in lacking.items()
        if claims[channel] >= FEWEST and many / claims[channel] >= 0.1
    ]


def _overturned(look: store.Look, period: Period) -> Found:
    """A reason whose measures are often lifted as an error is applied too freely, or asks for another threshold."""
    made: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row in _rows(look, "v_overturned", period):
        if row["action"] not in ("none", "restore"):
            made[str(row["reason"])] += _number(row["decisions"]) - _number(row["taken_back"])
            wrong[str(row["reason"])] += _number(row["overturned"])
    return [
        (f"Measures for {reason} were lifted as an error: look at its rule and threshold", reason, wrong[reason], many)
        for reason, many in made.items()
        if many >= FEWEST and wrong[reason] / many >= 0.05
    ]


def _clocks(look: store.Look, period: Period) -> Found:
    """A time that is missed more often than one in twenty needs people, an earlier alarm or another target."""
    all_: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    for row in _rows(look, "v_clocks_met", period):
        key = (str(row["rule"]), "the law's" if row["statutory"] else "our own")
        all_[key] += _number(row["met"]) + _number(row["missed"])
        missed[key] += _number(row["missed"])
    return [
        (f"Missed often: the time to {rule} ({whose})", rule, missed[rule, whose], many)
        for (rule, whose), many in all_.items()
        if many >= FEWEST and missed[rule, whose] / many >= 0.05
    ]


def _letters(look: store.Look, period: Period) -> Found:
    """A letter that is often blocked or bounces asks for another template, or for an address on the form."""
    written: Counter[str] = Counter()
    stopped: Counter[str] = Counter()
    for row in _rows(look, "v_letters", period, "day"):
        written[str(row["template"])] += _number(row["letters"])
        if row["state"] in ("blocked", "bounced"):
            stopped[str(row["template"])] += _number(row["letters"])
    return [
        (f"The letter {template} is often blocked or bounces", template, stopped[template], many)
        for template, many in written.items()
        if many >= FEWEST and stopped[template] / many >= 0.1
    ]


_ASKED: Final[list[Callable[[store.Look, Period], Found]]] = [_missing, _overturned, _clocks, _letters]


def _rows(look: store.Look, view: str, period: Period, column: str = "week") -> list[Row]:
    found = read(look, view, column, *period)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def _number(value: Value) -> int:
    return int(value) if isinstance(value, int | float) else 0
