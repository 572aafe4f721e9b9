"""What an operator watches, counted: queues by state and age, clocks, the outbox, failures, sources.

Every count follows an index that begins with the state; ages are looked up for open states alone, which stay few.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, func, select

from noticedesk.model.allegation import AllegationState
from noticedesk.model.claim import ClaimState
from noticedesk.model.clock import ClockState
from noticedesk.model.letter import OutboxState
from noticedesk.model.notice import NoticeState
from noticedesk.store.database import Look
from noticedesk.store.tables.claims import allegations, claims, notices
from noticedesk.store.tables.decisions import clocks
from noticedesk.store.tables.effects import outbox, sources

SOON: Final = timedelta(hours=24)
"""How near a clock is that is due soon."""

QUEUES: Final[dict[str, Table]] = {"notices": notices, "claims": claims, "allegations": allegations}

_OPEN: Final[dict[str, tuple[str, ...]]] = {
    "notices": (NoticeState.RECEIVED,),
    "claims": (ClaimState.RECEIVED, ClaimState.IN_CHECK, ClaimState.NEEDS_CURE),
    "allegations": (
        AllegationState.REPORTED,
        AllegationState.GATHERED,
        AllegationState.COMPARED,
        AllegationState.UNREACHABLE,
        AllegationState.IN_REVIEW,
        AllegationState.APPROVED,
        AllegationState.DISPATCHING,
        AllegationState.ACTION_FAILED,
    ),
}
"""The states in which something waits for the desk or for a person."""

_WAITING: Final = (OutboxState.QUEUED.value, OutboxState.FAILED.value, OutboxState.DEAD.value)

Counts = dict[tuple[str, ...], int]
Instants = dict[tuple[str, ...], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """The counts by their labels, and the instants from which ages follow."""

    lengths: Counts
    oldest: Instants
    stuck: Counts
    clocks: Counts
    outbox: Counts
    outbox_oldest: Instants
    last_read: Instants
    last_delivery: Instants
    failing: Counts


def gauges(look: Look, now: datetime, sources_known: Iterable[str]) -> Gauges:
    """Everything that is watched, as one consistent view of the database."""
    known = list(sources_known)
    return Gauges(
        lengths={
            (name, *row[:-1]): row[-1]
            for name, table in QUEUES.items()
            for row in _rows(look, select(table.c.state, func.count()).group_by(table.c.state))
        },
        oldest=_oldest(look),
        stuck={
            (name,): _count(look, table, table.c.state.in_(_OPEN[name]), table.c.stuck) for name, table in _queues()
        },
        clocks=_clocks(look, now),
        outbox=dict(_by_kind(look, func.count())),
        outbox_oldest=dict(_by_kind(look, func.min(outbox.c.send_after))),
        last_read=dict(_of_sources(look, known)),
        last_delivery=_deliveries(look, known),
        failing={(id,): int(id in set(_failing(look))) for id in known},
    )


def _queues() -> list[tuple[str, Table]]:
    return list(QUEUES.items())


def _rows(look: Look, query: Select[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in look.run(query)]


def _count(look: Look, table: Table, *where: ColumnElement[bool]) -> int:
    return int(look.run(select(func.count()).select_from(table).where(*where)).scalar() or 0)


def _oldest(look: Look) -> Instants:
    """When the longest waiting of each open state was received; an allegation was so with its claim."""
    queries = {
        "notices": select(notices.c.state, func.min(notices.c.received_at)),
        "claims": select(claims.c.state, func.min(claims.c.received_at)),
        "allegations": select(allegations.c.state, func.min(claims.c.received_at)).join(
            claims, claims.c.id == allegations.c.claim
        ),
    }
    return {
        (name, state): at
        for name, query in queries.items()
        for state, at in _rows(look, query.where(QUEUES[name].c.state.in_(_OPEN[name])).group_by(QUEUES[name].c.state))
    }


def _clocks(look: Look, now: datetime) -> Counts:
    """Running clocks that are overdue, due soon or due later, and missed ones; the law's and ours are told apart."""
    running, due = clocks.c.state == ClockState.RUNNING.value, clocks.c.due
    parts = {
        "overdue": (running, due <= now),
        "due_soon": (running, due > now, due <= now + SOON),
        "later": (running, due > now + SOON),
        "missed": (clocks.c.state == ClockState.MISSED.value,),
    }
    return {
        (kind, status): count
        for status, where in parts.items()
        for kind, count in _rows(look, select(clocks.c.kind, func.count()).where(*where).group_by(clocks.c.kind))
    }


def _by_kind(look: Look, value: ColumnElement[Any]) -> list[tuple[tuple[str, ...], Any]]:
    query = select(outbox.c.kind, outbox.c.state, value).where(outbox.c.state.in_(_WAITING))
    return [((kind, state), found) for kind, state, found in _rows(look, query.group_by(outbox.c.kind, outbox.c.state))]


def _of_sources(look: Look, known: list[str]) -> list[tuple[tuple[str, ...], datetime]]:
    query = select(sources.c.id, sources.c.last_success).where(sources.c.id.in_(known))
    return [((id,), at) for id, at in _rows(look, query) if at is not None]


def _failing(look: Look) -> list[str]:
    return [id for (id,) in _rows(look, select(sources.c.id).where(sources.c.last_error != ""))]


def _deliveries(look: Look, known: list[str]) -> Instants:
    found = {
        (id,): look.run(select(func.max(notices.c.ingested_at)).where(notices.c.channel == id)).scalar() for id in known
    }
    return {labels: at for labels, at in found.items() if at is not None}
