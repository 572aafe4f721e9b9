"""Templates: strict, escaped, and with every sign made visible that could turn or hide what stands beside it."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from noticedesk import draft
from noticedesk.console import keys

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

# Turns the direction of text, or takes no room. Joiners stay: Persian, Hindi and others need them.
_HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")


def environment(now: Callable[[], datetime]) -> Environment:
    """The console's templates, with the words and keys that they use."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    made.filters |= {"when": when, "words": words, "deed": deed, "held": draft.held, "keyed": _keyed, "cap": _cap}
    made.filters |= {"due": lambda at: due(at, now()), "age": lambda at: _span(max(now() - at, timedelta()))}
    made.globals |= {"static": static, "KEYS": keys.KEYS, "PLACES": keys.PLACES, "zip": zip}
    return made


def seen(text: str) -> str:
    """The text with a visible name for each character that would turn or hide others."""
    return _HIDDEN.sub(lambda hit: f"[U+{ord(hit[0]):04X}]", text)


def when(at: datetime | None) -> str:
    """An instant in UTC to the minute."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}Z" if at else ""


def words(code: object) -> str:
    """A code as words: in_review is in review."""
    return str(code).replace("_", " ")


def deed(action: object) -> str:
    """An action as people say it: none is to do nothing."""
    return "do nothing" if str(action) == "none" else words(action)


def due(at: datetime | None, now: datetime) -> str:
    """How long there is, or how late it is."""
    if at is None:
        return "no date"
    return f"overdue by {_span(now - at)}" if at < now else f"in {_span(at - now)}"


@cache
def static(name: str) -> str:
    """The address of a file of ours, which changes with the file."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h {minutes % 60} min" if hours < 10 else f"{hours} h" if hours < 72 else f"{hours // 24} days"


def _finalized(value: Any) -> Any:
    return seen(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _keyed(id: str, chosen: dict[str, str]) -> Markup:
    """The attributes that give an element its key; nothing where keys are off."""
    if id not in chosen:
        return Markup("")
    return Markup('data-key="{}" aria-keyshortcuts="{}"').format(chosen[id], chosen[id])


def _cap(id: str, chosen: dict[str, str]) -> Markup:
    """The key as it is drawn on a button; nothing where keys are off."""
    return (
        Markup(' <kbd aria-hidden="true">{}</kbd>').format(escape(chosen[id].upper())) if id in chosen else Markup("")
    )
