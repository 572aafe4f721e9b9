"""How the console is reached and what it asks of people: the form of config/console.yaml."""

from urllib.parse import urlsplit

from noticedesk.model.person import Role
from noticedesk.settings import SettingError, shape

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@shape
class Provider:
    """An OpenID Connect provider that people sign in with; its secret stands in NOTICEDESK_OIDC_SECRET."""

    name: str
    issuer: str
    client_id: str


@shape
class Rules:
    """The form of config/console.yaml."""

    url: str
    first_answer_percent: int
    oidc: Provider | None = None
    sensitive_flags: tuple[str, ...] = ()
    codes_for: tuple[Role, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether the console is reached by TLS, so that cookies may insist on it."""
        return self.url.startswith("https://")

    @property
    def host(self) -> str:
        """Host and port as browsers name them."""
        return urlsplit(self.url).netloc


def checked(rules: Rules) -> Rules:
    """The rules; raises SettingError for an address that would send sessions through a network unprotected."""
    parts = urlsplit(rules.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SettingError(f"console.yaml: url: {rules.url} is not an address as https://desk.example")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise SettingError(
            f"console.yaml: url: {rules.url} is neither https nor on this machine; put the console behind TLS and name"
            " its https address, because sessions must not travel unprotected"
        )
    return rules
