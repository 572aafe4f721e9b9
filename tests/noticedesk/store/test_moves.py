from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from noticedesk import store
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.decision import Decision
from noticedesk.model.event import Actor, Event
from noticedesk.model.notice import NoticeState
from noticedesk.model.transitions import IllegalMove, after, need_human
from noticedesk.store import proof, queue, records
from noticedesk.store.moves import move
from tests.noticedesk.store.factory import BOTH, DESK, MINUTE, NOON, claim, fresh, notice, person, saved_allegation

pytestmark = BOTH

A = AllegationState


def in_review(tx: store.Transaction) -> Allegation:
    return move(tx, saved_allegation(tx), A.IN_REVIEW, DESK)


def decision(allegation: str, **given: object) -> Decision:
    bare = {"id": fresh("D"), "action": Action.DISABLE, "reason": Reason.COPY, "decided_at": NOON}
    return Decision(**bare | {"allegation": allegation, "decided_by": "policy-1", "automatic": True} | given)  # type: ignore[arg-type]


def test_a_move_saves_the_state_the_next_version_and_one_event(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, first := claim())
        moved = move(tx, first, ClaimState.IN_CHECK, DESK, why="new", notice="N-1")
    assert (moved.state, moved.version) == (ClaimState.IN_CHECK, 2)
    with db.read() as look:
        assert records.get(look, Claim, first.id) == moved
        (event,) = records.find(look, Event)
    assert (event.act, event.subject, event.claim, event.actor) == ("claim.in_check", first.id, first.id, "process")
    assert event.details == {"from": "received", "to": "in_check", "version": 2, "why": "new", "notice": "N-1"}


def test_a_move_saves_what_else_was_changed_in_the_noun(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, first := claim())
        moved = move(tx, replace(first, lane=Lane.COURT, due_at=NOON), ClaimState.IN_CHECK, DESK)
        assert records.get(tx, Claim, first.id) == moved == replace(moved, lane=Lane.COURT, due_at=NOON)


def test_the_event_of_an_allegation_or_notice_belongs_to_its_claim(db: store.Database) -> None:
    with db.write() as tx:
        allegation = in_review(tx)
        records.add(tx, letter := notice())
        move(tx, letter, NoticeState.READ, DESK)
        assert [event.claim for event in records.find(tx, Event)] == [allegation.claim, None]


def test_a_move_that_the_table_does_not_know_is_refused(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, first := claim())
        with pytest.raises(IllegalMove, match="received cannot become accepted"):
            move(tx, first, ClaimState.ACCEPTED, DESK)
        with pytest.raises(IllegalMove, match="not a state of a claim"):
            move(tx, first, A.ACTIONED, DESK)
        assert records.count(tx, Event) == 0


def test_who_acts_on_an_old_version_is_told_what_changed_since(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, first := claim())
        second = move(tx, first, ClaimState.IN_CHECK, DESK)
        third = move(tx, second, ClaimState.ACCEPTED, Actor(name="check"))
        with pytest.raises(store.Stale) as refused:
            move(tx, second, ClaimState.CLOSED, DESK)
    assert refused.value.now == third
    assert [event.act for event in refused.value.since] == ["claim.accepted"]
    assert "now accepted in version 3 (claim.accepted by check at" in str(refused.value)


def test_a_state_that_is_not_the_stored_one_is_stale(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, first := claim())
        with pytest.raises(store.Stale):
            move(tx, replace(first, state=ClaimState.REFUSED), ClaimState.CLOSED, DESK)


def test_only_an_active_person_of_the_desk_makes_an_accountable_move(db: store.Database) -> None:
    ann, bo = person(), person(active=False)
    with db.write() as tx:
        records.add(tx, [ann, bo])
        allegation = in_review(tx)
        for actor in (DESK, Actor(name="P-0", person=True), Actor(name=bo.id, person=True), Actor(name=ann.id)):
            with pytest.raises(IllegalMove, match="only by a decision of an accountable person"):
                move(tx, allegation, A.APPROVED, actor)
        approved = move(tx, allegation, A.APPROVED, Actor(name=ann.id, person=True))
        assert (approved.state, records.find(tx, Event)[-1].person) == (A.APPROVED, True)


@pytest.mark.parametrize(
    "differs", [{"automatic": False}, {"decided_by": "policy-2"}, {"undone_at": NOON}, {"allegation": "other"}]
)
def test_a_policy_moves_only_by_its_own_saved_automatic_decision(
    db: store.Database, differs: dict[str, object]
) -> None:
    policy = Actor(name="policy-1")
    with db.write() as tx:
        allegation, other = in_review(tx), in_review(tx)
        wrong = decision(
            **{"allegation": allegation.id} | {k: v if v != "other" else other.id for k, v in differs.items()}
        )  # type: ignore[arg-type]
        records.add(tx, [wrong, right := decision(allegation.id)])
        for named in (None, "D-0", wrong.id):
            with pytest.raises(IllegalMove):
                move(tx, allegation, A.APPROVED, policy, decision=named)
        assert move(tx, allegation, A.APPROVED, policy, decision=right.id).state is A.APPROVED


def test_a_decision_holds_after_who_made_it_has_left(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, ann := person(active=False))
        allegation = in_review(tx)
        records.add(tx, made := decision(allegation.id, decided_by=ann.id, automatic=False))
        with pytest.raises(IllegalMove, match="who made the decision that is named"):
            move(tx, allegation, A.APPROVED, Actor(name=ann.id, person=True))
        with pytest.raises(IllegalMove):
            move(tx, allegation, A.APPROVED, Actor(name=ann.id), decision=made.id)
        moved = move(tx, allegation, A.APPROVED, Actor(name=ann.id, person=True), decision=made.id)
        assert moved.state is A.APPROVED


def test_a_move_ends_the_lease_and_the_failures_of_the_old_state(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, first := claim())
        queue.fail(tx, first.id, "timeout", NOON)
        queue.lease(tx, Claim, ["received"], "one", NOON + 2 * MINUTE)
        move(tx, first, ClaimState.IN_CHECK, DESK)
        row = tx.run(
            text("SELECT lease_owner, lease_until, attempts, next_attempt_at, last_error, stuck FROM claims")
        ).one()
    assert tuple(row) == (None, None, 0, None, None, 0)


@given(st.lists(st.tuples(st.sampled_from(AllegationState), st.booleans()), max_size=12))
@settings(max_examples=30, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_way_of_moves_leads_round_the_table_or_round_a_person(
    db: store.Database, ways: list[tuple[AllegationState, bool]]
) -> None:
    with db.write() as tx:
        records.add(tx, ann := person())
        now = saved_allegation(tx)
        for to, by_person in ways:
            legal = to in after(now.state) and (by_person or not need_human(now.state, to))
            actor = Actor(name=ann.id if by_person else "process", person=by_person)
            if legal:
                now = move(tx, now, to, actor)
            else:
                with pytest.raises(IllegalMove):
                    move(tx, now, to, actor)
        assert records.get(tx, Allegation, now.id) == now
        assert records.count(tx, Event, subject=now.id) == now.version - 1
    assert proof.verify(db) == []
