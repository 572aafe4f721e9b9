"""Listings and pictures of a hostile site, fetched through the real door."""

from dataclasses import replace

import pytest

from noticedesk.gather import Fetch, gather_listing, gather_media
from noticedesk.http import MEDIA, PAGES, Policy, fetch
from noticedesk.model.evidence import Outcome
from tests.noticedesk.gather.factory import NOW, rules
from tests.noticedesk.gather.test_media import picture
from tests.noticedesk.loopback import Loopback, redirect, response


def through(server: Loopback, policy: Policy) -> Fetch:
    admitted = replace(policy, exempt=frozenset({server.origin}), robots=False, interval=0, attempts=1)
    return lambda url: fetch(url, admitted)


def test_a_listing_and_its_pictures_arrive_and_a_trap_among_them_is_refused_and_said(server: Loopback) -> None:
    html = b"""<title>Bag</title><meta property="og:image" content="/1.jpg">
        <meta property="og:image" content="http://169.254.169.254/latest/meta-data/">
        <meta property="og:image" content="http://0x7f.1/admin.png"><meta property="og:image" content="/2.jpg">
        <meta property="og:image" content="/sent.jpg"><meta property="og:image" content="/drawing">"""
    server.answers |= {
        "/item/7": response(html),
        "/1.jpg": response(picture(), media_type="image/jpeg"),
        "/2.jpg": response(b"<html>", media_type="text/html"),
        "/sent.jpg": redirect("http://10.0.0.1/x.jpg"),
        "/drawing": response(b"<svg/>", media_type="image/svg+xml"),
    }
    listing = gather_listing(server.url("/item/7"), rules(), through(server, PAGES), NOW)
    assert (listing.outcome, listing.title, len(listing.images)) == (Outcome.FETCHED, "Bag", 6)
    pictures = gather_media(listing.images, rules(), through(server, MEDIA), NOW)
    assert [one.outcome.value for one in pictures] == ["fetched", *["refused"] * 5]
    expected = ["", "public Internet", "public Internet", "text/html", "public Internet", "svg"]
    for capture, why in zip(pictures, expected, strict=True):
        assert why in capture.problem
    assert pictures[4].final_url == "http://10.0.0.1/x.jpg"


@pytest.mark.parametrize(
    ("answer", "outcome", "why"),
    [
        (response(b"x" * 5_300_000), Outcome.REFUSED, "larger than"),
        (response(b"%PDF-", media_type="application/pdf"), Outcome.REFUSED, "media type"),
        (redirect("http://192.168.0.1/"), Outcome.REFUSED, "public Internet"),
        (response(b"gone", "410 Gone"), Outcome.GONE, "410"),
        (response(b"busy", "503 Busy"), Outcome.UNREACHABLE, "503"),
        (response(b"no", "403 Forbidden"), Outcome.UNREACHABLE, "403"),
    ],
)
def test_a_listing_that_does_not_arrive_says_why(server: Loopback, answer: bytes, outcome: Outcome, why: str) -> None:
    server.answers["/item/7"] = answer
    listing = gather_listing(server.url("/item/7"), rules(), through(server, PAGES), NOW)
    assert (listing.outcome, listing.title, listing.images) == (outcome, "", ())
    assert why in listing.problem


def test_a_page_of_five_megabytes_is_read(server: Loopback) -> None:
    server.answers["/item/7"] = response(b"<title>Large</title>" + b"<p>filling</p>" * 350_000)
    assert gather_listing(server.url("/item/7"), rules(), through(server, PAGES), NOW).title == "Large"
