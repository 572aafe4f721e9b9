"""What an operator watches is counted from the database as it is."""

import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event

from noticedesk.desk import metrics, process
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.store.gauges import gauges
from tests.noticedesk.desk.factory import Mail, Time, Web, deliver

Values = dict[tuple[str, ...], float]


def seen(desk: Desk) -> Values:
    """The value of each metric, by its name and labels."""
    told = metrics.text(desk.db, ("inbox",), desk.now)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


@pytest.fixture
def worked(desk: Desk, web: Web, tmp_path: Path) -> Desk:
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
    ingest(desk, desk.source("inbox"))
    return desk


def test_queues_are_counted_by_state_and_their_age_is_that_of_the_oldest(worked: Desk, time: Time) -> None:
    time.pass_(hours=2)
    before = seen(worked)
    assert before["noticedesk_queue_length", "claims", "received"] == 1
    assert before["noticedesk_queue_age_seconds", "claims", "received"] >= 7200
    process.run_all(worked)
    after = seen(worked)
    assert ("noticedesk_queue_length", "claims", "received") not in after
    assert after["noticedesk_queue_length", "allegations", "in_review"] == 1
    assert after["noticedesk_queue_age_seconds", "allegations", "in_review"] >= 7200


def test_a_clock_that_runs_out_is_told_before_and_after(worked: Desk, time: Time) -> None:
    process.run_all(worked)
    clocks = {key: value for key, value in seen(worked).items() if key[0] == "noticedesk_clocks"}
    assert clocks
    assert not any("overdue" in key for key in clocks)
    time.pass_(days=40_000)
    late = {key: value for key, value in seen(worked).items() if key[0] == "noticedesk_clocks"}
    assert all("overdue" in key for key in late)
    assert sum(late.values()) == sum(clocks.values())


def test_letters_that_wait_are_told_with_their_age(worked: Desk, time: Time) -> None:
    time.pass_(hours=3)
    told = seen(worked)
    assert told["noticedesk_outbox", "mail", "queued"] == 1
    assert told["noticedesk_outbox_age_seconds", "mail", "queued"] > 0


def test_a_source_tells_when_it_was_read_when_it_brought_something_and_whether_it_fails(
    worked: Desk, time: Time, tmp_path: Path
) -> None:
    time.pass_(hours=1)
    told = seen(worked)
    assert told["noticedesk_source_read_age_seconds", "inbox"] == 3600
    assert told["noticedesk_source_delivery_age_seconds", "inbox"] == 3600
    assert told["noticedesk_source_failing", "inbox"] == 0
    (tmp_path / "inbox").rename(tmp_path / "elsewhere")
    ingest(worked, worked.source("inbox"))
    assert seen(worked)["noticedesk_source_failing", "inbox"] == 1


def test_no_metric_names_a_person_or_quotes_a_letter(worked: Desk) -> None:
    told = metrics.text(worked.db, ("inbox",), worked.now)
    assert not any(word in told.lower() for word in ("maria", "lind", "sunset", "@"))


def test_metrics_are_offered_on_loopback(worked: Desk) -> None:
    with (
        metrics.served(worked.db, ("inbox",), worked.now, 0) as port,
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer,
    ):
        assert b"noticedesk_queue_length" in answer.read()


def test_every_count_follows_an_index(worked: Desk) -> None:
    asked: list[tuple[str, object]] = []

    @event.listens_for(worked.db.reader, "before_cursor_execute")
    def _note(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        asked.append((statement, parameters))

    with worked.db.read() as look:
        gauges(look, worked.now(), ["inbox"])
        counted = [(statement, given) for statement, given in asked if statement.startswith("SELECT")]
        for statement, given in counted:
            plan = look.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()  # type: ignore[arg-type]
            scans = [row[3] for row in plan if row[3].startswith("SCAN") and "INDEX" not in row[3]]
            assert [scan for scan in scans if scan != "SCAN sources"] == [], statement
    assert len(counted) > 10
