from datetime import timedelta

import pytest

from noticedesk import store
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.store import outbox, records
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON, effect, fresh, saved_allegation

pytestmark = BOTH

S = OutboxState


def queued(tx: store.Transaction, **given: object) -> Outbox:
    allegation = saved_allegation(tx)
    return outbox.queue(tx, effect(allegation.claim, allegation=allegation.id, **given))


def test_an_effect_asked_for_twice_is_queued_once(db: store.Database) -> None:
    with db.write() as tx:
        first = queued(tx, key="disable L-1")
        assert outbox.queue(tx, effect(first.claim, key="disable L-1")) == first
        assert records.count(tx, Outbox) == 1


def test_an_effect_is_due_when_the_time_to_undo_has_passed(db: store.Database) -> None:
    with db.write() as tx:
        later, now = queued(tx, send_after=NOON + MINUTE), queued(tx)
        assert outbox.due(tx, NOON) == [now]
        assert outbox.due(tx, NOON + MINUTE) == [now, later]


def test_a_due_effect_has_one_holder_until_the_lease_ends(db: store.Database) -> None:
    with db.write() as tx:
        first = queued(tx)
        assert outbox.lease(tx, "one", NOON, seconds=60) == [first]
        assert outbox.lease(tx, "two", NOON) == outbox.due(tx, NOON) == []
        (again,) = outbox.lease(tx, "two", NOON + MINUTE)
        assert (again.attempts, again.last_error) == (1, outbox.SILENT)


def test_effects_may_be_leased_by_their_kind(db: store.Database) -> None:
    with db.write() as tx:
        hook, mail = queued(tx), queued(tx, kind=OutboxKind.MAIL)
        assert outbox.lease(tx, "post", NOON, kind=OutboxKind.MAIL) == [mail]
        assert outbox.lease(tx, "platform", NOON, kind=OutboxKind.WEBHOOK) == [hook]


def test_a_failed_effect_is_tried_again_later_and_dies_after_enough_attempts(db: store.Database) -> None:
    with db.write() as tx:
        first, now = queued(tx), NOON
        for attempt in range(1, 8):
            failed = outbox.mark(tx, first.id, S.FAILED, now, "503")
            assert (failed.state, failed.attempts, failed.last_error) == (S.FAILED, attempt, "503")
            assert failed.next_attempt_at and outbox.due(tx, failed.next_attempt_at - timedelta(seconds=1)) == []
            now = failed.next_attempt_at
            assert outbox.lease(tx, "one", now) == [failed]
        assert outbox.mark(tx, first.id, S.FAILED, now, "503").state is S.DEAD
        assert outbox.due(tx, now + timedelta(days=99)) == []
        again = outbox.retry(tx, first.id, now)
        assert (again.state, again.attempts, again.key) == (S.QUEUED, 0, first.key)
        assert outbox.due(tx, now) == [again]


def test_a_sent_effect_is_confirmed_once_and_then_for_good(db: store.Database) -> None:
    with db.write() as tx:
        first = queued(tx)
        assert outbox.mark(tx, first.id, S.SENT, NOON).state is S.SENT
        assert outbox.mark(tx, first.id, S.CONFIRMED, NOON).state is S.CONFIRMED
        with pytest.raises(store.StoreError, match="confirmed and cannot become failed; it may become nothing more"):
            outbox.mark(tx, first.id, S.FAILED, NOON)


def test_cancelling_tells_what_was_stopped_what_may_have_happened_and_what_is_too_late(db: store.Database) -> None:
    with db.write() as tx:
        of = saved_allegation(tx)
        sent, held, silent, waiting = (
            outbox.queue(tx, effect(of.claim, allegation=of.id, key=fresh(name)))
            for name in ("sent", "held", "silent", "waiting")
        )
        outbox.mark(tx, sent.id, S.SENT, NOON)
        outbox.lease(tx, "dead", NOON, limit=2, seconds=1)
        outbox.lease(tx, "alive", NOON + MINUTE, limit=1)
        result = outbox.cancel_unsent(tx, of.id, NOON + MINUTE)
        states = {one.id: one.state for one in records.find(tx, Outbox)}
    assert result == outbox.Cancellation(
        cancelled=(waiting.id,), uncertain=(silent.id,), too_late=tuple(sorted([sent.id, held.id]))
    )
    assert states == {sent.id: S.SENT, held.id: S.QUEUED, silent.id: S.CANCELLED, waiting.id: S.CANCELLED}


def test_effects_of_other_allegations_are_not_cancelled(db: store.Database) -> None:
    with db.write() as tx:
        mine, other = queued(tx), queued(tx)
        assert mine.allegation
        outbox.cancel_unsent(tx, mine.allegation, NOON)
        assert outbox.due(tx, NOON) == [other]


def test_webhooks_on_their_way_are_those_that_are_held_or_wait_for_their_confirmation(db: store.Database) -> None:
    with db.write() as tx:
        of = saved_allegation(tx)
        sent, held, waiting = (
            outbox.queue(tx, effect(of.claim, allegation=of.id, key=fresh(name))) for name in ("sent", "held", "waits")
        )
        outbox.mark(tx, sent.id, S.SENT, NOON)
        assert outbox.lease(tx, "one", NOON, limit=1, seconds=60) == [held]
        assert [one.id for one in outbox.on_their_way(tx, of.listing, NOON)] == sorted([sent.id, held.id])
        assert [one.id for one in outbox.on_their_way(tx, of.listing, NOON + MINUTE)] == [sent.id]
        assert outbox.on_their_way(tx, saved_allegation(tx).listing, NOON) == []
        assert waiting in outbox.due(tx, NOON)


def test_an_effect_that_steps_back_is_held_by_nobody_and_has_not_failed(db: store.Database) -> None:
    with db.write() as tx:
        first = queued(tx)
        outbox.lease(tx, "one", NOON)
        outbox.step_back(tx, first.id, NOON + MINUTE)
        assert outbox.due(tx, NOON) == []
        (again,) = outbox.lease(tx, "two", NOON + MINUTE)
        assert (again.state, again.attempts) == (S.QUEUED, 0)


def test_what_was_cancelled_and_had_all_the_same_can_be_confirmed(db: store.Database) -> None:
    with db.write() as tx:
        first = queued(tx)
        outbox.mark(tx, first.id, S.CANCELLED, NOON)
        assert outbox.mark(tx, first.id, S.CONFIRMED, NOON).state is S.CONFIRMED
