"""When a document reached us."""

from datetime import UTC, datetime, timedelta

from noticedesk.intake import Delivery, received_at
from noticedesk.model.document import Document, Envelope

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(received: datetime | None, arrived: datetime | None) -> datetime:
    document = Document(reader="mail", text="", envelope=Envelope(received=received, dated=NOW - 99 * HOUR))
    return received_at(document, Delivery("key", b"", "", arrived), NOW)


def test_our_own_server_counts_before_the_channel() -> None:
    assert at(NOW - 3 * HOUR, NOW - HOUR) == NOW - 3 * HOUR


def test_the_channel_counts_when_no_server_of_ours_wrote_an_instant() -> None:
    assert at(None, NOW - HOUR) == NOW - HOUR


def test_without_either_it_is_now_and_never_the_senders_date() -> None:
    assert at(None, None) == NOW


def test_an_instant_in_the_future_is_passed_over() -> None:
    assert at(NOW + 24 * HOUR, NOW - HOUR) == NOW - HOUR
    assert at(NOW + 24 * HOUR, NOW + 24 * HOUR) == NOW


def test_a_clock_that_runs_a_little_ahead_means_now() -> None:
    assert at(NOW + timedelta(minutes=2), None) == NOW
