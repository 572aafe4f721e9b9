"""The office: what every request may use, opened once a process: the desk, the terms, and the counters."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from fastapi import Depends, Request
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from noticedesk.api.problems import Problem
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal.terms import Terms
from noticedesk.settings import SettingError


@dataclass(frozen=True, slots=True)
class Office:
    """One desk, the terms on which it is reached, and how often somebody has asked."""

    desk: Desk
    terms: Terms
    limiter: MovingWindowRateLimiter
    rates: dict[str, RateLimitItem]

    def count(self, what: str, who: str) -> None:
        """Counts one request of somebody; raises the problem 429 that says when the next one is welcome."""
        rate = self.rates[what]
        if not self.limiter.hit(rate, what, who):
            ends = self.limiter.get_window_stats(rate, what, who).reset_time
            wait = max(1, ceil(ends - time.time()))
            raise Problem(429, f"more than {rate} from here; slow down", headers={"Retry-After": str(wait)})


def office_of(desk: Desk, terms: Terms) -> Office:
    """The office of a desk; raises SettingError for a rate or a storage that cannot be read."""
    try:
        rates = {name: parse(getattr(terms.limits, name)) for name in ("sender", "address", "form", "check")}
        limiter = MovingWindowRateLimiter(storage_from_string(terms.counters))
    except Exception as error:
        raise SettingError(f"api.yaml: limits or counters cannot be read: {error}") from None
    return Office(desk, terms, limiter, rates)


def the_office(request: Request) -> Office:
    """The office of the application that answers."""
    office = request.app.state.office
    assert isinstance(office, Office)
    return office


def address(request: Request) -> str:
    """The network address that asks, as the server saw it (or a proxy that it trusts)."""
    return request.client.host if request.client else "unknown"


def counted(what: str) -> Callable[[Request], None]:
    """A dependency that counts the request against one of the rates."""

    def count(request: Request) -> None:
        the_office(request).count(what, address(request))

    return count


COUNTED = [Depends(counted("address"))]
"""What every route counts."""
