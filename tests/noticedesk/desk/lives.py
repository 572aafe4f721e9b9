"""Many claims on one desk in virtual time, each with a life drawn at random; what must hold whatever happens."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

from noticedesk.desk.breach import OURS, STATUTORY, is_theirs
from noticedesk.model.alarm import Alarm
from noticedesk.model.allegation import Allegation
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.listing import Restriction
from noticedesk.store import records
from noticedesk.store.errors import StoreError
from tests.noticedesk.desk.history import World, world
from tests.noticedesk.desk.history_events import happen

Step = dict[str, Any]
Life = Callable[[random.Random], list[tuple[timedelta, Step]]]
"""Draws what happens to one claim: each step with how long it comes after the one before."""

ROUND = timedelta(hours=12)
"""How often the desk runs when nothing arrives."""

UNDONE = timedelta(minutes=15)
"""How long after an act what follows from it has left."""

ANYTHING = (
    "a specialist removes",
    "a specialist refuses",
    "a decision is taken back",
    "the seller sends a counter-notice",
    "the notifier retracts",
    "the notifier reports a court action",
    "the notifier reports a board proceeding",
    "legal accepts the counter-notice",
    "legal approves the put-back",
    "legal restores",
    "legal keeps it down",
    "legal rejects the counter-notice",
    "the listing is deleted",
)
"""What can happen to a claim, in any order and twice."""


@dataclass
class Lives:
    """What came of them: how many acts the desk took and refused, and what it asked against the rules."""

    here: World
    done: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def watch(self, order: dict[str, Any]) -> None:
        """Nothing is asked back before its waiting time is over, nor while another measure lies on the listing."""
        if order["action"] != "restore":
            return
        self.done["asked back"] += 1
        with self.here.desk.db.read() as look:
            one = records.get(look, Allegation, order["allegation"])
            waits = records.find(look, Clock, allegation=one.id, kind=ClockKind.STATUTORY_MIN, state=ClockState.RUNNING)
            others = records.find(look, Restriction, listing=one.listing, lifted_at=None)
        early = [item.rule for item in waits if item.earliest and item.earliest > self.here.time.now]
        if order["reason_code"] == "counter_notice_lapse" and early:
            self.broken.append(f"{one.id} asked back before the end of {', '.join(early)}")
        if any(item.allegation != one.id for item in others):
            self.broken.append(f"{one.id} asked back while another measure lies on its listing")

    def untold(self) -> list[str]:
        """The times of the desk that were missed with nobody told."""
        with self.here.desk.db.read() as look:
            missed = records.find(look, Clock, state=ClockState.MISSED)
            told = {alarm.subject for alarm in records.find(look, Alarm)}
        ours = [item for item in missed if item.kind in STATUTORY | OURS and not is_theirs(self.here.desk, item)]
        return [f"{item.rule} of {item.claim}" for item in ours if item.id not in told and item.ended_at is None]

    def clocks(self) -> Counter[tuple[str, str, str]]:
        """How the clocks stand, by kind, rule and state."""
        with self.here.desk.db.read() as look:
            return Counter((item.kind.value, item.rule, item.state.value) for item in records.find(look, Clock))

    def letters(self) -> int:
        """How many letters left."""
        with self.here.desk.db.read() as look:
            return records.count(look, Letter, state=LetterState.SENT)


def live(home: Path, claims: int, seed: int, days: int, life: Life, then: Callable[["Lives"], None]) -> None:
    """Plays the lives of claims that arrive in the first half of the days; `life` draws one, `then` sees the end."""
    chance = random.Random(seed)
    given = {"at": "2026-01-02 09:00", "countries": ["US"], "notice": "copyright notice"}
    with world(home, given) as here:
        lives = Lives(here)
        here.on_order = lives.watch
        start, agenda = here.time.now, []
        for number in range(claims):
            at = start + timedelta(minutes=chance.randint(1, max(1, days * 720)))
            for place, (after, step) in enumerate(life(chance)):
                at += after
                heappush(agenda, (at, number, 2 * place, step))
                heappush(agenda, (at + UNDONE, number, 2 * place + 1, {"event": "time passes"}))
        _play(lives, agenda, start + timedelta(days=days))
        then(lives)


def anything(chance: random.Random) -> list[tuple[timedelta, Step]]:
    """A notice, its removal, and then anything in any order, some of it twice at once."""
    steps = [(timedelta(0), {"event": "a notice arrives"}), (timedelta(hours=2), {"event": "a specialist removes"})]
    for _ in range(chance.randint(1, 6)):
        step = {"event": chance.choice(ANYTHING)}
        steps.append((timedelta(minutes=chance.choice((1, 30, 600, 3000, 9000))), step))
        if chance.random() < 0.2:
            steps.append((timedelta(minutes=1), step))
    return steps


def ordinary(chance: random.Random) -> list[tuple[timedelta, Step]]:
    """A notice that people of the desk work off in time; some are answered, taken back, or brought to court."""
    steps = [(timedelta(0), {"event": "a notice arrives"})]
    if chance.random() < 0.1:
        return [*steps, (timedelta(hours=chance.randint(1, 20)), {"event": "a specialist refuses"})]
    steps.append((timedelta(hours=chance.randint(1, 20)), {"event": "a specialist removes"}))
    fate = chance.random()
    if fate < 0.1:
        steps.append((timedelta(days=chance.randint(1, 30)), {"event": "the notifier retracts"}))
        steps.append((timedelta(hours=5), {"event": "legal restores", "reason": "retracted"}))
    elif fate < 0.4:
        steps.append((timedelta(days=chance.randint(1, 30)), {"event": "the seller sends a counter-notice"}))
        steps.append((timedelta(hours=20), {"event": "legal accepts the counter-notice"}))
        if chance.random() < 0.2:
            steps.append((timedelta(days=3), {"event": "the notifier reports a court action"}))
            steps.append((timedelta(hours=4), {"event": "legal keeps it down"}))
        else:
            steps.append((timedelta(days=4), {"event": "legal approves the put-back"}))
    return steps


def _play(lives: Lives, agenda: list[tuple[datetime, int, int, Step]], end: datetime) -> None:
    here, known = lives.here, {}
    while here.time.now < end:
        soon = here.time.now + ROUND
        if agenda and agenda[0][0] <= soon:
            at, number, _, step = heappop(agenda)
            here.time.now = max(at, here.time.now)
            here.tick()
            known[number] = _happen(lives, number, step, known.get(number, ""))
            here.run()
        else:
            here.time.now = soon
            here.tick()


def _happen(lives: Lives, number: int, step: Step, claim: str) -> str:
    """Lets a step happen to a claim; what the desk refuses is counted. The claim's id, as soon as it has one."""
    name = f"y{number}"
    said = {"about": [name], **({"claim": claim} if claim else {}), **step}
    try:
        happen(lives.here, said)
    except (ValueError, StoreError) as error:
        lives.done[f"refused: {type(error).__name__}"] += 1
        return claim
    lives.done[step["event"]] += 1
    if claim:
        return claim
    lives.here.run()
    found = lives.here.allegations((name,))
    return found[0].claim if found else ""
