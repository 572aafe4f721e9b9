"""What a letter shows of the other side: its contact may stand only in a text that the rules order to be passed on.

Such a text is quoted line by line; everything outside the quoted lines is our own words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SHORTEST_NUMBER = 6
"""Digits; a shorter run is no telephone number by which anybody is found."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a side can be reached."""

    email: str = ""
    phone: str = ""
    address: str = ""


def exposures(text: str, others: Iterable[Contact]) -> tuple[str, ...]:
    """The problems of a letter that shows contact of the other side in our own words, each as "name: what is wrong"."""
    own = "\n".join(line for line in text.splitlines() if not line.startswith(">"))
    shown = {kind for other in others for kind in _shown(own, other)}
    return tuple(f"exposes: It shows the {kind} of the other side." for kind in sorted(shown))


def _shown(own: str, other: Contact) -> list[str]:
    found = []
    if other.email and other.email.casefold() in own.casefold():
        found.append("e-mail address")
    digits = re.sub(r"\D", "", other.phone)
    if len(digits) >= _SHORTEST_NUMBER and re.search(r"\W{0,3}".join(digits), own):
        found.append("telephone number")
    if other.address and _flat(other.address) in _flat(own):
        found.append("postal address")
    return found


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
