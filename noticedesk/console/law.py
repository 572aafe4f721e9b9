"""The law and the policy that the desk works by, as data: versions, sources, how sure each is, and what changed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from itertools import pairwise

from starlette.responses import Response

from noticedesk import draft, regime
from noticedesk.console.visit import Visit
from noticedesk.model.action import REASONS, Action, Reason
from noticedesk.regime import Version

PARTS = ("elements", "forbidden", "duties", "timers", "sentences")
"""What of a version has ids, so that two versions can be held against each other."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What one version of a regime changed: by part, which ids came, went, or say something else."""

    part: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    differ: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter in one language; its version is the digest of its text."""

    name: str
    language: str
    describes: str
    to_role: str
    routine: bool
    version: str


def show(visit: Visit) -> Response:
    """Everything on one page: regimes, bands, reason codes, letters, policy."""
    desk, today = visit.desk, visit.desk.now().date()
    return visit.page(
        "law",
        regimes=[(law, law.in_force(today)) for law in sorted(desk.law, key=lambda law: law.id)],
        bands=sorted(desk.bands.items()),
        policy=_flat(desk.policy),
        reasons=[(reason, desk.reasons[reason], _actions(reason)) for reason in Reason],
        letters=sorted(letters(desk.letters), key=lambda item: (item.name, item.language)),
    )


def one(visit: Visit) -> Response:
    """One regime: its rules in force, and what each version changed."""
    law = regime.by_id(visit.desk.law, visit.path["regime"])
    versions = sorted(law.versions, key=lambda version: version.since)
    changed = {late.version: changes(early, late) for early, late in pairwise(versions)}
    now = law.in_force(visit.desk.now().date()) or versions[-1]
    return visit.page("regime", law=law, now=now, versions=versions[::-1], changed=changed)


def letter(visit: Visit) -> Response:
    """One letter as its template has it."""
    found = visit.desk.letters.find(visit.query.text("name"), visit.query.text("language") or "en")
    return visit.page("template", letter=found, version=_digest(found.body))


def changes(early: Version, late: Version) -> tuple[Changed, ...]:
    """What the later version has that the earlier had not, and the other way round; parts alike are left out."""
    found = []
    for part in PARTS:
        before, after = _by_id(getattr(early, part)), _by_id(getattr(late, part))
        came, went = after.keys() - before.keys(), before.keys() - after.keys()
        differ = {id for id in before.keys() & after.keys() if before[id] != after[id]}
        if came or went or differ:
            found.append(Changed(part, tuple(sorted(came)), tuple(sorted(went)), tuple(sorted(differ))))
    return tuple(found)


def letters(known: draft.Letters) -> list[LetterShown]:
    """Every letter in every language that it is in."""
    return [
        LetterShown(name, language, it.front.describes, it.front.to_role, it.front.routine, _digest(it.body))
        for (name, language), it in known.templates.items()
    ]


def _by_id(items: Sequence[object]) -> Mapping[str, object]:
    """The items by id; a sentence of law is there in several languages."""
    return {" ".join(filter(None, (_field(item, "id"), _field(item, "language")))): item for item in items}


def _field(item: object, name: str) -> str:
    return str(getattr(item, name, ""))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _actions(reason: Reason) -> tuple[Action, ...]:
    return tuple(action for action, reasons in REASONS.items() if reason in reasons)


def _flat(settings: object, within: str = "") -> list[tuple[str, str]]:
    """The settings of a form as names and values, those of its parts with the part's name before them."""
    found: list[tuple[str, str]] = []
    for field in fields(settings):  # type: ignore[arg-type]
        value, name = getattr(settings, field.name), f"{within}{field.name}"
        if is_dataclass(value):
            found += _flat(value, f"{name}.")
        else:
            found.append((name, _told(value)))
    return found


def _told(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_told(one)}" for name, one in value.items())
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(_told(one) for one in value)
    return "; ".join(f"{k} {v}" for k, v in asdict(value).items()) if is_dataclass(value) else str(value)  # type: ignore[arg-type]
