"""Whatever happens in any order and twice: nothing due untold, nothing back early, nothing back under another measure.

The last tests break the desk on purpose, each in one way: a property that cannot fail shows nothing.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from noticedesk import check
from noticedesk.desk import alarms
from noticedesk.desk.alarms import Cause
from noticedesk.desk.answer import answered
from noticedesk.desk.chase import putback
from noticedesk.desk.enforcement import measures
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.event import Event
from noticedesk.store import records
from tests.noticedesk.desk.lives.history import History, Step, draw
from tests.noticedesk.desk.lives.many import broken
from tests.noticedesk.desk.lives.ordinary import year
from tests.noticedesk.desk.lives.places import PLACES
from tests.noticedesk.desk.lives.play import LINTER, play, played
from tests.noticedesk.desk.lives.player import Player

MANY = range(0, 100_000, 5_000)

BEGINS = datetime(2026, 11, 16, tzinfo=UTC)
"""A Monday ten days before Thanksgiving."""

HOUR, DAY = 60, 1440


@pytest.mark.soak
@pytest.mark.parametrize("first", MANY)
def test_a_hundred_thousand_histories_keep_the_rules(tmp_path: Path, first: int) -> None:
    assert broken(tmp_path, range(first, first + 5_000)) == ""


def test_what_people_decide_in_time_misses_nothing_in_a_short_year(tmp_path: Path) -> None:
    missed: list[str] = []

    def told(player: Player) -> None:
        missed.extend(player.missed())

    found = play(tmp_path, year(2, 60, 70), BEGINS, timedelta(days=100), told)
    assert found.broken == []
    assert missed == []
    assert found.done["counter-notice"] and found.done["approve the put-back"] and found.done["supplement"]


def test_the_same_numbers_are_the_same_histories(tmp_path: Path) -> None:
    done = []
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        done.append(played(tmp_path / name, 7, range(5)).done)
    assert done[0] == done[1]


def of_the_us(steps: Sequence[Step], mood: str = "confirms") -> History:
    """A history in New York about one listing."""
    return History(number=1, place=PLACES[0], listings=1, begins=14 * HOUR, steps=list(steps), moods=(mood,) * 3)


COUNTERED = (
    Step(0, "notice"),
    Step(5 * HOUR, "remove"),
    Step(DAY, "counter-notice"),
    Step(5 * HOUR, "accept the counter-notice"),
)
APPROVED = (*COUNTERED, Step(2 * DAY, "approve the put-back"), Step(14 * DAY, "threat to sue"))
TWO_CLAIMS = (
    Step(0, "notice"),
    Step(HOUR, "notice of a rival"),
    Step(5 * HOUR, "remove"),
    Step(DAY, "retraction"),
    Step(5 * HOUR, "restore what was retracted"),
    Step(DAY, "threat to sue"),
)
"""Two claims about one listing are removed, and one of them is taken back."""


def test_a_put_back_comes_on_the_tenth_business_day_and_not_before(tmp_path: Path) -> None:
    asked: list[tuple[str, datetime]] = []

    def told(player: Player) -> None:
        asked.extend((one.order["action"], one.at) for one in player.platform.asked)

    assert play(tmp_path, [of_the_us(APPROVED)], BEGINS, then=told).broken == []
    assert [action for action, _ in asked] == ["disable", "restore"]
    # received on Tuesday 17 November in New York; Thanksgiving is no business day
    assert datetime(2026, 12, 2, 5, tzinfo=UTC) <= asked[1][1] < datetime(2026, 12, 3, 5, tzinfo=UTC)


def test_a_desk_that_asks_a_listing_back_early_is_caught(tmp_path: Path) -> None:
    with patch.object(putback, "_is_open", lambda *said: True):
        (said, *_) = play(tmp_path, [of_the_us(APPROVED)], BEGINS).broken
    assert "putback_not_before" in said and "asked back at" in said


def test_a_desk_that_puts_back_what_nobody_has_answered_is_caught(tmp_path: Path) -> None:
    unanswered = of_the_us([*COUNTERED[:2], Step(DAY, "approve the put-back"), Step(DAY, "threat to sue")])
    assert play(tmp_path, [unanswered], BEGINS).broken == []
    (tmp_path / "broken").mkdir()
    with patch.object(answered, "by_counter_notice", lambda *said: True):
        (said,) = play(tmp_path / "broken", [of_the_us(unanswered.steps)], BEGINS).broken
    assert "no waiting time had begun" in said


def test_what_two_claims_keep_down_stays_down_when_one_is_taken_back(tmp_path: Path) -> None:
    down: list[bool] = []

    def told(player: Player) -> None:
        down.append(player.platform.is_down("a0000001"))

    assert play(tmp_path, [of_the_us(TWO_CLAIMS)], BEGINS, then=told).broken == []
    assert down == [True]


def test_a_desk_that_forgets_the_measures_of_others_is_caught(tmp_path: Path) -> None:
    def mine(look: object, listing: object, decision: object) -> tuple[measures.Measure, ...]:
        return measures.union(measures._own(decision))  # type: ignore[arg-type]

    with patch.object(measures, "after", mine):
        found = play(tmp_path, [of_the_us(TWO_CLAIMS)], BEGINS).broken
    assert any("while a measure of" in said for said in found)


def test_a_desk_that_misses_a_time_and_tells_nobody_is_caught(tmp_path: Path) -> None:
    real = alarms.raise_

    def silent(desk: object, tx: object, cause: Cause) -> object:
        quiet = cause.kind in (AlarmKind.CLOCK_MISSED, AlarmKind.SLA_MISSED)
        return None if quiet else real(desk, tx, cause)  # type: ignore[arg-type]

    left = of_the_us([*COUNTERED, Step(30 * DAY, "threat to sue")])
    with patch.object(alarms, "raise_", silent):
        found = play(tmp_path, [left], BEGINS).broken
    assert any("putback_not_after" in said and "nobody told" in said for said in found)


def test_a_desk_that_does_not_look_at_its_clocks_is_caught(tmp_path: Path) -> None:
    left = of_the_us([*COUNTERED, Step(30 * DAY, "threat to sue")])
    with patch("noticedesk.store.search.past", lambda *said, **how: []):
        found = play(tmp_path, [left], BEGINS).broken
    assert any("putback_not_after" in said and "still runs" in said for said in found)


def test_the_linter_asked_once_says_what_it_says_when_asked_anew(tmp_path: Path) -> None:
    asked = []

    def remembered(document: object, *given: object, **how: object) -> object:
        told = LINTER(document, *given, **how)  # type: ignore[arg-type]
        asked.append((told, LINTER.real(document, *given, **how)))  # type: ignore[arg-type]
        return told

    with patch("tests.noticedesk.desk.lives.play.LINTER", remembered):
        played(tmp_path, 3, range(8))
    assert asked and check.check is LINTER.real
    assert all(told == anew for told, anew in asked)


def test_the_same_histories_are_played_alike_again(tmp_path: Path) -> None:
    logs: list[list[tuple[str, str]]] = []

    def told(player: Player) -> None:
        with player.desk.db.read() as look:
            logs.append([(event.act, event.subject) for event in records.find(look, Event)])

    for home in (tmp_path / "once", tmp_path / "again"):
        home.mkdir()
        play(home, [draw(1, number, 16) for number in range(12)], BEGINS, None, told)
    assert len(logs[0]) > 200
    assert logs[0] == logs[1]
