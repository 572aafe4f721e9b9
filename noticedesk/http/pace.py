"""Politeness: the pause between two requests to one host, and the pause before asking again."""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0
_REMEMBERED = 10_000


class Pace:
    """Holds when each host may next be asked; the clock, the sleep and the chance are given, so that tests own them."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, interval: float) -> None:
        """Returns when the host may be asked; callers at the same time are given turns `interval` seconds apart."""
        if interval <= 0:
            return
        with self._lock:
            now = self._clock()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + interval
            self._forget(now)
        if turn > now:
            self._sleep(turn - now)

    def back_off(self, attempt: int, asked: float | None) -> None:
        """Returns after the pause before attempt + 1: what the server asked for, else growing, with jitter."""
        pause = min(_FIRST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE) * (0.5 + self._chance() / 2)
        self._sleep(max(pause, asked or 0.0))

    def _forget(self, now: float) -> None:
        if len(self._free_at) > _REMEMBERED:
            self._free_at = {host: at for host, at in self._free_at.items() if at > now}


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110 section 10.2.3), None if it says nothing readable."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())
