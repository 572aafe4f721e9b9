"""POST /v1/platform/events: a signature is the only credential; what is refused says why in documented words."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import platform
from tests.noticedesk.api.factory import client
from tests.noticedesk.desk.factory import NOW, opened
from tests.noticedesk.desk.receiver import INBOUND, signed

CLOSED = {"service": "shop", "account": "s-9", "by": "platform"}
EVENT = json.dumps({"type": "account.closed", "timestamp": NOW.isoformat(), "data": CLOSED})
JSON = {"content-type": "application/json"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as made:
        yield replace(made, settings=replace(made.settings, platform_secret=INBOUND))


def test_a_signed_event_is_taken(api: TestClient) -> None:
    answer = api.post("/v1/platform/events", content=EVENT, headers=signed(EVENT, "msg-1") | JSON)
    assert answer.status_code == 200 and answer.json()["outcome"]


@pytest.mark.parametrize("headers", [{}, {"webhook-id": "x"}, signed(EVENT, "msg-1", "whsec_b3RoZXI="),
                                     signed(EVENT, "msg-1", at=datetime(2020, 1, 1, tzinfo=UTC))])  # fmt: skip
def test_an_event_that_is_not_signed_by_the_platform_is_refused(api: TestClient, headers: dict[str, str]) -> None:
    answer = api.post("/v1/platform/events", content=EVENT, headers=headers | JSON)
    assert answer.status_code == 401 and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", ["{}", "[]", "x", '{"type": "listing.sold"}'])
def test_an_event_that_is_none_is_refused(api: TestClient, body: str) -> None:
    answer = api.post("/v1/platform/events", content=body, headers=signed(body, "msg-2") | JSON)
    assert answer.status_code == 422


def test_a_busy_desk_asks_for_the_event_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> str:
        raise store.Busy("the database is locked")

    monkeypatch.setattr(platform, "receive", busy)
    with client(desk) as api:
        answer = api.post("/v1/platform/events", content=EVENT, headers=JSON)
    assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
