"""A small OpenID Connect provider on loopback, which can lie in every way that a client must notice."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "noticedesk", "a secret of the client"


@dataclass
class Issuer:
    """The provider: who signs in there, and what it says of them; `lies` changes claims."""

    email: str = "ann@shop.example"
    verified: bool = True
    lies: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signing: RSAKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    instead: tuple[int, bytes] | None = None

    def authorize(self, url: str) -> tuple[str, str]:
        """The code and state with which the provider sends the browser back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        return code, query["state"]

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        query = self.asked.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if query is None or proof.decode() != query["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": "subject-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": query["nonce"],
            "email": self.email,
            "email_verified": self.verified,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.lies, self.signing or self.key)
        return {"access_token": "unused", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def issuing() -> Iterator[Issuer]:
    """A provider that answers until the block ends."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if issuer.instead:
                self.send_response(issuer.instead[0])
                self.send_header("location", f"{issuer.url}/elsewhere")
                self.send_header("content-length", str(len(issuer.instead[1])))
                self.end_headers()
                self.wfile.write(issuer.instead[1])
                return
            keys = {"keys": [issuer.key.as_dict(private=False)]}
            self._say(issuer.metadata() if "openid" in self.path else keys)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._say(issuer.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, told: dict[str, Any] | None) -> None:
            body = json.dumps(told or {"error": "invalid_grant"}).encode()
            self.send_response(200 if told else 400)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()
