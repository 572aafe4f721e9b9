"""How often somebody may try: the limits on signing in."""

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

PER_PLACE = parse("60 per 15 minutes")
PER_ACCOUNT_AND_PLACE = parse("10 per 15 minutes")
LOOKS = parse("30 per 5 minutes")


class TooOften(ValueError):
    """Too many tries in a short time."""


class Pace:
    """Counts tries in this process; what must outlast it (an account that rests) stands in the store."""

    def __init__(self) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def sign_in(self, place: str, account: str) -> None:
        """Counts a try to sign in from an address; raises TooOften."""
        self._count(PER_PLACE, "sign-in", place)
        self._count(PER_ACCOUNT_AND_PLACE, "sign-in", place, account.strip().lower())

    def look(self, person: str) -> None:
        """Counts a look at a listing as it is now; raises TooOften: other people's servers are asked for each."""
        self._count(LOOKS, "look", person)

    def _count(self, limit: RateLimitItem, *who: str) -> None:
        if not self._windows.hit(limit, *who):
            raise TooOften(f"There were too many tries: {limit}. Wait, and try again.")
