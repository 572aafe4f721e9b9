"""What the robots.txt of a third party allows (RFC 9309), asked through the same guarded door."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from protego import Protego

from noticedesk.http.policy import Page, Policy, Refused, Unreachable

_PRODUCT = "noticedesk"
_KEPT_SECONDS = 3600.0
_KEPT_ORIGINS = 5_000
_LARGEST = 500 * 1024  # RFC 9309 section 2.5: at least 500 KiB must be parsed


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego
    until: float


class Robots:
    """Remembers the rules of each origin for an hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def admit(self, url: str, policy: Policy, fetch: Callable[[str, Policy], Page]) -> None:
        """Nothing, if the site lets us fetch the URL; raises Refused if not, Unreachable if its rules are unknown."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self._known.get(origin)
        if rules is None or rules.until < self._clock():
            rules = _Rules(_read(url, f"{origin}/robots.txt", policy, fetch), self._clock() + _KEPT_SECONDS)
            self._keep(origin, rules)
        if not rules.parsed.can_fetch(url, _PRODUCT):
            raise Refused(url, f"{origin}/robots.txt does not allow it")

    def _keep(self, origin: str, rules: _Rules) -> None:
        with self._lock:
            if len(self._known) >= _KEPT_ORIGINS:
                self._known.clear()
            self._known[origin] = rules


def _read(url: str, rules: str, policy: Policy, fetch: Callable[[str, Policy], Page]) -> Protego:
    """The rules that bind a URL: none where the server answers 4xx, raised as unknown where it does not answer."""
    asking = replace(policy, robots=False, media_types=(), body=_LARGEST, answers=frozenset({404, 410}), attempts=1)
    try:
        page = fetch(rules, asking)
    except Refused as refusal:
        raise Refused(url, f"{rules} cannot be read: {refusal.why}") from None
    except Unreachable as failure:
        if failure.status is not None and 400 <= failure.status < 500 and not failure.again:
            return Protego.parse("")
        raise Unreachable(url, f"{rules} is unknown: {failure.why}", failure.again, after=failure.after) from None
    return Protego.parse(page.body.decode("utf-8", "replace") if page.status < 400 else "")
