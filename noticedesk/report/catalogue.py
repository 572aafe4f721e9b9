"""The reports that there are: each a documented view, or sentences made from some of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from noticedesk import store
from noticedesk.report import advice, trends
from noticedesk.settings import SettingError, nearest
from noticedesk.store.views import Table, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From a day on and up to another, that one not included; None is without end."""

    since: date | None = None
    until: date | None = None


Rows = Callable[[store.Look, Period], Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report: its name, what it answers, how its rows are had, and whether it names who claims or sells."""

    name: str
    answers: str
    rows: Rows
    names_parties: bool = False


def _view(view: str, period: str, *order: str) -> Rows:
    def rows(look: store.Look, wanted: Period) -> Table:
        found = read(look, view, period, wanted.since, wanted.until)
        places = [found.columns.index(name) for name in order]
        return Table(columns=found.columns, rows=sorted(found.rows, key=lambda row: [str(row[n]) for n in places]))

    return rows


REPORTS: Final[list[Report]] = [
    Report(
        name="claims",
        answers="How many claims come in, by right and day",
        rows=_view("v_claims_by_day", "day", "day", "service", "right_kind"),
    ),
    Report(
        name="backlog",
        answers="What waits now, and for how long",
        rows=_view("v_backlog", "", "desk", "lane", "right_kind", "oldest_received_at"),
    ),
    Report(
        name="times",
        answers="How long it takes to a decision",
        rows=_view("v_decision_times", "week", "week", "service", "lane", "right_kind"),
    ),
    Report(
        name="overturned",
        answers="Which decisions did not last",
        rows=_view("v_overturned", "week", "week", "service", "action", "reason"),
    ),
    Report(
        name="clocks",
        answers="Which times were met and missed",
        rows=_view("v_clocks_met", "week", "week", "service", "regime", "rule"),
    ),
    Report(
        name="holders",
        answers="Who claims",
        rows=_view("v_holders", "week", "week", "service", "holder"),
        names_parties=True,
    ),
    Report(
        name="senders",
        answers="What arrives, by channel and domain",
        rows=_view("v_senders", "week", "week", "service", "channel", "sender_domain", "kind"),
    ),
    Report(
        name="sellers",
        answers="Who is complained about",
        rows=_view("v_sellers", "week", "week", "service", "seller"),
        names_parties=True,
    ),
    Report(
        name="letters",
        answers="Which letters were written and sent",
        rows=_view("v_letters", "day", "day", "service", "template", "language", "to_role", "state"),
    ),
    Report(
        name="missing",
        answers="What complaints lack, by channel",
        rows=_view("v_missing_elements", "week", "week", "service", "channel", "regime", "element"),
    ),
    Report(
        name="trends",
        answers="In sentences: what rose or fell in the last whole week",
        rows=lambda look, wanted: trends.table(look, wanted.until),
        names_parties=True,
    ),
    Report(
        name="advice",
        answers="In sentences: where a form, a letter or a rule deserves a look",
        rows=lambda look, wanted: advice.table(look, wanted.since, wanted.until),
    ),
]


def report(name: str) -> Report:
    """The report of that name; raises SettingError with the nearest name."""
    known = {one.name: one for one in REPORTS}
    if name not in known:
        raise SettingError(f"there is no report {name}{nearest(name, known)}; see: noticedesk report")
    return known[name]
