"""The overview: what the documented views say, as charts, tables and files."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from starlette.responses import Response

from noticedesk.console.charts import Chart, stacked
from noticedesk.console.handling import BadForm
from noticedesk.console.visit import Sent, Visit
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.desk.statements import rules as statements
from noticedesk.model.person import Act, Person
from noticedesk.report.catalogue import REPORTS, Period, Report, report
from noticedesk.report.files import FORMATS
from noticedesk.store.views import Table

SHOWN = 500
"""Rows of a report on its page; files have all."""

MONTH = 31 * timedelta(days=1)
AGES = ("under 1 day", "1 to 3 days", "3 to 7 days", "7 to 28 days", "over 28 days")

CHARTS: list[tuple[str, Callable[[Table], Chart]]] = [
    ("claims", lambda found: stacked(("Claims by day and right", "claims"), found, "day", "right_kind", "claims")),
    ("backlog", lambda found: stacked(("What waits, by age", "cases"), found, "age", "desk", "waiting", order=AGES)),
    (
        "times",
        lambda found: stacked(
            ("Median hours to a decision, by week", "hours"), _typical(found), "week", "all", "median_hours"
        ),
    ),
    (
        "overturned",
        lambda found: stacked(
            ("Decisions by week that did not last", "decisions"),
            found,
            "week",
            ("taken_back", "overturned", "restored_otherwise"),
        ),
    ),
    ("clocks", lambda found: stacked(("Times met and missed, by week", "clocks"), found, "week", ("met", "missed"))),
]
"""The charts of the overview: the report each is drawn from, and how."""

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def show(visit: Visit) -> Response:
    """The charts of the last month, and every report there is for the person."""
    today = visit.desk.now().date()
    since, until = today - MONTH, today + timedelta(days=1)
    with visit.desk.db.read() as look:
        charts = [(name, draw(report(name).rows(look, Period(since=since, until=until)))) for name, draw in CHARTS]
        sentences = [
            report(name).rows(look, Period()) for name in ("trends", "advice") if _may_read(visit.who, report(name))
        ]
    mine = [one for one in REPORTS if _may_read(visit.who, one)]
    off = statements.off(visit.desk)
    return visit.page("overview", charts=charts, sentences=sentences, reports=mine, since=since, statements_off=off)


def one(visit: Visit) -> Response:
    """One report as a table."""
    wanted = _wanted(visit)
    with visit.desk.db.read() as look:
        found = wanted.rows(look, period(visit.query))
    files = list(FORMATS) if may_export(visit.who) else []
    return visit.page("report", report=wanted, table=found, shown=SHOWN, files=files, query=visit.query)


def file(visit: Visit) -> Response:
    """One report as a file in which nothing is a formula."""
    if not may_export(visit.who):
        raise NotPermitted(f"{visit.who.name} may read reports here and not take them out of the desk")
    wanted, kind = _wanted(visit), visit.path["kind"]
    if kind not in FORMATS:
        raise BadForm(f"{kind[:20]} is no format; there are {', '.join(FORMATS)}")
    with visit.desk.db.read() as look:
        found = wanted.rows(look, period(visit.query))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{wanted.name}.{kind}"
        FORMATS[kind](found, path)
        content = path.read_bytes()
    named = {"content-disposition": f'attachment; filename="{wanted.name}.{kind}"'}
    return Response(content, media_type=TYPES[kind], headers=named)


def may_export(person: Person) -> bool:
    """Whether the person may take figures out of the desk."""
    return person.may(Act.EXPORT) or person.may(Act.DECIDE)


def period(query: Sent) -> Period:
    """The period that a form asks for; raises BadForm for a day that is none."""
    return Period(since=_day(query.text("since")), until=_day(query.text("until")))


def _wanted(visit: Visit) -> Report:
    wanted = report(visit.path["report"])
    if not _may_read(visit.who, wanted):
        raise NotPermitted(f"{visit.who.name} reads figures, and this report names people")
    return wanted


def _may_read(person: Person, wanted: Report) -> bool:
    return not wanted.names_parties or person.may(Act.READ_CASE)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadForm(f"{text[:40]!r} is no day; write it as 2027-01-31") from None


def _typical(table: Table) -> Table:
    """One row a week: the median of the group that decided most, because medians cannot be added."""
    week, many, median = (table.columns.index(name) for name in ("week", "decisions", "median_hours"))
    best: dict[str, tuple[int, float]] = {}
    for row in table.rows:
        count, value = int(str(row[many])), float(str(row[median]))
        best[str(row[week])] = max(best.get(str(row[week]), (0, 0.0)), (count, value))
    return Table(
        columns=("week", "all", "median_hours"), rows=[(one, "largest group", best[one][1]) for one in sorted(best)]
    )
