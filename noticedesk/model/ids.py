"""Identifiers: `C-01JD3K5X9Q7A2B4C`, sortable by time, made of letters, digits and hyphens only."""

import secrets
import threading
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U to misread on the telephone
_TIME_DIGITS = 10  # 50 bits of milliseconds: until the year 37648
_RANDOM_DIGITS = 6
_STEP = 0xFFFF
_SET_BACK = 1_000  # milliseconds by which a clock may lag behind the last identifier before it was set back

_lock = threading.Lock()
_last = (0, 0)


def new_id(prefix: str) -> str:
    """A new identifier: prefix, milliseconds since 1970 and 30 random bits, both in base 32."""
    moment, chance = _next(time.time_ns() // 1_000_000, secrets.randbits(5 * _RANDOM_DIGITS))
    return f"{prefix}-{_digits(moment, _TIME_DIGITS)}{_digits(chance, _RANDOM_DIGITS)}"


def _next(now: int, chance: int) -> tuple[int, int]:
    """Milliseconds and random bits behind the last ones: what one process makes first sorts first (as in ULID)."""
    global _last
    with _lock:
        moment, before = _last
        if now > moment or now < moment - _SET_BACK:
            _last = now, chance
        else:
            over, chance = divmod(before + 1 + (chance & _STEP), 1 << 5 * _RANDOM_DIGITS)
            _last = moment + over, chance
        return _last


def _digits(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
