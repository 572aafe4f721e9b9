"""Signing in with an identity provider: who it vouches for comes in, and no lie on the way is believed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from noticedesk import http
from noticedesk.console import rules
from noticedesk.desk.desk import Desk
from noticedesk.http import adapter
from noticedesk.model.event import Event
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.console.factory import Visitor, visiting
from tests.noticedesk.console.provider import CLIENT, Issuer, issuing
from tests.noticedesk.desk.factory import person


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        yield issuer


@pytest.fixture
def visitor(desk: Desk, issuer: Issuer) -> Iterator[Visitor]:
    named = rules.Provider(name="Example", issuer=issuer.url, client_id=CLIENT)
    with visiting(desk, oidc=named) as visitor:
        yield visitor


def leave(visitor: Visitor, issuer: Issuer) -> tuple[str, str]:
    answer = visitor.client.get("/sign-in/elsewhere", follow_redirects=False)
    assert answer.headers["location"].startswith(f"{issuer.url}/authorize?")
    return issuer.authorize(answer.headers["location"])


def test_who_is_vouched_for_comes_in(visitor: Visitor, issuer: Issuer, desk: Desk) -> None:
    person(desk, Role.SPECIALIST)
    assert "Sign in with Example" in visitor.get("/sign-in")
    code, state = leave(visitor, issuer)
    assert "Queue" in visitor.get(f"/sign-in/back?code={code}&state={state}")
    with desk.db.read() as look:
        acts = [event.act for event in records.find(look, Event)]
    assert acts == ["signin.vouched", "session.begun"]


def test_a_stranger_stays_outside(visitor: Visitor, issuer: Issuer) -> None:
    code, state = leave(visitor, issuer)
    assert "Nobody here" in visitor.get(f"/sign-in/back?code={code}&state={state}", 403)


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1000},
        {"email_verified": "true"},
    ],
    ids=str,
)
def test_a_token_that_was_not_made_for_this_sign_in_is_not_believed(
    visitor: Visitor, issuer: Issuer, desk: Desk, lies: dict[str, Any]
) -> None:
    person(desk, Role.SPECIALIST)
    issuer.lies = lies
    code, state = leave(visitor, issuer)
    visitor.get(f"/sign-in/back?code={code}&state={state}", 403)


def test_a_token_signed_with_another_key_is_not_believed(visitor: Visitor, issuer: Issuer, desk: Desk) -> None:
    person(desk, Role.SPECIALIST)
    issuer.signing = RSAKey.generate_key(2048, {"kid": "one"})
    code, state = leave(visitor, issuer)
    visitor.get(f"/sign-in/back?code={code}&state={state}", 403)


def test_a_state_works_once_and_only_in_the_browser_that_left(visitor: Visitor, issuer: Issuer, desk: Desk) -> None:
    person(desk, Role.SPECIALIST)
    code, state = leave(visitor, issuer)
    own = dict(visitor.client.cookies)
    visitor.client.cookies.clear()
    visitor.get(f"/sign-in/back?code={code}&state={state}", 403)
    visitor.client.cookies.update(own)
    visitor.get(f"/sign-in/back?code={code}&state={state}", 403)
    visitor.get("/sign-in/back?code=made-up&state=made-up", 403)


def test_a_provider_that_is_down_is_said_plainly(desk: Desk) -> None:
    named = rules.Provider(name="Example", issuer="http://127.0.0.1:1", client_id=CLIENT)
    with visiting(desk, oidc=named) as visitor:
        assert "does not answer" in visitor.get("/sign-in/elsewhere", 422)


def test_without_a_provider_the_door_is_not_there(desk: Desk) -> None:
    with visiting(desk) as visitor:
        visitor.get("/sign-in/elsewhere", 404)


def test_what_is_asked_of_the_provider_goes_through_the_one_door(
    visitor: Visitor, issuer: Issuer, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def noting(send: Callable[..., http.Page]) -> Callable[..., http.Page]:
        def sent(url: str, *more: Any) -> http.Page:
            asked.append(url.removeprefix(issuer.url))
            return send(url, *more)

        return sent

    monkeypatch.setattr(adapter, "fetch", noting(http.fetch))
    monkeypatch.setattr(adapter, "post", noting(http.post))
    person(desk, Role.SPECIALIST)
    code, state = leave(visitor, issuer)
    visitor.get(f"/sign-in/back?code={code}&state={state}")
    assert asked == ["/.well-known/openid-configuration", "/token", "/keys"]


def test_a_code_that_the_provider_refuses_lets_nobody_in(visitor: Visitor, issuer: Issuer, desk: Desk) -> None:
    person(desk, Role.SPECIALIST)
    _, state = leave(visitor, issuer)
    assert "did not vouch" in visitor.get(f"/sign-in/back?code=made-up&state={state}", 403)


@pytest.mark.parametrize(
    "answer", [(302, b""), (200, b"x" * 2_000_000), (200, b"<html>"), (500, b"")], ids=lambda a: a[0]
)
def test_a_provider_that_sends_elsewhere_or_too_much_is_not_followed(
    visitor: Visitor, issuer: Issuer, answer: tuple[int, bytes]
) -> None:
    issuer.instead = answer
    assert "does not answer" in visitor.get("/sign-in/elsewhere", 422)
