"""Views for analysts: the tables joined and named as people ask about them, without personal data.

They hold no data, so every migration makes them anew. Columns are added at the end and never renamed, because reports
outside the desk build on them; docs/analysts.md lists them all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import column, select, table, text

from noticedesk.store.database import Look, Transaction
from noticedesk.store.errors import StoreError
from noticedesk.store.figures import FIGURES

Value = str | int | float | bool | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows as they were read, and the names of their columns."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]


_HOURS: Final = {
    "sqlite": "round((julianday({until}) - julianday({since})) * 24, 2)",
    "postgresql": "round((extract(epoch FROM ({until} - {since})) / 3600)::numeric, 2)::double precision",
}


def _hours(dialect: str, since: str, until: str) -> str:
    return _HOURS[dialect].format(since=since, until=until)


def _claims(dialect: str) -> str:
    return f"""
        SELECT c.id AS claim, c.service, c.regime, c.regime_version, c.verdict, c.state, c.lane, c.language,
               c.received_at, c.due_at, c.linked AS linked_claim, c.hold,
               count(DISTINCT a.id) AS allegations, count(DISTINCT a.listing) AS listings,
               count(DISTINCT d.id) AS decisions, min(d.decided_at) AS first_decided_at,
               {_hours(dialect, "c.received_at", "min(d.decided_at)")} AS hours_to_first_decision
        FROM claims c
        LEFT JOIN allegations a ON a.claim = c.id
        LEFT JOIN decisions d ON d.allegation = a.id AND d.undone_at IS NULL
        GROUP BY c.id"""


def _decisions(dialect: str) -> str:
    return f"""
        SELECT d.id AS decision, d.allegation, a.claim, c.service, c.lane, a.listing, l.country AS listing_country,
               d.action, d.reason, d.basis, d.ground, d.category, d.source, d.regime, d.regime_version,
               d.decided_by, d.decided_at, d.automatic, d.automated_detection, d.until, d.undone_at,
               p.band, p.action AS proposed_action, p.reason AS proposed_reason,
               p.action = d.action AND p.reason = d.reason AS as_proposed,
               {_hours(dialect, "c.received_at", "d.decided_at")} AS hours_since_receipt
        FROM decisions d
        JOIN allegations a ON a.id = d.allegation
        JOIN claims c ON c.id = a.claim
        JOIN listings l ON l.id = a.listing
        LEFT JOIN proposals p ON p.id = (
            SELECT q.id FROM proposals q WHERE q.allegation = d.allegation AND q.made_at <= d.decided_at
            ORDER BY q.made_at DESC, q.id DESC LIMIT 1)"""


def _clocks(dialect: str) -> str:
    return f"""
        SELECT k.id AS clock, k.claim, k.allegation, c.service, k.regime, k.regime_version, k.rule, k.kind,
               k.kind LIKE 'statutory%' AS statutory, k.start_event, k.start AS started_at, k.due AS due_at,
               k.state, k.ended_at, k.provisional, k.tag, k.reference,
               k.state = 'missed' OR (k.ended_at IS NOT NULL AND k.ended_at > k.due) AS late,
               {_hours(dialect, "k.ended_at", "k.due")} AS hours_to_spare
        FROM clocks k JOIN claims c ON c.id = k.claim"""


def _findings(_dialect: str) -> str:
    return """
        SELECT f.id AS finding, f.allegation, a.claim, c.service, f.matcher, f.outcome, f.score, f.made_at,
               w.kind AS work_kind, a.state AS allegation_state, d.action AS decided_action, d.reason AS decided_reason
        FROM findings f
        JOIN allegations a ON a.id = f.allegation
        JOIN claims c ON c.id = a.claim
        LEFT JOIN works w ON w.id = f.work
        LEFT JOIN decisions d ON d.id = (
            SELECT e.id FROM decisions e WHERE e.allegation = f.allegation AND e.undone_at IS NULL
            ORDER BY e.decided_at DESC, e.id DESC LIMIT 1)"""


VIEWS: Final = {
    "v_claims": _claims,
    "v_decisions": _decisions,
    "v_clocks": _clocks,
    "v_findings": _findings,
    **FIGURES,
}
"""Each view and its query."""


def make_anew(tx: Transaction) -> None:
    """Makes every view as this version has it; on PostgreSQL in place, so that views of others upon them stay."""
    for name, query in VIEWS.items():
        if tx.on_postgres:
            tx.run(text(f"CREATE OR REPLACE VIEW {name} AS {query('postgresql')}"))
        else:
            tx.run(text(f"DROP VIEW IF EXISTS {name}"))
            tx.run(text(f"CREATE VIEW {name} AS {query('sqlite')}"))


def read(look: Look, view: str, period: str = "", since: date | None = None, until: date | None = None) -> Table:
    """The rows of a view, in the order of its columns; with `period` (its column of days or weeks) only those of
    `since` up to and not with `until`."""
    if view not in VIEWS:
        raise StoreError(f"there is no view {view}; there are {', '.join(VIEWS)}")
    query = select(text("*")).select_from(table(view))
    if period and since:
        query = query.where(column(period) >= since.isoformat())
    if period and until:
        query = query.where(column(period) < until.isoformat())
    look.settled()
    found = look.run(query)
    columns = tuple(found.keys())
    ways = [_WAYS.get(name.rpartition("_")[2] if name.endswith("_at") else name, _as_is) for name in columns]
    return Table(
        columns=columns, rows=[tuple(way(value) for way, value in zip(ways, row, strict=True)) for row in found]
    )


def _as_is(value: Any) -> Value:
    return cast(Value, value)


def _instant(value: Any) -> Value:
    return datetime.fromisoformat(value) if isinstance(value, str) else cast(Value, value)


def _flag(value: Any) -> Value:
    return None if value is None else bool(value)


_FLAGS: Final = ("statutory", "late", "hold", "automatic", "automated_detection", "as_proposed", "provisional")
_WAYS: Final[dict[str, Callable[[Any], Value]]] = {"at": _instant, **dict.fromkeys(_FLAGS, _flag)}
"""What SQLite knows no type for."""
