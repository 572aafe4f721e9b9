"""What the headers of a message say, and which of them are believed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from noticedesk import intake
from noticedesk.model.document import Envelope
from noticedesk.model.notice import Verified
from tests.noticedesk.intake.cases import cases, mail, multipart

OURS = ("mx.market.example",)
CASES = cases("intake_headers.yaml")


def envelope(raw: bytes, servers: tuple[str, ...] = OURS) -> Envelope:
    return intake.read(raw, "notice.eml", servers=servers)[0].envelope


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_headers_are_read(case: dict[str, Any]) -> None:
    found = envelope((case["headers"] + "\nDear agent,\nAnn\n").encode(case.get("encoding", "utf-8")))
    for name, expected in case["envelope"].items():
        value = getattr(found, name)
        assert (list(value) if isinstance(value, tuple) else value) == expected, name


def test_the_instant_of_our_own_server_counts_and_not_the_senders() -> None:
    raw = mail(Received="from a by mx.market.example with ESMTP; Tue, 3 Nov 2026 08:00:00 +0100")
    assert envelope(raw).received == datetime(2026, 11, 3, 7, tzinfo=UTC)
    assert envelope(raw).dated == datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize("date", ["10/11/2026", "11/10/2026 08:00", "Fri, 31 Feb 2099 25:61:61 +9999", "soon"])
def test_a_date_that_means_several_days_or_none_is_no_instant(date: str) -> None:
    raw = mail(Received=f"from a by mx.market.example with ESMTP; {date}", Date=date)
    assert (envelope(raw).received, envelope(raw).dated) == (None, None)


def test_a_received_header_of_another_server_is_a_claim() -> None:
    raw = mail(Received="from a by elsewhere.example; Tue, 3 Nov 2026 08:00:00 +0100")
    assert envelope(raw).received is None


def test_without_named_servers_the_topmost_received_header_counts() -> None:
    raw = mail(Received="from a by elsewhere.example; Tue, 3 Nov 2026 08:00:00 +0100")
    assert envelope(raw, ()).received == datetime(2026, 11, 3, 7, tzinfo=UTC)


def test_a_delivery_report_is_a_bounce() -> None:
    part = ("Content-Type: text/plain", "Your message could not be delivered.")
    raw = multipart(part).replace(b"multipart/mixed;", b"multipart/report; report-type=delivery-status;")
    assert envelope(raw).bounce and not envelope(mail()).bounce


def test_verification_needs_a_named_server() -> None:
    raw = mail(Authentication_Results="mx.market.example; dkim=pass header.d=example.org")
    assert envelope(raw).verified is Verified.DKIM
    assert envelope(raw, ()).verified is Verified.NO


def test_an_attached_message_is_never_verified_and_names_of_servers_know_no_case() -> None:
    results = "MX.Market.example; dkim=pass header.d=example.org"
    inner = mail(Authentication_Results=results).decode()
    raw = multipart(("Content-Type: message/rfc822", inner), Authentication_Results=results)
    (document,) = intake.read(raw, "notice.eml", servers=("Mx.market.Example",))
    assert document.envelope.verified is Verified.DKIM
    assert document.original is not None and document.original.verified is Verified.NO
