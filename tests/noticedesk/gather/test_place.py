from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.gather import identify
from noticedesk.gather.place import same_item
from noticedesk.settings import SettingError
from tests.noticedesk.gather.factory import rules, service

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "gather_place.yaml").read_text(encoding="utf-8"))
SERVICES = (
    service("shop", "shop.example", "shop.de.example"),
    service("clips", "clips.shop.example"),
    service("market", "127.0.0.1:8099"),
    service("books", "bücher.example"),
)
SHOP = {
    "service": "shop",
    "patterns": [r"/item/(?P<item>\d+)", r"^/dp/(?P<item>\d+)", r"[?&]id=(?P<item>\d+)"],
    "canonical": "https://shop.example/item/{item}",
}
CLIPS = {"service": "clips", "hosts": ["clips.shop.example"], "patterns": [r"^/watch\?(?:.*&)?v=(?P<item>[\w-]+)"]}
RULES = rules(items=[SHOP, CLIPS])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_url_names_a_place(case: dict[str, Any]) -> None:
    place = identify(case["url"], SERVICES, RULES)
    if "service" not in case:
        assert place is None
    else:
        assert place is not None
        assert (place.service, place.item, place.canonical) == (case["service"], case["item"], case["canonical"])
        assert place.listed is case.get("listed", True)


@given(st.text(max_size=60) | st.from_regex(r"https?://(www\.)?shop\.example[/?#:@%][ -~]{0,30}", fullmatch=True))
@settings(max_examples=300, derandomize=True)
def test_any_text_names_a_place_or_none_and_the_canonical_url_names_it_again(text: str) -> None:
    place = identify(text, SERVICES, RULES)
    if place is not None:
        assert identify(place.canonical, SERVICES, RULES) == place


@pytest.mark.parametrize(
    ("asked", "answered", "same"),
    [
        ("https://shop.example/item/1", "https://www.shop.example/blue-bag/item/1", True),
        ("https://shop.example/item/1", "https://shop.example/dp/1", True),
        ("https://shop.example/item/1", "https://shop.example/item/2", False),
        ("https://shop.example/item/1", "https://shop.example/search?q=bag", False),
        ("https://shop.example/item/1", "https://login.example/?next=x", False),
        ("https://shop.example/about", "https://shop.example/", True),
        ("https://elsewhere.example/x", "https://elsewhere.example/y", True),
    ],
)
def test_an_answer_is_the_item_that_was_asked_for_or_not(asked: str, answered: str, same: bool) -> None:
    assert same_item(asked, answered, RULES) is same


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ([SHOP | {"patterns": [r"/item/(\d+)"]}], "has no group named item"),
        ([SHOP | {"patterns": ["/item/(?P<item>"]}], "patterns"),
        ([SHOP | {"canonical": "https://shop.example/"}], "does not say where"),
        ([SHOP | {"pattern": "x"}], "did you mean patterns"),
    ],
)
def test_rules_that_cannot_work_stop_the_start(items: list[dict[str, Any]], why: str) -> None:
    with pytest.raises(SettingError, match=why):
        rules(items=items)
