"""Measures: the platform shows the union of what lies on a listing; nothing is restored while something is left."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.enforcement import measures
from noticedesk.desk.enforcement.measures import Measure
from noticedesk.model.action import Action
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.listing import Listing, Restriction
from noticedesk.store import records
from tests.noticedesk.desk.factory import Time
from tests.noticedesk.desk.receiver import (
    ACCEPTED,
    CONFIRMED,
    LATER,
    Answer,
    Receiver,
    alleged,
    approved,
    listing,
    order,
    proved,
    saved,
    state,
    tell,
)

UNHURRIED = settings(
    max_examples=8, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def lift(desk: Desk, allegation: Allegation) -> Outbox:
    return order(desk, allegation, Action.RESTORE)


def test_the_union_is_as_wide_as_its_widest_part_and_strictest_first() -> None:
    end = datetime(2027, 1, 1, tzinfo=UTC)
    geo = [Measure(action=Action.GEO_RESTRICT, territories=(land,)) for land in ("FR", "DE")]
    until = Measure(action=Action.GEO_RESTRICT, territories=("US",), until=end)
    remove = Measure(action=Action.REMOVE)
    assert measures.union([*geo, until, remove, remove]) == (
        remove,
        Measure(action=Action.GEO_RESTRICT, territories=("DE", "FR")),
        until,
    )
    everywhere = Measure(action=Action.DEMOTE)
    assert measures.union([everywhere, Measure(action=Action.DEMOTE, territories=("DE",))]) == (everywhere,)


def test_what_remains_is_asked_for_when_the_stricter_of_two_is_lifted(connected: Desk, receiver: Receiver) -> None:
    about = listing(connected)
    first, second = alleged(connected, about), alleged(connected, about)
    order(connected, first, Action.REMOVE)
    order(connected, second, Action.GEO_RESTRICT, ("DE",))
    dispatch(connected)
    lift(connected, first)
    dispatch(connected)
    last = receiver.asked[-1]["data"]
    assert receiver.actions() == ["remove", "geo_restrict", "geo_restrict"]
    assert (last["action"], last["territories"]) == ("geo_restrict", ["DE"])
    assert [one["action"] for one in receiver.lies[about.item]] == ["geo_restrict"]
    assert state(connected, first) is AllegationState.RESTORED
    lift(connected, second)
    dispatch(connected)
    assert receiver.actions()[-1] == "restore"
    assert receiver.lies[about.item] == []


def test_where_nothing_changes_for_the_listing_a_lift_is_not_asked(connected: Desk, receiver: Receiver) -> None:
    first, second = approved(connected, 2)
    dispatch(connected)
    lift(connected, first)
    dispatch(connected)
    assert state(connected, first) is AllegationState.RESTORED
    assert receiver.actions() == ["disable", "disable"]
    lift(connected, second)
    dispatch(connected)
    assert receiver.actions() == ["disable", "disable", "restore"]


def test_a_removal_confirmed_while_a_put_back_waits_keeps_the_listing_down(connected: Desk, receiver: Receiver) -> None:
    (first,) = approved(connected)
    dispatch(connected)
    lift(connected, first)
    with connected.db.read() as look:
        about = records.get(look, Listing, first.listing)
    order(connected, alleged(connected, about), Action.REMOVE)
    dispatch(connected)
    assert [one["action"] for one in receiver.lies[about.item]] == ["remove"]
    assert AllegationState.RESTORED is state(connected, first)


def test_a_new_decision_about_an_allegation_replaces_its_measure(connected: Desk, receiver: Receiver) -> None:
    (first,) = approved(connected)
    dispatch(connected)
    with connected.db.write() as tx:
        again = records.get(tx, Allegation, first.id)
        tx.run(_set_state(again, AllegationState.APPROVED))
    order(connected, first, Action.GEO_RESTRICT, ("FR",))
    dispatch(connected)
    (live,) = saved(connected, Restriction, listing=first.listing, lifted_at=None)
    assert (live.action, live.territories) == (Action.GEO_RESTRICT, ("FR",))
    assert [one["action"] for one in next(iter(receiver.lies.values()))] == ["geo_restrict"]


def _set_state(allegation: Allegation, to: AllegationState):  # type: ignore[no-untyped-def]
    from sqlalchemy import update

    from noticedesk.store.tables.claims import allegations

    return update(allegations).where(allegations.c.id == allegation.id).values(state=to.value)


def test_a_suspended_account_stays_suspended_while_another_listing_asks_for_it(
    connected: Desk, receiver: Receiver
) -> None:
    one, two = listing(connected, "acct-1"), listing(connected, "acct-1")
    first, second = alleged(connected, one), alleged(connected, two)
    order(connected, first, Action.SUSPEND_ACCOUNT)
    order(connected, second, Action.SUSPEND_ACCOUNT)
    dispatch(connected)
    lift(connected, first)
    dispatch(connected)
    assert "restore" not in receiver.actions()
    lift(connected, second)
    dispatch(connected)
    assert receiver.actions()[-1] == "restore"


@pytest.mark.parametrize(
    ("action", "end"),
    [
        (Action.WARN_ACCOUNT, AllegationState.ACTIONED),
        (Action.FORWARD_ONLY, AllegationState.FORWARDED),
    ],
)
def test_what_is_done_once_leaves_no_measure(connected: Desk, receiver: Receiver, action: Action, end: str) -> None:
    first = alleged(connected, listing(connected))
    order(connected, first, action)
    dispatch(connected)
    assert receiver.actions() == [action.value]
    assert state(connected, first) is end
    assert saved(connected, Restriction, allegation=first.id) == []


@dataclass
class Model:
    """What should lie on the listing: the measure of each allegation that is restricted."""

    about: Listing
    on: dict[int, Measure] = field(default_factory=dict)
    known: dict[int, Allegation] = field(default_factory=dict)

    @property
    def wanted(self) -> set[tuple[str, str]]:
        """Each kind of measure with each place, which is independent of how places are put together."""
        broad = {one.action for one in self.on.values() if not one.territories}
        narrow = {
            (one.action.value, land) for one in self.on.values() for land in one.territories if one.action not in broad
        }
        return narrow | {(action.value, "") for action in broad}


def lies(receiver: Receiver, item: str) -> set[tuple[str, str]]:
    found = receiver.lies.get(item, [])
    return {(one["action"], land) for one in found for land in one["territories"] or [""]}


Steps = list[tuple[int, Action, set[str], Answer]]

STEP = st.tuples(
    st.integers(0, 3),
    st.sampled_from([Action.REMOVE, Action.DISABLE, Action.GEO_RESTRICT, Action.DEMOTE]),
    st.sets(st.sampled_from(["DE", "FR", "US"]), max_size=2),
    st.sampled_from([CONFIRMED, CONFIRMED, LATER, ACCEPTED]),
)


def union_holds(desk: Desk, receiver: Receiver, time: Time, steps: Steps) -> None:
    """After every step the platform shows what is decided, and was never asked to restore while something is left."""
    model = Model(listing(desk))
    receiver.asked.clear()
    for place, action, lands, answer in steps:
        receiver.answers = [answer]
        before = len(receiver.asked)
        _step(desk, model, place, Measure(action=action, territories=tuple(sorted(lands))))
        _settle(desk, time)
        live = saved(desk, Restriction, listing=model.about.id, lifted_at=None)
        assert {item.allegation for item in live} == {model.known[one].id for one in model.on}
        assert lies(receiver, model.about.item) == model.wanted
        assert not (model.on and "restore" in receiver.actions()[before:])
    assert proved(desk)


@given(steps=st.lists(STEP, min_size=1, max_size=8))
@UNHURRIED
def test_the_platform_shows_the_union_of_what_is_decided_and_restores_only_when_nothing_is_left(
    connected: Desk, receiver: Receiver, time: Time, steps: Steps
) -> None:
    union_holds(connected, receiver, time, steps)


@pytest.mark.soak
@given(steps=st.lists(STEP, min_size=4, max_size=16))
@settings(UNHURRIED, max_examples=150, derandomize=False)
def test_the_union_holds_over_long_and_many_sequences(
    connected: Desk, receiver: Receiver, time: Time, steps: Steps
) -> None:
    union_holds(connected, receiver, time, steps)


def _step(desk: Desk, model: Model, place: int, measure: Measure) -> None:
    """Lifts what the allegation of that place has on the listing, or lays the measure on it."""
    if model.on.pop(place, None):
        lift(desk, model.known[place])
        return
    model.on[place] = measure
    model.known[place] = alleged(desk, model.about)
    order(desk, model.known[place], measure.action, measure.territories)


def _settle(desk: Desk, time: Time) -> None:
    """Runs dispatch until nothing is left to do; the platform confirms what it had accepted before."""
    for _ in range(4):
        dispatch(desk)
        for row in saved(desk, Outbox, state=OutboxState.SENT):
            tell(desk, "action.confirmed", idempotency_key=row.key)
        time.pass_(minutes=5)


@given(orders=st.permutations(range(4)), answers=st.lists(st.sampled_from([CONFIRMED, LATER, ACCEPTED]), max_size=6))
@UNHURRIED
def test_orders_that_are_due_together_end_in_the_union_too(
    connected: Desk, receiver: Receiver, time: Time, orders: list[int], answers: list[tuple]
) -> None:
    model = Model(listing(connected))
    for place in orders:
        measure = Measure(action=Action.GEO_RESTRICT, territories=("DE", "FR", "US", "JP")[place : place + 1])
        _step(connected, model, place, measure)
    receiver.answers = list(answers)
    _settle(connected, time)
    _step(connected, model, orders[0], Measure(action=Action.REMOVE))
    _step(connected, model, orders[1], Measure(action=Action.REMOVE))
    receiver.answers = list(answers)
    _settle(connected, time)
    _settle(connected, time)
    assert saved(connected, Outbox, state=[OutboxState.QUEUED, OutboxState.FAILED, OutboxState.SENT]) == []
    assert lies(receiver, model.about.item) == model.wanted
