"""The ordinary course of a year: people decide within fourteen hours, legal within its times, and others as they do.

So the desk, which here works in rounds of six hours, has a day with every order that the platform first fails to take.
"""

from collections.abc import Sequence
from random import Random

from tests.noticedesk.desk.lives.history import History, Step
from tests.noticedesk.desk.lives.places import PLACES

HOUR, DAY = 60, 1440
DECIDED = (1, 14)
"""After how many hours, at least and at most, people decide about a notice."""

ALL = (0, 1, 2)
WAITS = frozenset(place.id for place in PLACES[:7])
"""The places whose rules know a counter-notice."""

MOODS = ("confirms", "confirms", "confirms", "confirms twice", "fails twice")


def year(seed: int, claims: int, days: int) -> Sequence[History]:
    """As many histories as claims, spread over the days."""
    return [_history(seed, number, days) for number in range(claims)]


def _history(seed: int, number: int, days: int) -> History:
    chance = Random(f"year {seed}/{number}")
    place = chance.choice(PLACES)
    steps = _arrives(chance)
    if chance.random() < 0.12:
        steps.append(Step(chance.randint(*DECIDED) * HOUR, "refuse", ALL))
    else:
        steps.append(Step(chance.randint(*DECIDED) * HOUR, "remove", ALL))
        steps += _after(chance, place.id)
    return History(
        number=number,
        place=place,
        listings=chance.choice((1, 1, 1, 2, 3)),
        begins=chance.randint(0, days * DAY),
        steps=steps,
        moods=(chance.choice(MOODS),) * 3,
    )


def _arrives(chance: Random) -> list[Step]:
    if chance.random() < 0.15:
        # where what is missing is not fatal the notice waits for no supplement, and is decided like any other
        hours, days = chance.randint(*DECIDED), chance.randint(1, 4)
        decided = Step(hours * HOUR, "remove", ALL)
        return [Step(0, "incomplete notice", ALL), decided, Step(days * DAY - hours * HOUR, "supplement", ALL)]
    return [Step(0, "notice", ALL)]


def _after(chance: Random, place: str) -> list[Step]:
    """What comes after a removal: mostly nothing; else a retraction, an appeal, a counter-notice where there is one."""
    fate = chance.random()
    if fate < 0.1:
        days = chance.randint(1, 30)
        return [Step(days * DAY, "retraction", ALL), Step(5 * HOUR, "restore what was retracted", ALL)]
    if fate < 0.35 and place in WAITS:
        return _countered(chance)
    if 0.35 <= fate < 0.42 and place in ("de", "mark"):
        appeals = [Step(chance.randint(1, 60) * DAY, "appeal of the seller", ALL)]
        return [*appeals, Step(20 * HOUR, "uphold the appeal", ALL)]
    if 0.42 <= fate < 0.44:
        return [Step(chance.randint(1, 60) * DAY, "listing deleted")]
    return []


def _countered(chance: Random) -> list[Step]:
    first = [Step(5 * DAY, "incomplete counter-notice", ALL)] if chance.random() < 0.2 else []
    steps = [
        *first,
        Step(chance.randint(1, 20) * DAY, "counter-notice", ALL),
        Step(chance.randint(2, 20) * HOUR, "accept the counter-notice", ALL),
    ]
    fate = chance.random()
    if fate < 0.15:
        return [*steps, Step(3 * DAY, "court papers", ALL), Step(4 * HOUR, "keep down for a court", ALL)]
    if fate < 0.25:
        return [*steps, Step(3 * DAY, "retraction", ALL), Step(4 * HOUR, "restore what was retracted", ALL)]
    return [*steps, Step(4 * DAY, "approve the put-back", ALL)]
