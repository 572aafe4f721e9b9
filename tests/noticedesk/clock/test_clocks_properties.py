"""What holds for every event: no working day is ever a day off, later stays later, and a zone of writing is nothing."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.clock import Clocks, clocks, window
from noticedesk.clock.calendar import calendar
from noticedesk.model.clock import ClockKind
from noticedesk.regime import Timer
from tests.noticedesk.clock.test_clocks import REGIMES, law

_WORKING = ("business_day", "working_day")
_ZONES = st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Australia/Lord_Howe"])
_INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))
_TIMERS = st.sampled_from([(r.id, t) for r in REGIMES for v in r.versions[-1:] for t in v.timers if t.requires is None])

quick = settings(max_examples=60, derandomize=True, deadline=None)
long = settings(max_examples=20_000, deadline=None)


def _due(regime: str, timer: Timer, start: datetime, zone: str) -> datetime:
    found = clocks(law(regime), {timer.start: start}, now=start, timezone=zone)
    return next(clock.due for clock in found.due if clock.id == timer.id)


def _putback(start: date | datetime, zone: str, now: datetime, closures: frozenset[date] = frozenset()) -> Clocks:
    events = {"counter_notice_received": start}
    return clocks(law("us_dmca_512c"), events, now=now, timezone=zone, closures=closures)


@quick
@given(_TIMERS, _INSTANTS, _ZONES)
def test_what_counts_working_days_is_never_due_on_a_day_off(
    which: tuple[str, Timer], start: datetime, zone: str
) -> None:
    regime, timer = which
    for clock in clocks(law(regime), {timer.start: start}, now=start, timezone=zone).due:
        rule = next(t for t in law(regime).version.timers if t.id == clock.id)
        if rule.unit in _WORKING or (rule.sla or "").endswith("BD"):
            assert not calendar(clock.calendar).is_off(clock.due.date())


@quick
@given(_TIMERS, _INSTANTS, st.timedeltas(timedelta(0), timedelta(days=400)), _ZONES)
def test_a_later_event_is_never_due_earlier(
    which: tuple[str, Timer], start: datetime, later: timedelta, zone: str
) -> None:
    assert _due(*which, start, zone) <= _due(*which, start + later, zone)


@quick
@given(_TIMERS, _INSTANTS, _ZONES, _ZONES)
def test_one_instant_is_due_at_the_same_moment_in_whatever_zone_it_is_written(
    which: tuple[str, Timer], start: datetime, written: str, agent: str
) -> None:
    elsewhere = start.astimezone(ZoneInfo(written))
    assert _due(*which, start, agent) == _due(*which, elsewhere, agent)


@quick
@given(_TIMERS, _INSTANTS, _ZONES)
def test_nothing_is_due_before_it_starts(which: tuple[str, Timer], start: datetime, zone: str) -> None:
    assert _due(*which, start, zone) >= start.replace(microsecond=0)


@quick
@given(_INSTANTS, _ZONES, st.integers(0, 40), st.booleans())
def test_the_window_asked_for_alone_is_that_of_all_the_clocks(
    start: datetime, zone: str, days: int, sued: bool
) -> None:
    now = start + timedelta(days=days)
    events = {"counter_notice_received": start} | ({"court_action_notice_received": now} if sued else {})
    whole = clocks(law("us_dmca_512c"), events, now=now, timezone=zone).safe_window
    assert window(law("us_dmca_512c"), events, now=now, timezone=zone) == whole


@quick
@given(_INSTANTS, _ZONES)
def test_every_day_of_the_safe_window_keeps_both_ends_by_every_calendar(start: datetime, zone: str) -> None:
    found = _putback(start, zone, start)
    safe = found.safe_window
    assert safe is not None
    day = start.astimezone(ZoneInfo(zone)).date()
    for by in (calendar("US"), calendar("weekdays")):
        assert by.add(day, 10) <= safe.first <= safe.last <= by.add(day, 14)


@quick
@given(st.dates(date(2000, 1, 1), date(2034, 12, 31)), st.integers(1, 30), st.sampled_from(["US", "AU", "JP", "DE"]))
def test_working_days_are_those_that_numpy_counts(day: date, count: int, place: str) -> None:
    off = holidays.country_holidays(place, years=range(day.year, day.year + 2))
    counted = np.busday_offset(
        np.datetime64(day), count, roll="backward", holidays=[np.datetime64(each) for each in off]
    )
    assert calendar(place).add(day, count) == counted.astype(date)


@quick
@given(_INSTANTS, st.frozensets(st.integers(0, 40), max_size=25))
def test_closing_days_push_the_first_day_only_back_and_the_last_day_never(
    start: datetime, ahead: frozenset[int]
) -> None:
    closures = frozenset(start.date() + timedelta(days=days) for days in ahead)
    plain, closed = (
        {clock.kind: clock.due for clock in _putback(start, "UTC", start, days).due} for days in (frozenset(), closures)
    )
    assert closed[ClockKind.STATUTORY_MIN] >= plain[ClockKind.STATUTORY_MIN]
    assert closed[ClockKind.STATUTORY_MAX] == plain[ClockKind.STATUTORY_MAX]


@quick
@given(st.dates(date(2000, 1, 1), date(2035, 12, 31)), _ZONES, st.integers(0, 86399))
def test_a_bare_date_counts_like_any_instant_of_that_date(day: date, zone: str, second: int) -> None:
    now = datetime(2036, 1, 1, tzinfo=UTC)
    inside = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(seconds=second)
    assert _putback(day, zone, now).safe_window == _putback(inside, zone, now).safe_window


@quick
@given(_TIMERS, _INSTANTS)
def test_law_and_our_own_numbers_are_never_mixed(which: tuple[str, Timer], start: datetime) -> None:
    regime, timer = which
    for clock in clocks(law(regime), {timer.start: start}, now=start).due:
        ours = clock.kind in (ClockKind.OPEN_STANDARD, ClockKind.SLA)
        assert not ours or (clock.tag == "policy" and clock.earliest is None and clock.latest is None)


@pytest.mark.soak
@long
@given(_INSTANTS, _ZONES)
def test_over_many_starts_the_safe_window_is_never_early_and_never_late(start: datetime, zone: str) -> None:
    safe = _putback(start, zone, start).safe_window
    assert safe is not None
    day = start.astimezone(ZoneInfo(zone)).date()
    for by in (calendar("US"), calendar("weekdays")):
        assert by.add(day, 10) <= safe.first <= safe.last <= by.add(day, 14)
