"""The guard: sizes, rates, headers, and forms that come from our own pages only."""

import json

import pytest
from starlette.testclient import TestClient

from noticedesk.api.app import create_app
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal.terms import Rates
from noticedesk.model.submission import Submission
from noticedesk.settings import SettingError
from noticedesk.store import records
from tests.noticedesk.api.factory import MANY, OURS, client, complaint, terms


def test_every_answer_carries_the_headers(api: TestClient) -> None:
    for path in ("/", "/check", "/v1/status/x", "/nowhere", "/static/style.css", "/healthz"):
        headers = api.get(path).headers
        assert "script" not in headers["content-security-policy"] and "unsafe" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store" and "strict-transport-security" in headers


def test_a_body_that_is_too_large_is_refused_whatever_it_says_of_its_length(desk: Desk, maria: dict[str, str]) -> None:
    headers = maria | {"content-type": "application/json"}
    with client(desk, largest_bytes=1000) as api:
        stated = api.post("/v1/complaints", content=b"x" * 1001, headers=headers)
        streamed = api.post("/v1/complaints", content=(b"x" * 100 for _ in range(11)), headers=headers)
        checked = api.post("/v1/check", content=(b"x" * 100 for _ in range(11)), headers={"content-type": "text/plain"})
    for answer in (stated, streamed, checked):
        assert answer.status_code == 413 and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("limits", "path"), [({"address": "2/minute"}, "/v1/status/x"), ({"check": "2/minute"}, "/v1/check")]
)
def test_who_asks_too_often_is_told_when_to_come_again(desk: Desk, limits: dict[str, str], path: str) -> None:
    rates = Rates(**{name: getattr(MANY, name) for name in ("sender", "address", "form", "check")} | limits)
    with client(desk, limits=rates) as api:
        ask = api.get if path.startswith("/v1/status") else lambda p: api.post(p, content=b"x", headers=_TEXT)
        answers = [ask(path) for _ in range(3)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


_TEXT = {"content-type": "text/plain"}


def test_a_sender_has_a_rate_of_its_own(desk: Desk, maria: dict[str, str]) -> None:
    headers = maria | {"content-type": "application/json"}
    with client(desk, limits=Rates(sender="1/hour", address="9/second", form="1/hour", check="1/hour")) as api:
        answers = [api.post("/v1/complaints", content=json.dumps(complaint(desk)), headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 429]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/complaint", "/status", "/check", "/confirm/x"])
def test_a_form_of_another_site_is_refused(api: TestClient, desk: Desk, path: str, headers: dict[str, str]) -> None:
    assert api.post(path, data={"do": "send"}, headers=headers).status_code == 403
    with desk.db.read() as look:
        assert records.find(look, Submission) == []


def test_a_browser_without_fetch_metadata_is_known_by_its_origin(api: TestClient) -> None:
    answer = api.post("/status", data={"token": "F-1_00"}, headers={"origin": "https://api.test"})
    assert answer.status_code == 303


def test_a_status_address_leads_only_to_our_own_page(api: TestClient) -> None:
    given = "https://evil.example/status/F-1_00"
    assert api.post("/status", data={"token": given}, headers=OURS).headers["location"] == "/status/F-1_00"
    assert api.post("/status", data={"token": "//evil.example/?x"}, headers=OURS).status_code == 404


def test_figures_are_shown_only_when_asked_for(api: TestClient, desk: Desk) -> None:
    assert api.get("/metrics").status_code == 404
    with client(desk, metrics=True) as other:
        assert other.get("/metrics").status_code == 200


def test_rates_that_cannot_be_read_refuse_to_start(desk: Desk) -> None:
    with pytest.raises(SettingError, match=r"api\.yaml"):
        create_app(desk, terms(desk, limits=Rates(sender="often", address="1/second", form="1/hour", check="1/hour")))
