"""Signing in with an OpenID Connect provider: the one door to authlib, which holds to PKCE, state, nonce and keys."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.sync_app import BaseApp, OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError

from noticedesk import http, store
from noticedesk.console import rules
from noticedesk.http.adapter import Through

LASTS: Final = 600.0
"""Seconds that a sign-in at the provider may take."""

_MOST: Final = 10_000

NOT_VOUCHED = "The identity provider did not vouch for you, or it took too long. Sign in again."


_POLICY: Final = replace(http.CONFIGURED, body=2**20, attempts=1, total=10.0, told=frozenset({400, 401, 403}))
"""The provider's endpoints are named by our configuration; what it refuses it says in the body, for authlib to read."""


class _Session(OAuth2Session):  # type: ignore[misc]
    """Authlib's session, whose requests go through the desk's own door."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.trust_env = False
        self.adapters.clear()
        for scheme in ("https://", "http://"):
            self.mount(scheme, Through(_POLICY))


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's client, without a web framework."""

    client_cls = _Session


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where the browser goes to sign in, and the state that it must bring back in a cookie."""

    url: str
    state: str


class Provider:
    """The provider of console.yaml; what was sent to it waits in this process until the browser comes back."""

    def __init__(self, named: rules.Provider, secret: str, back: str) -> None:
        self.name, self.issuer, self._back = named.name, named.issuer, back
        self._client = _Client(
            None,
            client_id=named.client_id,
            client_secret=secret,
            server_metadata_url=f"{named.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
        )
        self._waiting: OrderedDict[str, tuple[float, dict[str, Any]]] = OrderedDict()
        self._lock = threading.Lock()

    def leave(self) -> Leaving:
        """The address at the provider, with a fresh state, nonce and PKCE challenge; raises Unreachable."""
        try:
            made = self._client.create_authorization_url(self._back)
        # requests' own errors are OSErrors; the provider's metadata may lack what is needed
        except (OSError, ValueError, RuntimeError) as error:
            raise Unreachable(f"{self.name} does not answer ({type(error).__name__}); try again later") from error
        with self._lock:
            self._waiting[made["state"]] = (time.monotonic(), made)
            while len(self._waiting) > _MOST:
                self._waiting.popitem(last=False)
        return Leaving(made["url"], made["state"])

    def come_back(self, state: str, carried: str, code: str) -> str:
        """The verified address of who comes back; raises NotAccepted unless the provider vouches for it to us."""
        with self._lock:
            since, made = self._waiting.pop(state, (0.0, {}))
        if not made or state != carried or not code or time.monotonic() - since > LASTS:
            raise store.NotAccepted(NOT_VOUCHED)
        try:
            token = self._client.fetch_access_token(self._back, code=code, code_verifier=made["code_verifier"])
            claims = self._client.parse_id_token(token, nonce=made["nonce"]) or {}
        except (AuthlibBaseError, JoseError, OSError, ValueError, RuntimeError) as error:
            raise store.NotAccepted(NOT_VOUCHED) from error
        if claims.get("email_verified") is not True or not claims.get("email"):
            raise store.NotAccepted("The identity provider has not verified your address; ask an admin.")
        return str(claims["email"])


class Unreachable(ValueError):
    """The provider does not answer, or not as a provider does."""
