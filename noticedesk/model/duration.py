"""A duration as ISO 8601 writes it (PT24H, P1DT12H), which here may also count business days (P1BD)."""

import re
from dataclasses import dataclass
from datetime import timedelta

_FORM = re.compile(
    r"P(?:(?P<weeks>\d+)W|(?P<business>\d+)BD|(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?)"
)


class DurationError(ValueError):
    """A text that is no duration of the kind that the desk can count."""


@dataclass(frozen=True, slots=True)
class Duration:
    """Either business days or a length of time, never both."""

    business_days: int = 0
    length: timedelta = timedelta()


def duration(text: str) -> Duration:
    """The duration that a text states; raises DurationError. Years and months are no lengths and are refused."""
    found = _FORM.fullmatch(text)
    parts = {name: int(count) for name, count in found.groupdict(default="0").items()} if found else {}
    if not any(parts.values()):
        raise DurationError(f"{text!r} is no duration; write for example PT24H, P1D, P2W or P1BD (business days)")
    business = parts.pop("business")
    return Duration(business, timedelta(**parts))
