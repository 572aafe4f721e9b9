"""Who holds a lease."""

from pathlib import Path

from noticedesk.desk.actors import worker
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.store import sources
from tests.noticedesk.desk.factory import Mail, deliver


def test_two_workers_of_one_process_are_two() -> None:
    assert worker("ingest") != worker("ingest")


def test_a_source_that_another_thread_of_this_process_reads_is_left_to_it(desk: Desk, tmp_path: Path) -> None:
    deliver(tmp_path, {"a.eml": Mail().raw()})
    with desk.db.write(logged=False) as tx:
        assert sources.lease(tx, "inbox", worker("ingest"), desk.now())
    assert ingest(desk, desk.source("inbox")).taken == 0
    assert (tmp_path / "inbox" / "a.eml").exists()
