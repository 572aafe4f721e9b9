from datetime import date, timedelta

import pytest

from noticedesk.clock.calendar import CalendarError, calendar


def test_federal_holidays_are_observed_on_the_friday_or_monday_beside_them() -> None:
    assert calendar("US").is_off(date(2026, 7, 3))
    assert calendar("US").is_off(date(2027, 7, 5))
    assert not calendar("weekdays").is_off(date(2026, 7, 3))


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    patriots_day = date(2027, 4, 19)
    assert calendar("US-MA").is_off(patriots_day) and not calendar("US").is_off(patriots_day)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("UX", "unknown calendar UX"),
        ("US-NYC", "did you mean US-NY"),
        ("weekday", "did you mean weekdays"),
        ("US-", "US-"),
    ],
)
def test_an_unknown_calendar_is_refused_with_the_nearest(wanted: str, says: str) -> None:
    with pytest.raises(CalendarError, match=says):
        calendar(wanted)


def test_a_calendar_without_working_days_is_refused_instead_of_counting_for_ever() -> None:
    start = date(2026, 1, 1)
    closed = frozenset(start + timedelta(days=ahead) for ahead in range(200))
    with pytest.raises(CalendarError, match="no working day"):
        calendar("weekdays").closed_on(closed).add(start, 1)


def test_a_holiday_that_is_observed_in_the_year_before_is_a_day_off() -> None:
    assert calendar("US").is_off(date(2027, 12, 31))


def test_a_holiday_that_the_library_only_guesses_is_called_so() -> None:
    assert calendar("IN").is_estimated(date(2027, 3, 10))
    assert not calendar("US").is_estimated(date(2027, 12, 31))


def test_a_year_that_the_library_does_not_fully_know_is_all_a_guess() -> None:
    assert calendar("IN").is_estimated(date(2036, 6, 3))
