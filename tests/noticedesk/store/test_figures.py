from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from noticedesk import store
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.event import Actor
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.notice import NoticeKind, NoticeState, Verified
from noticedesk.store import chain, records, views
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON, fresh, notice
from tests.noticedesk.store.waiting.factory import HOUR, decided, waiting_case

pytestmark = BOTH

MONDAY = "2026-03-02"


def letter(of: Allegation, **given: object) -> Letter:
    bare = {
        "id": fresh("T"), "claim": of.claim, "allegation": of.id, "template": "removal", "to": "a@b.example",
        "to_role": "seller", "subject": "x", "sha256": "0" * 64, "message_id": fresh("m"), "routine": False,
        "drafted_at": NOON,
    }  # fmt: skip
    return Letter(**bare | given)  # type: ignore[arg-type]


def clock(of: Allegation, **given: object) -> Clock:
    bare = {
        "id": fresh("K"), "claim": of.claim, "rule": "answer", "kind": ClockKind.STATUTORY_MAX, "start": NOON,
        "start_event": "received", "due": NOON + HOUR, "timezone": "UTC", "regime": "us", "regime_version": 1,
        "reference": "x", "tag": "sure",
    }  # fmt: skip
    return Clock(**bare | given)  # type: ignore[arg-type]


def busy(tx: store.Transaction) -> None:
    """A week of a desk: one measure that stood, one that was wrong, one dismissal, one case that waits."""
    held = {"principal": "acme", "seller": "shop9", "regime": "us"}
    stood, wrong, left, waits = [waiting_case(tx, **held) for _ in range(4)]
    records.add(tx, [decided(stood, decided_at=NOON + HOUR), decided(wrong, decided_at=NOON + 3 * HOUR)])
    back = {"action": Action.RESTORE, "reason": Reason.OUR_ERROR}
    records.add(tx, decided(wrong, decided_at=NOON + 99 * HOUR, **back))
    records.add(tx, decided(left, action=Action.NONE, reason=Reason.NOT_SAME, decided_at=NOON + 2 * HOUR))
    undone = {"undone_at": NOON + HOUR, "undone_by": "P-2", "decided_at": NOON + MINUTE}
    records.add(tx, decided(waits, **undone))
    for case in (stood, wrong, left):
        now = records.get(tx, Allegation, case.id)
        records.replace(tx, replace(now, flags=()))
        store.moves.move(tx, replace(now, version=2), AllegationState.AWAITING_SELLER, Actor(name="x"))
    mails = {"sender": "agent@Brand.example", "kind": NoticeKind.TRADEMARK_NOTICE}
    records.add(tx, [notice(claim=stood.claim, verified=Verified.DKIM, **mails), notice(claim=wrong.claim, **mails)])
    records.add(tx, notice(state=NoticeState.UNREADABLE, problem="empty", **mails))
    sent = {"state": LetterState.SENT, "sent_at": NOON + HOUR, "routine": True}
    records.add(tx, [letter(stood, **sent), letter(wrong), clock(stood), clock(wrong, kind=ClockKind.SLA)])
    met = {"state": ClockState.SATISFIED, "ended_at": NOON}
    records.add(tx, [clock(left, **met), clock(left, **met | {"ended_at": NOON + 2 * HOUR})])
    for case, missing in ((stood, "signature,contact"), (wrong, "signature"), (left, "")):
        chain.append(tx, Actor(name="check"), "claim.needs_cure", case.claim, case.claim, {"missing": missing})
    tx.settled()


def rows(look: store.Look, view: str) -> list[dict[str, views.Value]]:
    found = views.read(look, view)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


FIRST: list[tuple[str, dict[str, object]]] = [
    ("v_claims_by_day", {"day": MONDAY, "right_kind": "copyright", "regime": "us", "claims": 4, "repeats": 0}),
    ("v_decision_times", {"decisions": 4, "mean_hours": 26.25, "median_hours": 2.0, "ninth_decile_hours": 99.0}),
    ("v_holders", {"holder": "acme", "claims": 4, "allegations": 4, "acted_on": 2, "dismissed": 1, "restored": 1}),
    ("v_sellers", {"seller": "shop9", "listings": 4, "holders": 1, "acted_on": 2, "dismissed": 1, "restored": 1}),
]


@pytest.mark.parametrize(("view", "expected"), FIRST, ids=lambda value: value if isinstance(value, str) else "")
def test_a_week_of_a_desk_is_counted(db: store.Database, view: str, expected: dict[str, object]) -> None:
    with db.write() as tx:
        busy(tx)
        (row,) = rows(tx, view)
    assert {name: row[name] for name in expected} == expected


def test_what_did_not_last_is_told_apart(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        found = {(row["action"], row["reason"]): row for row in rows(tx, "v_overturned")}
    counted = ("decisions", "taken_back", "overturned", "restored_otherwise", "acted_on_later")
    assert tuple(found["disable", "copy"][name] for name in counted) == (3, 1, 1, 0, 0)
    assert tuple(found["none", "not_same"][name] for name in counted) == (1, 0, 0, 0, 0)


def test_times_of_the_law_and_our_own_are_never_in_one_row(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        found = {row["kind"]: row for row in rows(tx, "v_clocks_met")}
    law, own = found["statutory_max"], found["sla"]
    assert (law["statutory"], law["clocks"], law["met"], law["missed"], law["running"]) == (True, 3, 1, 2, 0)
    assert (own["statutory"], own["clocks"], own["met"], own["missed"]) == (False, 1, 0, 1)


def test_the_backlog_is_what_stands_in_the_queue_and_its_oldest_is_an_instant(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        found = {row["right_kind"]: row for row in rows(tx, "v_backlog")}
    assert (found["copyright"]["waiting"], found["copyright"]["overdue"]) == (1, 0)
    assert found["copyright"]["oldest_received_at"] == NOON
    assert found[""]["waiting"] == 1


def test_of_a_sender_only_the_domain_is_shown(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        (row,) = rows(tx, "v_senders")
    shown = ("sender_domain", "notices", "claims", "verified", "unreadable")
    assert tuple(row[name] for name in shown) == ("Brand.example", 3, 2, 1, 1)


def test_letters_are_counted_by_state_with_the_time_they_took(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        found = {row["state"]: row for row in rows(tx, "v_letters")}
    assert (found["sent"]["letters"], found["sent"]["routine"], found["sent"]["mean_hours_to_sent"]) == (1, 1, 1.0)
    assert (found["draft"]["letters"], found["draft"]["mean_hours_to_sent"]) == (1, None)


def test_what_complaints_lack_is_counted_by_element_and_channel(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        found = {(row["channel"], row["element"]): row["claims"] for row in rows(tx, "v_missing_elements")}
    assert found == {("mail", "signature"): 2, ("mail", "contact"): 1}


def test_a_period_holds_its_first_day_and_not_its_last(db: store.Database) -> None:
    with db.write() as tx:
        busy(tx)
        waiting_case(tx, received_at=datetime(2026, 3, 4, 0, 0, tzinfo=UTC))
        counted = [
            len(views.read(tx, "v_claims_by_day", "day", date(2026, 3, first), date(2026, 3, last)).rows)
            for first, last in ((1, 2), (2, 3), (2, 4), (2, 5), (5, 9))
        ]
    assert counted == [0, 1, 1, 2, 0]


def test_a_view_that_there_is_not_is_refused(db: store.Database) -> None:
    with db.read() as look, pytest.raises(store.StoreError, match="there is no view claims; there are v_claims"):
        views.read(look, "claims")
