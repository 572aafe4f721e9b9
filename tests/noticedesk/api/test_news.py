"""A sender is told by signed webhook where what they sent stands: own facts only, once each, the latest last."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter
from standardwebhooks import Webhook
from starlette.testclient import TestClient

from noticedesk.api.answers import News, Status
from noticedesk.desk.act import told
from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import news, senders, takeover
from noticedesk.desk.portal.senders import UnknownSender
from noticedesk.gather.rules import Exempt
from noticedesk.model.action import Action
from noticedesk.model.allegation import AllegationState
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.person import Role
from noticedesk.model.submission import Sender
from noticedesk.settings import SettingError
from noticedesk.store import records
from noticedesk.store import senders as kept
from tests.noticedesk.api.factory import MARIA, complaint, sender
from tests.noticedesk.api.test_status import decided, sent
from tests.noticedesk.desk.factory import Time, person
from tests.noticedesk.loopback import Loopback, response

MASTER = "a secret that only the tests know"
DONE = response(status="204 No Content")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback({"/told": DONE}) as made:
        yield made


@pytest.fixture
def desk(desk: Desk, server: Loopback) -> Desk:
    """A desk that may tell somebody on loopback."""
    manners = replace(desk.places.manners, exempt=(Exempt(scheme="http", host="127.0.0.1", port=server.port),))
    secret = replace(desk.settings, sender_secret=MASTER)
    return replace(desk, places=replace(desk.places, manners=manners), settings=secret)


def hears(desk: Desk, url: str, *, new_secret: bool = False) -> str:
    """Has Maria told at an address; her secret."""
    admin = person(desk, Role.ADMIN, name=f"Told{url[-3:]}{new_secret}")
    return senders.webhook(desk, admin, MARIA, url, new_secret=new_secret).secret


def bodies(server: Loopback) -> list[dict[str, Any]]:
    return [json.loads(request.partition(b"\r\n\r\n")[2]) for request in server.requests]


def headers(request: bytes) -> dict[str, str]:
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}


def signed(request: bytes, secret: str) -> bool:
    """Whether one of the signatures is made with the secret, over the id, the time and the body."""
    head, body = headers(request), request.partition(b"\r\n\r\n")[2].decode()
    at = datetime.fromtimestamp(int(head["webhook-timestamp"]), UTC)
    return Webhook(secret).sign(head["webhook-id"], at, body) in head["webhook-signature"].split(" ")


def rows(desk: Desk) -> list[Outbox]:
    with desk.db.read() as look:
        return records.find(look, Outbox, kind=OutboxKind.STATUS)


def test_each_change_is_told_once_as_the_status_address_shows_it(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback, time: Time
) -> None:
    secret = hears(desk, server.url("/told"))
    path = sent(api, maria, complaint(desk))
    assert news.send_due(desk).counts == {}, "the receipt said all that there is"
    takeover.take_over(desk)
    for _ in range(3):
        news.send_due(desk)
    decided(desk, AllegationState.DISMISSED)
    news.send_due(desk)
    assert len(server.requests) == 1, "it can still be undone"
    time.pass_(minutes=desk.policy.undo_minutes + 1)
    for _ in range(3):
        news.send_due(desk)
    first, second = bodies(server)
    assert [one["data"]["listings"][0]["fate"] for one in (first, second)] == ["under_review", "refused"]
    shown, now = TypeAdapter(News).validate_python(second).data, api.get(path).json()
    assert shown == TypeAdapter(Status).validate_python(now)
    assert all(signed(request, secret) for request in server.requests)
    assert len({headers(request)["webhook-id"] for request in server.requests}) == 2
    assert {row.state for row in rows(desk)} == {OutboxState.CONFIRMED}


def test_nobody_is_told_of_what_another_sent(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    hears(desk, server.url("/told"))
    _, other = sender(desk, "bob@agency.example", "Bob")
    sent(api, maria, complaint(desk))
    sent(api, other, complaint(desk, "https://shop.example/item/secret-9"))
    takeover.take_over(desk)
    news.send_due(desk)
    assert len(server.requests) == 1 and b"secret-9" not in server.requests[0]


def test_that_somebody_answered_is_no_news(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    hears(desk, server.url("/told"))
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    news.send_due(desk)
    decided(desk, AllegationState.APPROVED, Action.DISABLE)
    news.send_due(desk)
    assert len(server.requests) == 1


def test_what_fails_is_sent_again_under_its_id_and_what_is_overtaken_is_not(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback, time: Time
) -> None:
    server.answers["/told"] = [response(status="503 Service Unavailable"), DONE]
    hears(desk, server.url("/told"))
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    assert news.send_due(desk).errors.total() == 1
    decided(desk, AllegationState.DISMISSED)
    time.pass_(minutes=desk.policy.undo_minutes + 1)
    news.send_due(desk)
    assert [one["data"]["listings"][0]["fate"] for one in bodies(server)] == ["under_review", "refused"]
    assert sorted(row.state for row in rows(desk)) == ["cancelled", "confirmed"]
    assert len({headers(request)["webhook-id"] for request in server.requests}) == 2


def test_the_same_news_are_sent_again_under_the_same_id(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback, time: Time
) -> None:
    server.answers["/told"] = [response(status="500 Internal Server Error"), DONE]
    hears(desk, server.url("/told"))
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    news.send_due(desk)
    time.pass_(hours=1)
    news.send_due(desk)
    first, again = server.requests
    assert headers(first)["webhook-id"] == headers(again)["webhook-id"] and bodies(server)[0] == bodies(server)[1]


def test_an_address_that_is_gone_is_told_nothing_more(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    server.answers["/told"] = response(status="410 Gone")
    hears(desk, server.url("/told"))
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    news.send_due(desk)
    with desk.db.read() as look:
        assert records.find(look, Sender)[0].webhook == ""
    assert [row.state for row in rows(desk)] == [OutboxState.CANCELLED]


@pytest.mark.parametrize("url", ["http://m.example/x", "https://127.0.0.1/x", "https://10.0.0.1/", "ftp://m.example/"])
def test_an_address_inside_or_in_the_clear_is_refused(desk: Desk, maria: dict[str, str], url: str) -> None:
    with pytest.raises(UnknownSender, match="nobody can be told there"):
        hears(desk, url)


def test_an_address_that_leads_inside_by_its_name_is_not_asked(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    hears(desk, f"https://localhost:443/{server.port}")
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    news.send_due(desk)
    assert server.requests == [] and [row.state for row in rows(desk)] == [OutboxState.DEAD]


def test_a_redirect_is_not_followed(api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback) -> None:
    server.answers["/told"] = response(status="302 Found", headers=(f"Location: {server.url('/inside')}",))
    hears(desk, server.url("/told"))
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    news.send_due(desk)
    assert server.asked == ["/told"] and [row.state for row in rows(desk)] == [OutboxState.FAILED]


def test_a_new_secret_works_beside_the_one_before_it_and_no_other(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    first = hears(desk, server.url("/told"))
    second = hears(desk, server.url("/told"), new_secret=True)
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    news.send_due(desk)
    (request,) = server.requests
    assert signed(request, first) and signed(request, second) and first != second
    other = replace(sender(desk)[0], id="S-other")
    assert not signed(request, told.secret_of(MASTER, other, 0))


def test_without_a_secret_news_wait_and_say_so(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    hears(desk, server.url("/told"))
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    mute = replace(desk, settings=replace(desk.settings, sender_secret=""))
    with pytest.raises(SettingError, match="NOTICEDESK_SENDER_SECRET"):
        news.send_due(mute)
    assert [row.state for row in rows(desk)] == [OutboxState.QUEUED] and server.requests == []


def test_news_begin_when_an_address_is_named(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    hears(desk, server.url("/told"))
    news.send_due(desk)
    assert server.requests == []


def test_nothing_is_told_of_what_is_with_the_safety_team(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    hears(desk, server.url("/told"))
    unlawful = "The picture shows me undressed. I was 15 years old, and I never agreed to it. Please remove it."
    sent(api, maria, complaint(desk, message=unlawful))
    takeover.take_over(desk)
    assert news.send_due(desk).counts == {} and server.requests == []


def test_who_is_shut_out_is_told_nothing_more(
    api: TestClient, desk: Desk, maria: dict[str, str], server: Loopback
) -> None:
    hears(desk, server.url("/told"))
    sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    news.look(desk)
    known, zoe = sender(desk)[0], acting(person(desk, Role.ADMIN, name="Zoe"))
    with desk.db.write() as tx:
        kept.set_active(tx, known.id, False, zoe)
    assert news.send_due(desk).counts == {"status not told any more": 1} and server.requests == []
