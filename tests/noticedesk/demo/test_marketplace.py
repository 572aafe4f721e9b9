import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from standardwebhooks import Webhook

from noticedesk.demo.marketplace import EVENTS_SECRET, Marketplace
from noticedesk.demo.products import Products
from noticedesk.demo.world import world
from noticedesk.model.action import Action


@pytest.fixture
def fresh(drawn: Products) -> Iterator[Marketplace]:
    with Marketplace(drawn) as running:
        yield running


def get(url: str) -> tuple[int, bytes]:
    try:
        with urlopen(url, timeout=10) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def order(market: Marketplace, item: str, action: str, key: str, secret: str = "") -> tuple[int, dict]:
    listing = {"service": "market", "item": item, "url": f"{market.url}/item/{item}"}
    told = {"id": "x", "idempotency_key": key, "listing": listing, "action": action, "reason_code": "copy"}
    return signed(market, json.dumps({"type": "action.requested", **told}), secret or market.secret)


def signed(market: Marketplace, body: str, secret: str) -> tuple[int, dict]:
    now = datetime.now(UTC)
    signature = Webhook(secret).sign("msg-1", now, body)
    headers = {"webhook-id": "msg-1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    return post(market, body.encode(), headers)


def post(market: Marketplace, body: bytes, headers: dict[str, str]) -> tuple[int, dict]:
    try:
        with urlopen(Request(market.webhook_url, body, headers), timeout=10) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.mark.parametrize("item", [item for item, offer in world().offers.items() if offer.gone is None])
def test_every_listing_is_served_with_its_title_and_picture(market: Marketplace, item: str) -> None:
    status, page = get(market.listings[item])
    assert status == 200
    assert world().offers[item].title in page.decode()
    assert f"/pictures/{item}.jpg".encode() in page


@pytest.mark.parametrize(
    ("item", "mark"), [("m-101", "application/ld+json"), ("m-102", "og:title"), ("m-105", 'class="title"')]
)
def test_pages_tell_what_they_show_in_three_ways(market: Marketplace, item: str, mark: str) -> None:
    page = get(market.listings[item])[1].decode()
    assert mark in page
    assert ("og:" in page) == (mark == "og:title")
    assert ("ld+json" in page) == (mark == "application/ld+json")


def test_a_listing_that_its_seller_ended_is_gone_and_an_unknown_one_is_not_found(market: Marketplace) -> None:
    assert get(market.listings["m-117"])[0] == 410
    assert get(f"{market.url}/item/m-999")[0] == 404
    assert get(f"{market.url}/pictures/m-117.jpg")[0] == 404


def test_an_item_is_looked_up_to_its_account(market: Marketplace) -> None:
    status, body = get(market.lookup_url.format(item="m-101"))
    assert status == 200
    found = json.loads(body)
    assert found["account"] == "acct-1002"
    assert found["contact"] == "support@budget-bazaar.example"
    assert (found["country"], found["language"]) == ("US", "en")
    assert datetime.fromisoformat(found["created_at"]).tzinfo is not None


def test_an_unknown_item_has_no_account(market: Marketplace) -> None:
    assert get(market.lookup_url.format(item="nothing"))[0] == 404


def test_the_holders_show_their_originals_on_an_origin_of_their_own(market: Marketplace) -> None:
    assert get(market.original_url("poster"))[1] == market.products["poster"].original
    assert market.original_url("poster") in get(market.work_url("poster"))[1].decode()
    assert len(set(market.origins)) == 3


def test_the_other_host_is_not_one_of_the_marketplace(market: Marketplace) -> None:
    assert get(market.elsewhere_url)[0] == 200
    assert not any(host in market.elsewhere_url for host in market.hosts)


@pytest.mark.parametrize("action", ["remove", "disable"])
def test_a_listing_taken_down_is_gone_and_a_restored_one_is_back(fresh: Marketplace, action: str) -> None:
    status, told = order(fresh, "m-101", action, "key-1")
    assert (status, told["type"]) == (200, "action.confirmed")
    assert told["idempotency_key"] == "key-1"
    assert get(fresh.listings["m-101"])[0] == 410
    assert not fresh.is_up("m-101")
    order(fresh, "m-101", "restore", "key-2")
    assert get(fresh.listings["m-101"])[0] == 200


def test_a_listing_can_be_named_by_its_item_alone(fresh: Marketplace) -> None:
    body = json.dumps({"data": {"idempotency_key": "key-1", "listing": "m-104", "action": "remove"}})
    assert signed(fresh, body, fresh.secret)[0] == 200
    assert not fresh.is_up("m-104")


def test_a_milder_measure_leaves_the_listing_visible(fresh: Marketplace) -> None:
    order(fresh, "m-101", "demote", "key-1")
    assert fresh.is_up("m-101")
    assert [effect.action for effect in fresh.effects] == [Action.DEMOTE]


def test_an_order_takes_effect_once_however_often_it_comes(fresh: Marketplace) -> None:
    order(fresh, "m-101", "remove", "key-1")
    order(fresh, "m-101", "restore", "key-2")
    again = order(fresh, "m-101", "remove", "key-1")
    assert again[0] == 200
    assert fresh.is_up("m-101"), "the late repeat of the removal removes nothing"
    assert [effect.key for effect in fresh.effects] == ["key-1", "key-2"]


def test_orders_that_come_at_the_same_time_take_effect_once(fresh: Marketplace) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: order(fresh, "m-102", "remove", "key-9"), range(16)))
    assert {status for status, _ in answers} == {200}
    assert len(fresh.effects) == 1


def test_a_key_stands_for_one_order_only(fresh: Marketplace) -> None:
    order(fresh, "m-101", "remove", "key-1")
    assert order(fresh, "m-102", "remove", "key-1")[0] == 409
    assert fresh.is_up("m-102")


def test_an_answer_can_be_lost_after_the_effect(fresh: Marketplace) -> None:
    fresh.stumble(1)
    assert order(fresh, "m-101", "remove", "key-1")[0] == 503
    assert not fresh.is_up("m-101")
    assert order(fresh, "m-101", "remove", "key-1")[0] == 200
    assert len(fresh.effects) == 1


def test_a_wrong_signature_is_refused_and_has_no_effect(fresh: Marketplace) -> None:
    assert order(fresh, "m-101", "remove", "key-1", secret="whsec_d3Jvbmc=")[0] == 401
    assert fresh.effects == ()
    assert fresh.is_up("m-101")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"webhook-id": "a", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"},
        {
            "webhook-id": "a",
            "webhook-timestamp": str(int(datetime.now(UTC).timestamp())),
            "webhook-signature": "nonsense",
        },
        {"webhook-id": "a", "webhook-timestamp": "soon", "webhook-signature": "v1,%%%"},
    ],
)
def test_what_is_not_signed_is_refused(fresh: Marketplace, headers: dict[str, str]) -> None:
    assert post(fresh, b'{"listing": "m-101", "action": "remove", "idempotency_key": "k"}', headers)[0] == 401
    assert fresh.effects == ()


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "no json",
        '{"data": 1}',
        '{"listing": "m-101"}',
        '{"listing": "m-101", "idempotency_key": "k", "action": "explode"}',
    ],
)
def test_a_signed_body_that_is_no_order_is_refused(fresh: Marketplace, body: str) -> None:
    assert signed(fresh, body, fresh.secret)[0] == 400
    assert fresh.effects == ()


def test_an_order_about_an_unknown_listing_is_refused(fresh: Marketplace) -> None:
    assert order(fresh, "m-999", "remove", "key-1")[0] == 404
    assert fresh.effects == ()


def test_the_log_tells_who_asked_for_what(fresh: Marketplace) -> None:
    get(fresh.listings["m-101"])
    get(fresh.original_url("mug"))
    told = [(entry.origin, entry.method, entry.path, entry.status) for entry in fresh.log]
    assert told == [("market", "GET", "/item/m-101", 200), ("holders", "GET", "/originals/mug.jpg", 200)]


@pytest.mark.parametrize(("length", "status"), [("1000001", 413), (None, 411), ("many", 411)])
def test_a_body_too_long_or_of_unknown_length_is_not_read(fresh: Marketplace, length: str | None, status: int) -> None:
    with closing(HTTPConnection(fresh.hosts[0], timeout=10)) as wire:
        wire.putrequest("POST", "/actions")
        if length:
            wire.putheader("Content-Length", length)
        wire.endheaders()
        assert wire.getresponse().status == status


def test_a_slow_listing_is_acted_on_and_confirmed_by_a_signed_event_later(drawn: Products) -> None:
    with Marketplace(drawn, slow=frozenset({"m-101"})) as market:
        assert order(market, "m-101", "remove", "key-1")[0] == 202
        assert order(market, "m-101", "remove", "key-1")[0] == 202
        assert not market.is_up("m-101")
        (told,) = market.owed()
        said = Webhook(EVENTS_SECRET).verify(told.body, told.headers)
        assert (said["type"], said["data"]["idempotency_key"]) == ("action.confirmed", "key-1")
        assert market.owed() == ()


def test_a_listing_is_down_as_long_as_one_measure_that_takes_it_down_lies_on_it(fresh: Marketplace) -> None:
    listing = {"service": "market", "item": "m-101", "url": fresh.listings["m-101"]}
    for key, measures, up in (("1", ["disable", "demote"], False), ("2", ["demote"], True), ("3", [], True)):
        told = {"idempotency_key": key, "listing": listing, "action": "demote"}
        body = json.dumps({"data": told | {"measures": [{"action": action} for action in measures]}})
        assert signed(fresh, body, fresh.secret)[0] == 200
        assert fresh.is_up("m-101") is up
