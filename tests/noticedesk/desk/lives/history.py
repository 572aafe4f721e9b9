"""Histories drawn at random: what happens when, by a seed and a number alone, so that each can be played again."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.noticedesk.desk.lives.places import PLACES, Place

MAIL = (
    "counter-notice",
    "counter-notice",
    "counter-notice",
    "incomplete counter-notice",
    "counter-notice of a stranger",
    "counter-notice not signed by its server",
    "retraction",
    "retraction of one",
    "retraction by a stranger",
    "court papers",
    "court papers",
    "court papers of another",
    "board papers",
    "threat to sue",
    "appeal of the seller",
    "appeal of the notifier",
    "seller's answer",
    "supplement",
    "the notice again",
    "notice of a rival",
)
PEOPLE = (
    "remove",
    "remove",
    "restrict in a country",
    "demote for a time",
    "refuse",
    "ask the seller",
    "take back a decision",
    "accept the counter-notice",
    "accept the counter-notice",
    "approve the put-back",
    "approve the put-back",
    "approve the put-back",
    "restore what was retracted",
    "restore what was an error",
    "keep down for a court",
    "reject the counter-notice",
    "uphold the appeal",
    "change a clock",
)
OUTSIDE = ("listing deleted", "listing edited", "account closed", "confirmation of an old order", "failure after all")
Course = tuple[tuple[str, float], ...]
"""Steps in their order, and how often each of them is taken."""

PUT_BACK: Course = (("counter-notice", 1), ("accept the counter-notice", 0.7), ("approve the put-back", 0.85))
TO_COURT: Course = (
    ("counter-notice", 1),
    ("approve the put-back", 0.3),
    ("court papers", 1),
    ("keep down for a court", 0.9),
)
TAKEN_BACK: Course = (("retraction", 0.6), ("retraction of one", 0.6), ("restore what was retracted", 1))
APPEALED: Course = (("appeal of the seller", 1), ("uphold the appeal", 0.7), ("appeal of the notifier", 0.3))
ASKED: Course = (("ask the seller", 1), ("seller's answer", 0.5), ("remove", 0.6))

WHERE_ONE_WAITS = (PUT_BACK, PUT_BACK, PUT_BACK, TO_COURT, TAKEN_BACK)
ELSEWHERE = (TAKEN_BACK, APPEALED, APPEALED, ASKED)
"""What mostly comes after a removal, under laws that know a waiting time before a put-back and under the others."""

PAUSES = (1, 30, 239, 600, 1441, 3000, 6000, 9000, 14400)
"""Minutes between two steps."""

MOODS = ("confirms", "confirms", "confirms", "confirms late", "confirms twice", "never says", "fails twice", "refuses")
"""How the platform takes an order."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: so many minutes after the one before, about these listings of the history."""

    after: int
    what: str
    about: tuple[int, ...] = (0,)

    def __str__(self) -> str:
        return f"+{self.after} min: {self.what} ({', '.join(map(str, self.about))})"


@dataclass(slots=True)
class History:
    """One history: its place, how many listings it is about, its steps, and what is known of it as it is played."""

    number: int
    place: Place
    listings: int
    begins: int
    steps: list[Step]
    moods: tuple[str, ...]
    messages: list[str] = field(default_factory=list)
    answered: list[datetime] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    asked: int = 0

    def name(self, letter: str) -> str:
        """A name of this history: a letter and its number."""
        return f"{letter}{self.number:07}"

    def items(self, about: Sequence[int] = ()) -> list[str]:
        """The listings: all, or those that are meant."""
        chosen = sorted({place % self.listings for place in about}) if about else range(self.listings)
        return [self.name("abc"[place]) for place in chosen]

    def __str__(self) -> str:
        shown = [f"history {self.number} in {self.place.id}, platform {', '.join(self.moods)}", *map(str, self.steps)]
        return "\n  ".join([*shown, *self.told])


def _anything(chance: random.Random) -> Step:
    kind = chance.choices((MAIL, PEOPLE, OUTSIDE), (5, 6, 1))[0]
    about = tuple(chance.sample(range(3), chance.choice((1, 1, 2, 3))))
    return _step(chance, chance.choice(kind), about)


def _step(chance: random.Random, what: str, about: tuple[int, ...]) -> Step:
    return Step(chance.choice(PAUSES) + chance.randint(0, 90), what, about)


def _then(chance: random.Random, place: Place) -> list[Step]:
    """What comes after a removal: in two histories of five anything, in the others a course with others between."""
    if chance.random() < 0.4:
        return [_anything(chance) for _ in range(chance.randint(2, 9))]
    about = tuple(chance.sample(range(3), chance.choice((1, 2, 3, 3))))
    chosen = chance.choice(WHERE_ONE_WAITS if place in PLACES[:7] else ELSEWHERE)
    course = [_step(chance, what, about) for what, share in chosen if chance.random() < share]
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 5))):
        course.insert(chance.randint(0, len(course)), _anything(chance))
    return course


def _perhaps_twice(chance: random.Random, step: Step) -> list[Step]:
    twice = chance.random() < 0.15
    return [step, Step(chance.choice((0, 1, 260)), step.what, step.about)] if twice else [step]


def draw(seed: int, number: int, days: int) -> History:
    """The history of that number: a notice, mostly its removal, and then anything in any order, some of it twice."""
    chance = random.Random(f"{seed}/{number}")
    steps = [Step(0, "incomplete notice" if chance.random() < 0.15 else "notice", (0, 1, 2))]
    if steps[0].what == "incomplete notice" and chance.random() < 0.8:
        steps.append(Step(chance.choice(PAUSES), "supplement", (0, 1, 2)))
    if chance.random() < 0.9:
        steps.append(Step(chance.choice((300, 500, 1500)), "remove", (0, 1, 2)))
    place = chance.choice(PLACES[:7] if chance.random() < 0.7 else PLACES[7:])
    steps += [again for step in _then(chance, place) for again in _perhaps_twice(chance, step)]
    return History(
        number=number,
        place=place,
        listings=chance.choice((1, 1, 1, 2, 3)),
        begins=chance.randint(0, days * 720),
        steps=steps,
        moods=tuple(chance.choice(MOODS) for _ in range(3)),
    )


def agenda(history: History, start: datetime) -> list[tuple[datetime, int, int]]:
    """When each step of the history happens."""
    at, planned = start + timedelta(minutes=history.begins), []
    for place, step in enumerate(history.steps):
        at += timedelta(minutes=step.after)
        planned.append((at, history.number, place))
    return planned
