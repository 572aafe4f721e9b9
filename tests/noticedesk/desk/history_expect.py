"""How a case must stand in a history: one key of `expect` each, compared with what is saved."""

import json
from collections.abc import Callable
from typing import Any

from noticedesk.desk.mail import letters
from noticedesk.desk.statements import rows
from noticedesk.model.alarm import Alarm
from noticedesk.model.allegation import Allegation
from noticedesk.model.clock import Clock
from noticedesk.model.decision import Proposal
from noticedesk.model.escalation import Escalation, Inquiry
from noticedesk.model.event import Event
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxKind
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.store import records
from tests.noticedesk.desk.history import World

Found = Callable[[World, Any], object]
"""What is found for what is expected, in the same form, so that both can be compared."""

_WAITS = frozenset({"in_review", "action_failed", "reappeared", "countered", "withdrawn"})


def _all(world: World, noun: Any, **equals: Any) -> list[Any]:
    with world.desk.db.read() as look:
        return list(records.find(look, noun, **equals))


def _states(world: World, wanted: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, said in wanted.items():
        states = [one.state.value for one in world.allegations((name,))]
        found[name] = states if isinstance(said, list) or len(states) != 1 else states[0]
    return found


def _claims(world: World, wanted: list[str]) -> list[str]:
    return [claim.state.value for claim in world.claims()]


def _regimes(world: World, wanted: list[str]) -> list[str]:
    return [claim.regime for claim in world.claims()]


def _clocks(world: World, wanted: dict[str, Any]) -> dict[str, Any]:
    """Each clock by its legal date if a date is expected, else by how it stands; several of one rule must agree."""
    found: dict[str, Any] = {}
    for rule, said in wanted.items():
        clocks = _all(world, Clock, rule=rule)
        dated = str(said)[:4].isdigit()
        # the instant after a day ends it: what opens at midnight opens with that day
        ends = [(clock.latest or clock.earliest or clock.due).astimezone(world.zone) for clock in clocks]
        each = {end.date().isoformat() for end in ends} if dated else {clock.state.value for clock in clocks}
        found[rule] = ", ".join(sorted(each)) or "none"
    return found


def _no_clocks(world: World, wanted: list[str]) -> list[str]:
    started = {clock.rule for clock in _all(world, Clock)}
    return [rule for rule in wanted if rule not in started]


def _written(world: World) -> list[Letter]:
    return [letter for letter in _all(world, Letter) if letter.state is not LetterState.CANCELLED]


def _letters(world: World, wanted: list[str]) -> list[str]:
    names = {letter.template for letter in _written(world)}
    return [name for name in wanted if name in names]


def _no_letters(world: World, wanted: list[str]) -> list[str]:
    names = {letter.template for letter in _written(world)}
    return [name for name in wanted if name not in names]


def _sent(world: World, wanted: list[str]) -> list[str]:
    names = {letter.template for letter in _all(world, Letter, state=LetterState.SENT)}
    return [name for name in wanted if name in names]


def _says(world: World, wanted: dict[str, list[str]]) -> dict[str, list[str]]:
    """Of the words that are expected of letters, those that stand in the latest one of each name, over its lines."""
    return {name: [words for words in said if words in _words(world, name)] for name, said in wanted.items()}


def _says_not(world: World, wanted: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [words for words in said if words not in _words(world, name)] for name, said in wanted.items()}


def _words(world: World, name: str) -> str:
    found = [letter for letter in _written(world) if letter.template == name]
    text = letters.text(world.desk, found[-1]) if found else "there is no such letter"
    return " ".join(line.removeprefix(">").strip() for line in text.splitlines())


def _blocked(world: World, wanted: list[str]) -> list[str]:
    return sorted({letter.template for letter in _all(world, Letter, state=LetterState.BLOCKED)})


def _asked(world: World, wanted: dict[str, str]) -> dict[str, str]:
    """The words, where a question to the team holds them; else every question to it."""
    found: dict[str, str] = {}
    for team, said in wanted.items():
        questions = [one.question for one in _all(world, Escalation, team=team)]
        heard = [question for question in questions if said.lower() in question.lower()]
        found[team] = said if heard else " | ".join(questions) or "nothing was asked"
    return found


def _not_asked(world: World, wanted: list[str]) -> list[str]:
    asked = {one.team.value for one in _all(world, Escalation)}
    return [team for team in wanted if team not in asked]


def _alarms(world: World, wanted: list[str]) -> list[str]:
    raised = {alarm.kind.value for alarm in _all(world, Alarm)}
    return [kind for kind in wanted if kind in raised]


def _no_alarms(world: World, wanted: list[str]) -> list[str]:
    raised = {alarm.kind.value for alarm in _all(world, Alarm)}
    return [kind for kind in wanted if kind not in raised]


def _names(world: World, ids: set[str]) -> list[str]:
    return sorted({listing.item for listing in _all(world, Listing) if listing.id in ids})


def _queue(world: World, wanted: list[str]) -> list[str]:
    waiting = [one for one in _all(world, Allegation) if one.state.value in _WAITS]
    return _names(world, {one.listing for one in waiting})


def _down(world: World, wanted: list[str]) -> list[str]:
    return _names(world, {one.listing for one in _all(world, Restriction, lifted_at=None)})


def _aside(world: World, wanted: int) -> int:
    return len([one for one in _all(world, Notice, state=NoticeState.QUARANTINED) if one.problem])


def _happened(world: World, wanted: list[str]) -> list[str]:
    acts = {event.act for event in _all(world, Event)}
    return [act for act in wanted if act in acts]


def _platform(world: World, wanted: list[str]) -> list[str]:
    """The actions that the platform was asked for, in their order."""
    orders = [json.loads(row.body)["data"] for row in _all(world, Outbox, kind=OutboxKind.WEBHOOK)]
    return [str(order["action"]) for order in orders if "measures" in order]


def _inquiries(world: World, wanted: int) -> int:
    return len(_all(world, Inquiry, answered_at=None))


def _proposed(world: World, wanted: list[str | None]) -> list[str | None]:
    """What is proposed for each allegation that waits for its first decision; None where a person is asked."""
    waiting = {one.id for one in _all(world, Allegation) if one.state.value == "in_review"}
    found = [one for one in _all(world, Proposal) if one.allegation in waiting]
    return [one.action.value if one.action else None for one in found]


def _lanes(world: World, wanted: list[str]) -> list[str]:
    return [claim.lane.value for claim in world.claims()]


def _statements(world: World, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The fields that are expected of each statement; None where it must not have one."""
    with world.desk.db.read() as look:
        found = [row.built.fields for row in rows.listed(world.desk, look)]
    asked = [*wanted, *({} for _ in found)][: len(found)]
    return [{name: fields.get(name) for name in said} for said, fields in zip(asked, found, strict=True)]


def _statement_problems(world: World, wanted: list[str]) -> list[str]:
    with world.desk.db.read() as look:
        found = [problem for row in rows.listed(world.desk, look) for problem in row.built.problems]
    return sorted({problem.partition(":")[0] for problem in found})


EXPECT: list[tuple[str, Found]] = [
    ("states", _states),
    ("claims", _claims),
    ("regimes", _regimes),
    ("clocks", _clocks),
    ("no clocks", _no_clocks),
    ("letters", _letters),
    ("no letters", _no_letters),
    ("sent", _sent),
    ("says", _says),
    ("says not", _says_not),
    ("blocked", _blocked),
    ("asked", _asked),
    ("not asked", _not_asked),
    ("alarms", _alarms),
    ("no alarms", _no_alarms),
    ("queue", _queue),
    ("down", _down),
    ("aside", _aside),
    ("platform", _platform),
    ("happened", _happened),
    ("inquiries", _inquiries),
    ("proposed", _proposed),
    ("lanes", _lanes),
    ("statements", _statements),
    ("statement problems", _statement_problems),
]
"""Every key that `expect` may have."""


def check(world: World, expected: dict[str, Any]) -> None:
    """Compares how the case stands with what is expected; an unknown key is refused."""
    known = dict(EXPECT)
    strange = set(expected) - set(known)
    assert not strange, f"nothing is known to expect as {', '.join(strange)}; the keys are {', '.join(known)}"
    found = {key: known[key](world, wanted) for key, wanted in expected.items()}
    wanted = {key: _plain(value) for key, value in expected.items()}
    differ = [key for key in wanted if found[key] != wanted[key]]
    assert not differ, "\n".join(f"{key}: expected {wanted[key]}, found {found[key]}" for key in differ)


def _plain(value: Any) -> Any:
    """Dates of YAML as the words that they are."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value if value is None or isinstance(value, list | int | str) else str(value)
