import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from noticedesk import store
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.casework import Custody
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Band
from noticedesk.model.event import Actor
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.right import Work
from noticedesk.store import moves, records, waiting
from noticedesk.store.tables.waits import wait_words, waits
from noticedesk.store.waiting import Filters
from tests.noticedesk.store.factory import BOTH, NOON, fresh, person
from tests.noticedesk.store.waiting.factory import HOUR, proposal, waiting_case

Rows = tuple[list[Any], list[Any]]


def everything(look: store.Look) -> Rows:
    return (
        [tuple(row) for row in look.run(select(waits).order_by(waits.c.subject))],
        [tuple(row) for row in look.run(select(wait_words).order_by(wait_words.c.subject, wait_words.c.word))],
    )


def change(tx: store.Transaction, what: int, of: Allegation) -> None:
    """One of the things that happen to a case."""
    now, claim = records.get(tx, Allegation, of.id), records.get(tx, Claim, of.claim)
    match what:
        case 0:
            records.replace(tx, replace(claim, lane=Lane.COURT, due_at=NOON + HOUR, flags=("parody",)))
        case 1:
            records.replace(tx, replace(records.get(tx, Listing, of.listing), title="new words", account="shop9"))
        case 2:
            records.add(tx, proposal(of, Band.STRONG))
            records.replace(tx, replace(records.get(tx, Work, of.work), mark="ACME"))
        case 3 if now.state is AllegationState.IN_REVIEW:
            moves.move(tx, now, AllegationState.WITHDRAWN, Actor(name="answer"))
        case 4:
            measure = Restriction(
                id=fresh("X"), listing=of.listing, allegation=of.id, action=Action.DISABLE, ground="", since=NOON
            )
            records.add(tx, measure)
        case 5:
            for measure in records.find(tx, Restriction, allegation=of.id):
                records.replace(tx, replace(measure, lifted_at=NOON, lifted_by="P-1"))
        case 6 if not records.find(tx, Custody, id=of.claim):
            records.add(tx, Custody(id=of.claim, assignee="P-1", snoozed_until=NOON + HOUR))
        case 7:
            records.replace(tx, replace(now, due_at=NOON - HOUR, flags=("grey",)))


@settings(max_examples=20, derandomize=True, deadline=None)
@given(acts=st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=3), max_size=6))
def test_whatever_happens_the_queue_is_what_making_it_anew_would_give(
    migrated_file: Path, acts: list[list[int]]
) -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(migrated_file, f"{folder}/claims.db")
        db = store.open(f"sqlite:///{folder}/claims.db")
        with db.write() as tx:
            of = waiting_case(tx, score=0.5)
        for several in acts:
            with db.write() as tx:
                for what in several:
                    change(tx, what, of)
        with db.write() as tx:
            kept = everything(tx)
            waiting.rebuild(tx)
            assert everything(tx) == kept
        db.close()


@BOTH
def test_a_case_leaves_the_queue_in_the_transaction_that_decides_it(db: store.Database) -> None:
    with db.write() as tx:
        of, ann = waiting_case(tx, title="red shoe"), person()
        records.add(tx, ann)
    with db.write() as tx:
        assert waiting.standing(tx, of.id) is not None
        moves.move(tx, of, AllegationState.DISMISSED, Actor(name=ann.id, person=True))
    with db.read() as look:
        assert everything(look) == ([], [])


@BOTH
def test_what_a_chunk_takes_back_for_one_claim_leaves_no_trace_in_the_queue(db: store.Database) -> None:
    with db.write() as tx:
        kept = waiting_case(tx)
        try:
            with tx.attempt():
                waiting_case(tx)
                raise ValueError("this one fails alone")
        except ValueError:
            pass
    with db.read() as look:
        assert [item.subject for item in waiting.line(look, Filters()).items] == [kept.id]


@BOTH
def test_making_the_queue_anew_counts_what_waits(db: store.Database) -> None:
    with db.write() as tx:
        waiting_case(tx)
        waiting_case(tx, state=AllegationState.ACTIONED)
        assert waiting.rebuild(tx) == 1


@BOTH
def test_a_risk_says_what_it_comes_from(db: store.Database) -> None:
    with db.write() as tx:
        of = waiting_case(tx, band=Band.BORDERLINE, flags=("parody",), state=AllegationState.ACTION_FAILED)
        found = waiting.standing(tx, of.id)
        assert found and (found.risk, found.risk_why) == (55, ("action_failed", "grey_area", "borderline_match"))
