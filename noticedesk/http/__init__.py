"""The one door to HTTP: `fetch` for what outsiders name and for our own endpoints, `post` for our own endpoints."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin

from noticedesk.http.address import admit, legible, under
from noticedesk.http.pace import Pace, retry_after
from noticedesk.http.policy import (
    CONFIGURED,
    HOSTILE,
    MEDIA,
    PAGES,
    USER_AGENT,
    Hop,
    Origin,
    Page,
    Policy,
    Refused,
    Unreachable,
)
from noticedesk.http.robots import Robots
from noticedesk.http.wire import REDIRECTS, exchange

__all__ = [
    "CONFIGURED",
    "HOSTILE",
    "MEDIA",
    "PAGES",
    "USER_AGENT",
    "Door",
    "Hop",
    "Origin",
    "Page",
    "Policy",
    "Refused",
    "Unreachable",
    "admit",
    "fetch",
    "legible",
    "post",
]

_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class Door:
    """Remembers, for one process, when each host was last asked and what its robots.txt said; nothing else."""

    def __init__(self, pace: Pace | None = None, robots: Robots | None = None) -> None:
        self._pace = pace or Pace()
        self._robots = robots or Robots()

    def fetch(self, url: str, policy: Policy) -> Page:
        """The answer to a GET, after redirects and repeats; see the function of the same name."""
        for attempt in range(1, policy.attempts + 1):
            try:
                return self._follow(url, policy)
            except Unreachable as failure:
                asked = failure.after or 0.0
                if not failure.again or attempt == policy.attempts or asked > policy.patience:
                    raise
                self._pace.back_off(attempt, failure.after)
        raise ValueError(f"a policy with {policy.attempts} attempts asks nobody")

    def post(self, url: str, body: bytes, headers: Mapping[str, str], policy: Policy) -> Page:
        """The 2xx answer to one POST; see the function of the same name."""
        self._pace.wait(admit(legible(url), policy)[1], policy.interval)
        return _answer(exchange("POST", url, policy, body, headers), replace(policy, answers=policy.told))

    def _follow(self, url: str, policy: Policy) -> Page:
        """The first answer that is no redirect; every hop is judged like the first."""
        hops: list[Hop] = []
        while True:
            page = self._ask(url, policy)
            onward = page.headers.get("location") if page.status in REDIRECTS else None
            if onward is None:
                return replace(_answer(page, policy), hops=tuple(hops))
            hops.append(Hop(page.url, page.status, page.headers, page.address))
            url = _onward(page.url, onward, hops, policy)

    def _ask(self, url: str, policy: Policy) -> Page:
        host = admit(legible(url), policy)[1]
        own = under(host, policy.own)
        if policy.robots and not own:
            self._robots.admit(url, policy, self.fetch)
        self._pace.wait(host, policy.own_interval if own else policy.interval)
        return exchange("GET", url, policy)


_DOOR = Door()


def fetch(url: str, policy: Policy) -> Page:
    """The answer to a GET: 2xx, or a status that the policy counts as an answer (404 and 410 unless said otherwise).

    Raises Refused for what must not be fetched or kept, Unreachable for everything else, after `policy.attempts`.
    """
    return _DOOR.fetch(url, policy)


def post(url: str, body: bytes, headers: Mapping[str, str], policy: Policy) -> Page:
    """The answer to one POST, never repeated here: 2xx or what the policy is told; else Unreachable with its status."""
    return _DOOR.post(url, body, headers, policy)


def _answer(page: Page, policy: Policy) -> Page:
    if 200 <= page.status < 300 or page.status in policy.answers:
        return page
    after = retry_after(page.headers.get("retry-after", ""))
    said = page.body[:200].decode("utf-8", "replace").strip()
    why = f"the server answered {page.status}" + (f": {said}" if said and policy.private else "")
    raise Unreachable(page.url, why, page.status in _LATER, status=page.status, after=after)


def _onward(url: str, location: str, hops: list[Hop], policy: Policy) -> str:
    """Where a redirect leads, if it may be followed."""
    try:
        # Header bytes arrive as Latin-1; servers mean UTF-8.
        target = urljoin(url, location.encode("latin-1", "replace").decode("utf-8", "replace")).partition("#")[0]
    except ValueError as error:
        raise Refused(url, f"the redirect cannot be read ({error})") from None
    if len(hops) > policy.redirects:
        raise Refused(url, f"more than {policy.redirects} redirects; the next would lead to {target[:300]}")
    if any(hop.url == target for hop in hops):
        raise Refused(url, f"the redirects go round in a circle by {target[:300]}")
    return target
