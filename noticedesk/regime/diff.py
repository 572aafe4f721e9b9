"""What changed between two states of the law: of one folder on two dates, or of two folders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from noticedesk.regime.form import Version

Changed = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: in which regime, of what (a version, an element, a timer...), and the value before and after."""

    regime: str
    what: str
    how: Changed
    before: str = ""
    after: str = ""


def changes(old: Mapping[str, Version], new: Mapping[str, Version]) -> tuple[Change, ...]:
    """Every difference between the versions in force of the regimes named, by regime and place."""
    return tuple(change for name in sorted({*old, *new}) for change in _of_one(name, old.get(name), new.get(name)))


def _of_one(name: str, old: Version | None, new: Version | None) -> Iterator[Change]:
    if old is None or new is None:
        how: Changed = "added" if old is None else "removed"
        yield Change(regime=name, what="regime", how=how)
        return
    before, after = dict(_leaves("", old)), dict(_leaves("", new))
    for place in sorted({*before, *after}):
        was, now = before.get(place), after.get(place)
        if was == now:
            continue
        kind: Changed = "changed" if was is not None and now is not None else "added" if was is None else "removed"
        yield Change(regime=name, what=place, how=kind, before=was or "", after=now or "")


def _leaves(place: str, value: object) -> Iterator[tuple[str, str]]:
    """Every plain value with where it stands; parts of a list are named by id, so that moving one changes nothing."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _leaves(f"{place}.{field.name}" if place else field.name, getattr(value, field.name))
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for number, part in enumerate(value):
            yield from _leaves(f"{place}.{_name(part, number)}", part)
    elif value not in (None, (), ""):
        yield place, ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _name(part: object, number: int) -> str:
    named = getattr(part, "id", None) or getattr(part, "event", None) or str(number)
    language = getattr(part, "language", "")
    return f"{named}({language})" if language else str(named)
