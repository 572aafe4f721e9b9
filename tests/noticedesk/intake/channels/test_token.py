"""Access tokens: asked for with the secret, which is never told on; a provider that gives none is an error."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from noticedesk.demo.origin import Origin, Reply, Request
from noticedesk.intake.channels import Source, SourceError, Start, opened
from noticedesk.intake.channels.token import NoToken, OAuth2, access_token
from noticedesk.settings import SettingError
from tests.noticedesk.intake.channels import dovecot

SECRET = "s3cret/of+us"


def provider(answer: Callable[[dict[str, list[str]]], Reply]) -> Origin:
    def reply(request: Request) -> Reply:
        return answer(parse_qs(request.body.decode("ascii")))

    return Origin(reply)


def gives(token: str) -> Callable[[dict[str, list[str]]], Reply]:
    return lambda _: Reply(
        200, json.dumps({"access_token": token, "token_type": "Bearer"}).encode(), "application/json"
    )


@pytest.mark.parametrize(
    ("grant", "proof"), [("client_credentials", "client_secret"), ("refresh_token", "refresh_token")]
)
def test_a_token_is_asked_for_as_its_grant_says(grant: str, proof: str) -> None:
    asked: list[dict[str, list[str]]] = []

    def answer(form: dict[str, list[str]]) -> Reply:
        asked.append(form)
        return gives("abc")(form)

    with provider(answer) as origin:
        way = OAuth2(token_url=f"{origin.url}/token", client_id="desk", grant=grant, scope="mail")  # type: ignore[arg-type]
        assert access_token(way, SECRET) == "abc"
    assert asked == [{"grant_type": [grant], "client_id": ["desk"], proof: [SECRET], "scope": ["mail"]}]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400, b'{"error": "invalid_client", "was": "s3cret/of+us"}'),
        Reply(200, b"<html>"),
        Reply(200, b"[]"),
        Reply(200, b'{"access_token": 7}'),
    ],
    ids=["refused", "page", "list", "number"],
)
def test_without_a_token_the_answer_is_told_and_the_secret_is_not(reply: Reply) -> None:
    with provider(lambda _: reply) as origin, pytest.raises(NoToken) as told:
        access_token(OAuth2(token_url=f"{origin.url}/token", client_id="desk"), SECRET)
    assert SECRET not in str(told.value)


def test_the_secret_goes_nowhere_without_encryption() -> None:
    with pytest.raises(SettingError, match="write https://"):
        access_token(OAuth2(token_url="http://login.example/token", client_id="desk"), SECRET)


def test_a_mailbox_is_signed_in_to_with_the_token(imap: dovecot.Dovecot) -> None:
    with provider(gives(dovecot.token())) as origin:
        way = OAuth2(token_url=f"{origin.url}/token", client_id="desk")
        source = Source(id="box", kind="imap", path=imap.url("INBOX"), service="market", oauth2=way)
        with opened(source, Start(secret=SECRET)) as inbox:
            assert list(inbox.deliveries()) == []


def test_a_token_that_the_server_does_not_take_is_told(imap: dovecot.Dovecot) -> None:
    with provider(gives(dovecot.token(key=b"another"))) as origin:
        way = OAuth2(token_url=f"{origin.url}/token", client_id="desk")
        source = Source(id="box", kind="imap", path=imap.url("INBOX"), service="market", oauth2=way)
        with pytest.raises(SourceError, match="source box"), opened(source, Start(secret=SECRET)):
            pass
