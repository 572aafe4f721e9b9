import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from noticedesk.gather import Gathered, gather_listing
from noticedesk.http import Hop, Refused, Unreachable
from noticedesk.model.evidence import EvidenceRole, Outcome
from noticedesk.settings import SettingError
from tests.noticedesk.gather.factory import NOW, URL, fetching, page, rules

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "gather_pages.yaml").read_text(encoding="utf-8"))
FIELDS = ("title", "description", "brand", "price", "currency", "seller", "account")
RULE = {
    "hosts": ["shop.example"],
    "fields": {
        "title": ["h1.name"],
        "price": [".price@data-amount", ".price"],
        "account": ["a.shop@href"],
        "images": [".gallery img@data-full", ".gallery img"],
        "currency": ["meta[itemprop=priceCurrency]"],
    },
    "gone": {"texts": ["no longer available"], "selectors": [".removed"], "paths": ["^/not-found"]},
}


def gathered(html: str | bytes, media_type: str = "text/html", **changes: Any) -> Gathered:
    return gather_listing(URL, rules(**changes), fetching(page(html, media_type)), NOW)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_page_tells(case: dict[str, Any]) -> None:
    found = gathered(case["html"].replace("NESTED", "[" * 100_000))
    assert found.outcome is Outcome.FETCHED
    assert {name: getattr(found, name) for name in FIELDS} == {name: case.get(name, "") for name in FIELDS}
    assert list(found.images) == case.get("images", [])
    assert {name: found.origins.get(name) for name in case.get("origins", {})} == case.get("origins", {})
    assert len(found.notes) == len(case.get("notes", []))
    for expected, note in zip(case.get("notes", []), found.notes, strict=True):
        assert expected in note


def test_configured_selectors_read_what_the_page_does_not_state_otherwise() -> None:
    found = gathered(
        """<meta property="og:title" content="From OpenGraph"><h1 class=name>From the heading</h1>
        <span class=price data-amount="12.00">12,00</span><a class=shop href="/u/9">Shop</a>
        <meta itemprop=priceCurrency content=EUR>
        <div class=gallery><img src="/small.jpg" data-full="/full.jpg"><img src="/second.jpg"></div>""",
        pages=[RULE],
    )
    assert (found.title, found.price, found.currency, found.account) == ("From OpenGraph", "12.00", "EUR", "/u/9")
    assert found.images == tuple(f"https://shop.example/{name}.jpg" for name in ("full", "small", "second"))
    assert found.origins["price"] == "selector"


def test_rules_of_another_host_are_not_used() -> None:
    assert gathered("<h1 class=name>Heading</h1>", pages=[RULE | {"hosts": ["other.example"]}]).title == ""


@pytest.mark.parametrize("status", [404, 410])
def test_a_listing_that_the_server_does_not_know_is_gone(status: int) -> None:
    found = gather_listing(URL, rules(), fetching(page("<title>Not found</title>", status=status)), NOW)
    assert (found.outcome, found.title) == (Outcome.GONE, "")
    assert str(status) in found.problem
    capture = found.captures[0]
    assert (capture.outcome, capture.status, capture.body) == (Outcome.GONE, status, b"<title>Not found</title>")


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<p>Sorry, this item is No\n longer <b>available</b>.</p>", 'says "no longer available"'),
        ("<div class='x removed'></div>", "holds .removed"),
    ],
)
def test_a_page_that_says_with_success_that_its_item_is_gone_is_gone(html: str, why: str) -> None:
    found = gathered(html, pages=[RULE])
    assert found.outcome is Outcome.GONE
    assert why in found.problem
    assert found.captures[0].outcome is Outcome.GONE


def test_being_sent_to_the_page_of_lost_items_is_gone() -> None:
    lost = page("<title>Lost</title>", url="https://shop.example/not-found", hops=(Hop(URL, 302, {}),))
    assert gather_listing(URL, rules(pages=[RULE]), fetching(lost), NOW).outcome is Outcome.GONE


def test_being_sent_to_another_page_is_not_a_capture_of_the_item() -> None:
    items = [{"service": "shop", "patterns": [r"/item/(?P<item>\d+)"]}]
    login = page("<title>Log in</title>", url="https://shop.example/login", hops=(Hop(URL, 302, {}),))
    found = gather_listing(URL, rules(items=items), fetching(login), NOW)
    assert (found.outcome, found.title) == (Outcome.UNREACHABLE, "")
    assert "https://shop.example/login, which is not this item" in found.problem
    assert found.captures[0].body == b"<title>Log in</title>"


@pytest.mark.parametrize(
    ("error", "outcome", "status"),
    [
        (Unreachable(URL, "busy", True, status=503), Outcome.UNREACHABLE, 503),
        (Unreachable(URL, "no such host", False), Outcome.UNREACHABLE, None),
        (Refused("http://10.0.0.1/", "not on the public Internet"), Outcome.REFUSED, None),
    ],
)
def test_an_attempt_that_fails_is_kept_with_its_reason(
    error: Refused | Unreachable, outcome: Outcome, status: int | None
) -> None:
    found = gather_listing(URL, rules(), fetching(error), NOW)
    (attempt,) = found.captures
    assert (found.outcome, found.problem) == (attempt.outcome, attempt.problem) == (outcome, error.why)
    assert (attempt.url, attempt.final_url, attempt.status) == (URL, error.url, status)
    assert (attempt.body, attempt.sha256, attempt.warc, attempt.role) == (b"", "", b"", EvidenceRole.PAGE)


def test_a_huge_title_is_shortened_and_said() -> None:
    found = gathered(f"<title>{'x' * 2_000_000}</title>")
    assert found.title == "x" * 1000
    assert "the title has 2000000 characters" in found.notes[0]


def test_thousands_of_pictures_are_cut_and_said() -> None:
    found = gathered("".join(f'<meta property="og:image" content="/{n}.jpg">' for n in range(3000)))
    assert len(found.images) == 200
    assert "names 3000 pictures" in found.notes[0]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ("<title>Tüte</title>".encode(), "text/html"),
        ("<title>Tüte</title>".encode("latin-1"), "text/html; charset=iso-8859-1"),
        ("<title>Tüte</title>".encode("utf-16"), "text/html"),
        (b"\xef\xbb\xbf" + "<title>Tüte</title>".encode(), "text/html; charset=iso-8859-1"),
        ('<meta charset="windows-1252"><title>Tüte</title>'.encode("cp1252"), "text/html"),
        ("<title>Tüte</title>".encode("cp1252"), "text/html; charset=utf-8"),
        ("<title>Tüte</title>".encode(), "text/html; charset=punycode"),
        ("<title>Tüte</title>".encode(), "text/html; charset=no-such-thing"),
        ("<title>Tüte</title>".encode(), "text/html; charset=zlib"),
        ("<title>Tüte</title>".encode(), "text/html; charset=utf-7"),
        ('<meta charset="utf-16"><title>Tüte</title>'.encode(), "text/html"),
        ("<title>Tüte</title>".encode(), 'text/html; charset="\x00"'),
        ("<title>Tüte</title>".encode(), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_characters_are_read_whatever_the_page_says_of_them(body: bytes, media_type: str) -> None:
    assert gathered(body, media_type).title == "Tüte"


LD = "<script type='application/ld+json'>"
BREAKING = {
    "depth": ("<div>" * 100_000 + "deep", "nests deeper"),
    "length": ("<p>x</p>" * 200_000, ""),
    "attributes": ("<p " + "a=b " * 100_000 + ">", ""),
    "CDATA": ("<![CDATA[" * 10_000 + ">", ""),
    "zeros": ("\x00" * 100_000, ""),
    "deep JSON": (LD + '{"a":' * 50_000 + "</script>", "cannot be read"),
    "a number": (LD + "9" * 100_000 + "</script>", "cannot be read"),
    "a list": (LD + "[" + "{}," * 100_000 + "{}]</script>", ""),
    "a longer list": (LD + "[" + "{}," * 400_000 + "{}]</script>", "more than 1000000"),
    "many blocks": (f"{LD}{{}}</script>" * 6_000, "meta tags and scripts"),
    "many meta tags": ("<meta>" * 50_000, "meta tags and scripts"),
    "a script": ("<script>" + "x" * 3_000_000 + "</script>", ""),
}


@pytest.mark.parametrize("name", BREAKING)
@pytest.mark.parametrize("pages", [[], [RULE]], ids=["without rule", "with rule"])
def test_a_page_made_to_break_readers_costs_little(name: str, pages: list[dict[str, Any]]) -> None:
    html, said = BREAKING[name]
    began = time.process_time()
    found = gathered(f"<title>first</title>{html}", pages=pages)
    assert time.process_time() - began < 5
    assert (found.outcome, found.title) == (Outcome.FETCHED, "first")
    assert said in " ".join(found.notes)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (RULE | {"fields": {"title": ["h1["]}}, "is no CSS selector"),
        (RULE | {"fields": {"titel": ["h1"]}}, "titel"),
        (RULE | {"gone": {"text": ["x"]}}, "did you mean texts"),
        (RULE | {"gone": {"paths": ["("]}}, "paths"),
    ],
)
def test_page_rules_that_cannot_work_stop_the_start(rule: dict[str, Any], why: str) -> None:
    with pytest.raises(SettingError, match=re.escape(why)):
        rules(pages=[rule])
