"""Wellness: how a person wants pictures shown, what they were shown, and when a pause is due; seen by nobody else.

What is flagged is blurred unless the person says otherwise; pictures of goods are plain, because colour is evidence.
Blur that one lifts oneself lowers the strain at no cost in accuracy (Das, Dang and Lease, HCOMP 2020); a later study
found no effect (Lewitzka et al., Psychological Research 2026), so it is offered and promised nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.model.person import Person, Preferences
from noticedesk.model.right import RightKind
from noticedesk.store import records

FLAGGED: Final = "flagged"
"""The kind of claim that carries a sensitive flag, whatever right it is about."""

KINDS: Final = (*(kind.value for kind in RightKind), FLAGGED)

WORKED: Final = timedelta(minutes=50)
"""After so long without a pause one is suggested."""

PAUSE: Final = timedelta(minutes=10)
"""So long without a page counts as a pause."""

REVEALS: Final = 20
"""After so many revealed pictures since the last pause one is suggested."""

DAYS_KEPT: Final = 14

_SINCE, _LAST, _RECENT = "since", "last", "recent"


class Way(StrEnum):
    """How pictures are shown until they are revealed."""

    PLAIN = "plain"
    GREY = "grey"
    BLUR = "blur"
    MUTE = "mute"


def of(look: store.Look, person: str) -> Preferences:
    """What a person likes, as shipped where they never said."""
    return next(iter(records.find(look, Preferences, id=person)), Preferences(id=person))


def keep(tx: store.Transaction, liked: Preferences) -> None:
    """Saves what a person likes."""
    (records.replace if records.find(tx, Preferences, id=liked.id) else records.add)(tx, liked)


def way(liked: Preferences, right: RightKind | None, *, flagged: bool) -> Way:
    """How the pictures of a case are shown at first."""
    chosen, kind = dict(liked.pictures), FLAGGED if flagged else right or ""
    return Way(chosen[kind]) if kind in chosen else Way.BLUR if flagged else Way.PLAIN


def choose(desk: Desk, person: Person, ways: dict[str, Way]) -> None:
    """Keeps how the person wants pictures shown, by kind of claim."""
    with desk.db.write() as tx:
        chosen = tuple(sorted((kind, way.value) for kind, way in ways.items() if kind in KINDS))
        keep(tx, replace(of(tx, person.id), pictures=chosen))


def reveal(desk: Desk, person: Person) -> None:
    """Counts that the person has revealed the pictures of a case."""
    with desk.db.write() as tx:
        liked, today = of(tx, person.id), desk.now().date().isoformat()
        counts = dict(liked.exposure)
        counts |= {name: str(int(counts.get(name, "0")) + 1) for name in (today, _RECENT)}
        keep(tx, replace(liked, exposure=_recent(desk.now(), counts)))


def worked(tx: store.Transaction, liked: Preferences, now: datetime) -> Preferences:
    """Notes that the person is at work; after a pause the time begins anew."""
    counts = dict(liked.exposure)
    last = _instant(counts.get(_LAST, ""))
    if last is None or now - last > PAUSE:
        counts |= {_SINCE: now.isoformat(), _RECENT: "0"}
    stirred = replace(liked, exposure=_recent(now, counts | {_LAST: now.isoformat()}))
    keep(tx, stirred)
    return stirred


def nudge(liked: Preferences, now: datetime) -> str:
    """Why a pause is due; empty while none is."""
    counts = dict(liked.exposure)
    since, last = _instant(counts.get(_SINCE, "")), _instant(counts.get(_LAST, ""))
    if since is None or last is None or now - last > PAUSE:
        return ""
    if int(counts.get(_RECENT, "0")) >= REVEALS:
        return f"You have revealed {counts[_RECENT]} sensitive cases without a pause."
    return f"You have worked for {int((now - since).total_seconds()) // 60} minutes." if now - since >= WORKED else ""


def seen(liked: Preferences) -> tuple[tuple[str, int], ...]:
    """How many cases the person revealed by day, newest first."""
    return tuple((day, int(count)) for day, count in sorted(liked.exposure, reverse=True) if day[:1].isdigit())


def _recent(now: datetime, counts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    first = (now.date() - timedelta(days=DAYS_KEPT)).isoformat()
    return tuple(sorted((name, value) for name, value in counts.items() if not name[:1].isdigit() or name >= first))


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
