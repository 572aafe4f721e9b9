from noticedesk import store
from noticedesk.store import queue, sources
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON

pytestmark = BOTH


def test_a_source_is_read_by_one_at_a_time(db: store.Database) -> None:
    with db.write() as tx:
        assert queue.source_lease(tx, "mail", "one", NOON) == store.Checkpoint(id="mail")
        assert queue.source_lease(tx, "mail", "two", NOON + MINUTE) is None
        assert queue.source_lease(tx, "mail", "one", NOON + MINUTE) is not None
        assert queue.source_lease(tx, "forms", "two", NOON) is not None
        queue.source_release(tx, "mail", "two")
        assert queue.source_lease(tx, "mail", "two", NOON + MINUTE) is None
        queue.source_release(tx, "mail", "one")
        assert queue.source_lease(tx, "mail", "two", NOON + MINUTE) is not None


def test_the_cursor_goes_on_where_it_stood_even_after_a_crash(db: store.Database) -> None:
    with db.write() as tx:
        sources.lease(tx, "mail", "one", NOON, seconds=60)
        assert sources.advance(tx, "mail", "one", "uid 7", NOON)
    with db.write() as tx:
        taken = sources.lease(tx, "mail", "two", NOON + MINUTE)
        assert taken == store.Checkpoint(id="mail", cursor="uid 7", last_success=NOON)


def test_a_reader_that_lost_its_lease_moves_no_cursor(db: store.Database) -> None:
    with db.write() as tx:
        sources.lease(tx, "mail", "one", NOON, seconds=60)
        assert not sources.advance(tx, "mail", "one", "uid 9", NOON + MINUTE)
        sources.lease(tx, "mail", "two", NOON + MINUTE)
        assert not sources.advance(tx, "mail", "one", "uid 9", NOON + MINUTE)
        assert sources.checkpoint(tx, "mail").cursor == ""


def test_an_error_of_a_source_is_kept_until_it_answers_again(db: store.Database) -> None:
    with db.write() as tx:
        sources.failed(tx, "mail", "refused", NOON)
        assert sources.checkpoint(tx, "mail") == store.Checkpoint(id="mail", last_error="refused", last_error_at=NOON)
        sources.lease(tx, "mail", "one", NOON)
        sources.advance(tx, "mail", "one", "1", NOON + MINUTE)
        assert (sources.checkpoint(tx, "mail").last_error, sources.checkpoint(tx, "mail").last_success) == (
            "",
            NOON + MINUTE,
        )
