"""Identifiers: `C-01JD3K5X9Q7A2B4C`, sortable by time, made of letters, digits and hyphens only."""

import secrets
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U to misread on the telephone
_TIME_DIGITS = 10  # 50 bits of milliseconds: until the year 37648
_RANDOM_DIGITS = 6


def new_id(prefix: str) -> str:
    """A new identifier: prefix, milliseconds since 1970 and 30 random bits, both in base 32."""
    moment = _digits(time.time_ns() // 1_000_000, _TIME_DIGITS)
    chance = _digits(secrets.randbits(5 * _RANDOM_DIGITS), _RANDOM_DIGITS)
    return f"{prefix}-{moment}{chance}"


def _digits(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
