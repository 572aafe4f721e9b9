"""Dead letters: everybody sees what failed; a person with the role retries it or hands it over, on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.enforcement import deadletters
from noticedesk.desk.enforcement.deadletters import NotRetriable
from noticedesk.desk.enforcement.platform import PLATFORM
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Event
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.listing import Listing
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.desk.factory import Time, person
from tests.noticedesk.desk.receiver import (
    ACCEPTED,
    NEVER,
    Receiver,
    alleged,
    approved,
    listing,
    order,
    row,
    saved,
    state,
    tell,
)

S = AllegationState


@pytest.fixture
def ann(connected: Desk) -> Person:
    return person(connected, Role.SPECIALIST)


@pytest.fixture
def dead(connected: Desk, receiver: Receiver) -> Allegation:
    """An allegation whose effect the platform has refused for good."""
    (allegation,) = approved(connected)
    receiver.answers = [NEVER]
    dispatch(connected)
    return allegation


def shown(desk: Desk, **given: object) -> list[deadletters.Effect]:
    with desk.db.read() as look:
        return deadletters.listed(look, desk.now(), **given)  # type: ignore[arg-type]


def test_an_effect_shows_state_attempts_error_age_claim_and_allegation(
    connected: Desk, dead: Allegation, time: Time
) -> None:
    time.pass_(hours=5)
    (one,) = shown(connected, states={OutboxState.DEAD})
    assert (one.state, one.kind, one.action, one.age) == ("dead", "webhook", "disable", timedelta(hours=5))
    assert (one.claim, one.allegation, one.next_at) == (dead.claim, dead.id, None)
    assert "there is no such listing" in one.last_error


def test_dead_and_overdue_effects_come_first_and_what_is_settled_is_left_out(
    connected: Desk, dead: Allegation, receiver: Receiver, time: Time
) -> None:
    time.pass_(minutes=1)
    receiver.answers = [ACCEPTED]
    late = order(connected, alleged(connected, listing(connected)))
    dispatch(connected)
    order(connected, alleged(connected, listing(connected)))
    dispatch(connected)
    time.pass_(hours=5)
    waiting = order(connected, alleged(connected, listing(connected)))
    assert [(one.state, one.id) for one in shown(connected)] == [
        ("dead", shown(connected)[0].id),
        ("overdue", late.id),
        ("queued", waiting.id),
    ]
    assert len(shown(connected, states=set(OutboxState))) == 4
    with connected.db.read() as look:
        pressing = deadletters.pressing(look, connected.now())
    assert [one.state for one in pressing] == ["dead", "overdue"], "what waits for its time presses nobody"


def test_what_is_with_the_safety_team_is_shown_to_nobody_here(connected: Desk, dead: Allegation) -> None:
    with connected.db.write() as tx:
        records.replace(tx, replace(records.get(tx, Claim, dead.claim), lane=Lane.SAFETY))
    assert shown(connected) == []


def test_a_person_retries_a_dead_effect_and_it_is_had_under_its_key(
    connected: Desk, dead: Allegation, receiver: Receiver, ann: Person
) -> None:
    key = row(connected).key
    again = deadletters.retry(connected, ann, row(connected).id)
    assert (again.state, again.attempts, again.key) == (OutboxState.QUEUED, 0, key)
    dispatch(connected)
    assert state(connected, dead) is S.ACTIONED
    assert [order["data"]["idempotency_key"] for order in receiver.asked] == [key, key]
    (event,) = saved(connected, Event, act="effect.retried")
    assert (event.actor, event.person, event.subject, event.claim) == (ann.id, True, row(connected).id, dead.claim)


def test_a_retry_that_has_to_ask_for_more_by_now_goes_under_a_new_key(
    connected: Desk, dead: Allegation, receiver: Receiver, ann: Person
) -> None:
    first = row(connected)
    with connected.db.read() as look:
        about = records.get(look, Listing, dead.listing)
    order(connected, alleged(connected, about), Action.DEMOTE)
    dispatch(connected)
    deadletters.retry(connected, ann, first.id)
    dispatch(connected)
    assert [one["action"] for one in receiver.lies[about.item]] == ["disable", "demote"]
    assert state(connected, dead) is S.ACTIONED
    again = saved(connected, Outbox, id=first.id)[0]
    assert again.key.startswith(f"{first.key}-")
    told = tell(connected, "action.confirmed", idempotency_key=first.key)
    assert told == f"{first.key} was replaced by a newer order: nothing changed"


def test_what_was_decided_anew_or_went_another_way_is_not_retried(
    connected: Desk, dead: Allegation, receiver: Receiver, ann: Person
) -> None:
    refused = row(connected).id
    with connected.db.write() as tx:
        now = records.get(tx, Allegation, dead.id)
        store.moves.move(tx, now, S.IN_REVIEW, PLATFORM)
    with pytest.raises(NotRetriable, match="is in_review by now; decide about it anew"):
        deadletters.retry(connected, ann, refused)
    order(connected, dead, Action.GEO_RESTRICT, ("DE",))
    with pytest.raises(NotRetriable, match="has been decided anew since"):
        deadletters.retry(connected, ann, refused)


def test_what_goes_on_by_itself_needs_nobody(connected: Desk, ann: Person) -> None:
    approved(connected)
    with pytest.raises(NotRetriable, match="is queued; only a failed or dead effect needs a person"):
        deadletters.retry(connected, ann, row(connected).id)


def test_a_dead_effect_is_handed_over_and_stays_dead_with_that_note(
    connected: Desk, dead: Allegation, ann: Person
) -> None:
    asked = deadletters.hand_over(connected, ann, row(connected).id, Team.OPERATIONS, "Is the listing locked?")
    (kept,) = saved(connected, Escalation)
    assert kept == asked
    assert (asked.team, asked.claim, asked.about, asked.asked_by) == (Team.OPERATIONS, dead.claim, dead.id, ann.id)
    (one,) = shown(connected, states={OutboxState.DEAD})
    assert one.last_error.endswith(f"handed over to operations: {asked.id}")
    (event,) = saved(connected, Event, act="effect.handed_over")
    assert (event.actor, event.details["escalation"]) == (ann.id, asked.id)


def test_what_is_still_tried_is_not_handed_over(connected: Desk, receiver: Receiver, ann: Person) -> None:
    approved(connected)
    receiver.answers = [(503, {})]  # type: ignore[list-item]
    dispatch(connected)
    with pytest.raises(NotRetriable, match="is failed and is tried again by itself"):
        deadletters.hand_over(connected, ann, row(connected).id, Team.OPERATIONS, "?")


@pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST])
def test_without_the_role_nothing_is_retried_or_handed_over(connected: Desk, dead: Allegation, role: Role) -> None:
    bo = person(connected, role, name="Bo")
    with pytest.raises(NotPermitted, match="may not decide"):
        deadletters.retry(connected, bo, row(connected).id)
    with pytest.raises(NotPermitted, match="may not escalate"):
        deadletters.hand_over(connected, bo, row(connected).id, Team.OPERATIONS, "?")
    assert row(connected).state is OutboxState.DEAD
