import hashlib
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from noticedesk.gather import page_of, warc_of
from noticedesk.gather.capture import captured, failed
from noticedesk.http import Hop, Page, Unreachable
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from tests.noticedesk.gather.factory import NOW, URL, page

HOPS = (Hop("https://shop.example/i/7", 301, {"Location": "/item/7", "Content-Length": "9"}, "93.184.215.14"),)


def test_a_capture_knows_its_bytes_and_where_they_came_from() -> None:
    capture = captured("https://shop.example/i/7", page("<p>x", hops=HOPS), EvidenceRole.PAGE, NOW)
    assert capture.sha256 == hashlib.sha256(b"<p>x").hexdigest()
    assert (capture.url, capture.final_url, capture.status) == ("https://shop.example/i/7", URL, 200)
    assert (capture.size, capture.media_type, capture.fetched_at) == (4, "text/html", NOW)


def test_evidence_of_a_capture_says_the_same_and_names_its_case() -> None:
    capture = captured(URL, page("<p>x"), EvidenceRole.PAGE, NOW)
    assert capture.evidence("E-1", "C-1", listing="L-1") == Evidence(
        id="E-1",
        claim="C-1",
        listing="L-1",
        role=EvidenceRole.PAGE,
        url=URL,
        final_url=URL,
        fetched_at=NOW,
        outcome=Outcome.FETCHED,
        status=200,
        sha256=capture.sha256,
        media_type="text/html",
        size=4,
    )


def test_the_exchange_is_kept_as_a_warc_file_that_others_read() -> None:
    answer = Page(
        URL,
        200,
        {"Content-Type": "text/html", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked", "X-Shop": "7"},
        b"<p>" + bytes(range(256)),
        HOPS,
        "93.184.215.14",
    )
    when = datetime(2026, 11, 22, 11, 0, tzinfo=timezone(timedelta(hours=1)))
    capture = captured("https://shop.example/i/7", answer, EvidenceRole.PAGE, when)
    with BytesIO(capture.warc) as file:
        records = [
            (
                record.rec_headers.get_header("WARC-Target-URI"),
                record.rec_headers.get_header("WARC-Date"),
                record.rec_headers.get_header("WARC-IP-Address"),
                record.http_headers.get_statuscode(),
                record.content_stream().read(),
                dict(record.http_headers.headers),
            )
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    assert [record[:5] for record in records] == [
        ("https://shop.example/i/7", "2026-11-22T10:00:00.000000Z", "93.184.215.14", "301", b""),
        (URL, "2026-11-22T10:00:00.000000Z", "93.184.215.14", "200", answer.body),
    ]
    assert records[1][5] == {
        "Content-Type": "text/html",
        "X-Archive-Orig-Content-Encoding": "gzip",
        "X-Archive-Orig-Transfer-Encoding": "chunked",
        "X-Shop": "7",
        "Content-Length": str(len(answer.body)),
    }


def test_a_page_can_be_read_again_from_its_warc_file() -> None:
    answer = Page(URL, 200, {"Content-Type": "text/html; charset=koi8-r"}, "<p>Сумка".encode("koi8-r"), HOPS, "::1")
    again = page_of(captured(URL, answer, EvidenceRole.PAGE, NOW).warc)
    assert (again.url, again.asked, again.status, again.body, again.address) == (
        (URL, "https://shop.example/i/7", 200, answer.body, "::1")
    )
    assert again.headers["Content-Type"] == "text/html; charset=koi8-r"


@pytest.mark.parametrize(("file", "why"), [(b"", "no response"), (b"<html>junk", "no WARC file"), (b"\x1f\x8bx", "no")])
def test_another_file_is_not_taken_for_a_page(file: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        page_of(file)


def test_headers_that_are_no_ascii_are_kept() -> None:
    answer = Page(URL, 200, {"X-Name": "T\xfcte", "X-Folded": "a\r\n b"}, b"x")
    assert page_of(captured(URL, answer, EvidenceRole.PAGE, NOW).warc).body == b"x"


def test_the_warc_file_of_a_picture_is_not_packed_again() -> None:
    capture = captured(URL, page(b"\xff\xd8\xff", "image/jpeg"), EvidenceRole.MEDIA, NOW)
    assert capture.warc.startswith(b"WARC/1.1\r\n")


def test_the_warc_file_is_a_capture_of_its_own() -> None:
    capture = captured(URL, page("<p>x"), EvidenceRole.PAGE, NOW)
    warc = warc_of(capture)
    assert (warc.role, warc.url, warc.body, warc.size) == (EvidenceRole.WARC, URL, capture.warc, len(capture.warc))
    assert warc.sha256 == hashlib.sha256(capture.warc).hexdigest()


def test_an_attempt_without_an_answer_has_a_reason_and_no_bytes() -> None:
    attempt = failed(URL, Unreachable(URL, "the server answered 503", True, status=503), EvidenceRole.MEDIA, NOW)
    assert (attempt.outcome, attempt.status, attempt.problem) == (Outcome.UNREACHABLE, 503, "the server answered 503")
    assert (attempt.sha256, attempt.size, attempt.body, attempt.warc) == ("", 0, b"", b"")
