"""The keys of the console: one registry from which buttons, the key sheet, the script and the settings are made."""

from collections.abc import Mapping
from dataclasses import dataclass

EVERYWHERE, QUEUE, CASE, LEGAL = "everywhere", "queue", "case", "legal"

PLACES: Mapping[str, str] = {
    EVERYWHERE: "Everywhere",
    QUEUE: "In lists",
    CASE: "On a case",
    LEGAL: "At the desk of legal",
}
"""Where keys act, and what the places are called."""


@dataclass(frozen=True, slots=True)
class Key:
    """One act that a key does: `keys` is one key, or two pressed one after the other (g q)."""

    id: str
    keys: str
    does: str
    where: str = EVERYWHERE


KEYS: tuple[Key, ...] = (
    Key("sheet", "?", "Show this sheet"),
    Key("to_queue", "g q", "Go to the queue"),
    Key("to_you", "g y", "Go to your settings"),
    Key("to_counter", "g c", "Go to what was answered"),
    Key("to_escalations", "g e", "Go to questions to other teams"),
    Key("to_overview", "g t", "Go to the overview"),
    Key("to_audit", "g a", "Go to the audit log"),
    Key("search", "/", "Look for a case"),
    Key("undo", "u", "Take back your last decision"),
    Key("note", "n", "Write an internal note"),
    Key("next_row", "j", "Next row", QUEUE),
    Key("previous_row", "k", "Previous row", QUEUE),
    Key("open_row", "o", "Open the row", QUEUE),
    Key("bulk", "b", "Open the first group, to decide alike", QUEUE),
    Key("start", "s", "Take the next case", QUEUE),
    Key("approve", "a", "Decide as chosen and go on", CASE),
    Key("dismiss", "x", "Choose a reason to do nothing", CASE),
    Key("escalate", "e", "Ask another team", CASE),
    Key("edit", "w", "Edit the draft letter", CASE),
    Key("diff", "d", "Show what was changed in the draft", CASE),
    Key("skip", "s", "Pass the case on, with a reason", CASE),
    Key("snooze", "z", "Put the case aside", CASE),
    Key("release", "l", "Put the case back", CASE),
    Key("take", "h", "Hold the case", CASE),
    Key("flicker", "f", "Compare the pictures in place", CASE),
    Key("live", "v", "Look at the listing as it is now", CASE),
    Key("reveal", "i", "Show or hide pictures", CASE),
    Key("precedents", "p", "Go to earlier cases", CASE),
    Key("timeline", "t", "Go to the timeline", CASE),
    Key("yes", "y", "First answer: infringing", CASE),
    Key("no", "m", "First answer: not infringing", CASE),
    Key("unsure", "r", "First answer: unsure", CASE),
    Key("accept", "a", "Accept the counter-notice", LEGAL),
    Key("put_back", "b", "Put back", LEGAL),
    Key("keep_down", "x", "Keep the measure", LEGAL),
    Key("court", "c", "Keep down: a court or board has it", LEGAL),
    Key("ask_party", "q", "Ask a party", CASE),
    *(Key(f"reason_{number}", str(number), f"Reason {number}", CASE) for number in range(1, 10)),
)
"""Every key, everywhere first."""

BY_ID: Mapping[str, Key] = {key.id: key for key in KEYS}


class Clash(ValueError):
    """Keys that would do two things at one place, or that no keyboard has."""


def in_use(own: Mapping[str, str]) -> dict[str, str]:
    """The keys by act, with what a person has changed."""
    return {key.id: own.get(key.id, key.keys) for key in KEYS}


def check(own: Mapping[str, str]) -> None:
    """Raises Clash where two acts of one place share a key, or one is the beginning of another's."""
    chosen = in_use(own)
    for id, keys in own.items():
        if id not in BY_ID or not all(len(part) == 1 and part.isprintable() for part in keys.split(" ")):
            raise Clash(
                f"{keys!r} is no key for {BY_ID[id].does if id in BY_ID else id}: one character, or two with a space"
            )
    for place in (QUEUE, CASE, LEGAL):
        taken: dict[str, Key] = {}
        for key in (key for key in KEYS if key.where in (EVERYWHERE, place)):
            first = chosen[key.id]
            other = next((taken[it] for it in taken if it == first or first in (it[0],) or it in (first[0],)), None)
            if other:
                raise Clash(f"{first} would both {_said(other)} and {_said(key)}; choose another key for one of them")
            taken[first] = key


def _said(key: Key) -> str:
    return key.does[0].lower() + key.does[1:]
