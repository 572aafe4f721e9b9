"""An access token for a mailbox whose provider takes no passwords (OAuth 2.0, RFC 6749)."""

import json
from typing import Literal
from urllib.parse import urlencode, urlsplit

from noticedesk import http
from noticedesk.settings import SettingError, shape

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class NoToken(OSError):
    """The provider gave no access token; says what it answered."""


@shape
class OAuth2:
    """How a provider gives access tokens; what proves that it is us is the secret of the source.

    With the grant `client_credentials` the secret is that of the client, with `refresh_token` it is the refresh token.
    """

    token_url: str
    client_id: str
    grant: Literal["client_credentials", "refresh_token"] = "client_credentials"
    scope: str = ""


def access_token(way: OAuth2, secret: str, authorities: str = "") -> str:
    """A fresh access token; raises NoToken, and never repeats the secret in what it says."""
    proof = "client_secret" if way.grant == "client_credentials" else "refresh_token"
    parts = urlsplit(way.token_url)
    if parts.scheme != "https" and parts.hostname not in _HERE:
        raise SettingError(f"{way.token_url} would be told a secret without encryption; write https://")
    asked = {"grant_type": way.grant, "client_id": way.client_id, proof: secret}
    body = urlencode(asked | ({"scope": way.scope} if way.scope else {})).encode("ascii")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        page = http.post(way.token_url, body, headers, http.Policy(private=True, redirects=0, authorities=authorities))
        answer = json.loads(page.body)
    except (http.Refused, http.Unreachable, ValueError) as error:
        raise NoToken(f"no access token from {way.token_url}: {str(error).replace(secret, '...')[:300]}") from None
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token:
        raise NoToken(f"{way.token_url} answered without an access token")
    return token
