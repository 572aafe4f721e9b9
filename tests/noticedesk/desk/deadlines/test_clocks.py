"""What came to one listing of a notice, and what came to the notice as a whole, each count where they belong."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from noticedesk.model.clock import Clock, ClockState
from noticedesk.store import records
from tests.noticedesk.desk.lives.history import History, Step
from tests.noticedesk.desk.lives.places import PLACES, Place
from tests.noticedesk.desk.lives.play import play
from tests.noticedesk.desk.lives.player import Player

BEGINS = datetime(2026, 11, 16, tzinfo=UTC)
"""A Monday."""

HOUR, DAY = 60, 1440
ALL = (0, 1, 2)


def clocks_after(
    home: Path, rule: str, listings: int, moods: tuple[str, ...], *steps: Step, place: Place = PLACES[0]
) -> list[Clock]:
    """The clocks of a rule at the end of a history, in New York unless told; nobody was left untold of any."""
    kept: list[Clock] = []

    def told(player: Player) -> None:
        with player.desk.db.read() as look:
            kept.extend(records.find(look, Clock, rule=rule))

    history = History(1, place, listings, 14 * HOUR, list(steps), moods)
    found = play(home, [history], BEGINS, timedelta(days=20), told)
    assert found.broken == []
    return kept


def test_a_seller_told_of_one_listing_stays_told_though_another_listing_came_down_later(tmp_path: Path) -> None:
    steps = (Step(0, "notice", ALL), Step(5 * HOUR, "remove", ALL), Step(9 * DAY, "restore what was an error", ALL))
    told = clocks_after(tmp_path, "notify_user", 2, ("confirms", "confirms late"), *steps)
    assert [clock.state for clock in told] == [ClockState.SATISFIED] * 2
    first, second = sorted(clock.start for clock in told)
    assert first < second


def test_an_act_that_comes_late_ends_the_time_that_was_missed(tmp_path: Path) -> None:
    steps = (Step(0, "notice", ALL), Step(3 * DAY, "remove", ALL))
    (acted,) = clocks_after(tmp_path, "remove_or_disable", 1, ("confirms",), *steps)
    assert acted.state is ClockState.MISSED
    assert acted.ended_by == "material_disabled" and acted.ended_at and acted.ended_at > acted.due


def test_what_completes_a_notice_is_confirmed_in_time_too(tmp_path: Path) -> None:
    singapore = next(place for place in PLACES if place.id == "sg")
    steps = (Step(0, "incomplete notice", ALL), Step(2 * DAY, "supplement", ALL))
    (confirmed,) = clocks_after(tmp_path, "acknowledge", 1, ("confirms",), *steps, place=singapore)
    assert confirmed.state is ClockState.SATISFIED
