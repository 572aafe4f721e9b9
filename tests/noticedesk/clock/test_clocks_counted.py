"""Every timer of every regime is due when counting one day after another says, from any start and by any calendar."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import holidays
import pytest

from noticedesk.clock import Due, clocks
from noticedesk.clock.calendar import WEEKDAYS, calendar
from noticedesk.regime import InForce, Regime, Timer, Version
from tests.noticedesk.clock.counting import Oracle, begins, ends, is_working, local_date, working_day
from tests.noticedesk.clock.test_clocks import REGIMES

FIRST, SECONDS = datetime(2019, 1, 1, tzinfo=UTC), 12 * 365 * 24 * 3600
VERSIONS = [(regime, version) for regime in REGIMES for version in regime.versions]
ZONES = (
    "Pacific/Honolulu",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Africa/Cairo",
    "Europe/Berlin",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Apia",
)
"""Zones of agents: on both sides of the date line, of half hours, and such as change their clocks at midnight."""


def starts(regime: Regime, count: int) -> Iterator[tuple[datetime, str, str]]:
    """Random starts, each with a zone and a calendar: those of the regime, and others."""
    chance = Random(regime.id)
    own = [*regime.calendars, WEEKDAYS]
    for _ in range(count):
        start = FIRST + timedelta(seconds=chance.randrange(SECONDS))
        zone = chance.choice((regime.timezone, chance.choice(ZONES)))
        yield start, zone, chance.choice((*own, chance.choice(("US-MA", "DE-BY", "IL", "AE", "CN", "JP", "IN"))))


def judged(law: InForce, timer: Timer, start: datetime, zone: str, named: str) -> Due | None:
    """The clock of a timer; None where what it requires would come too late to start it."""
    events = {timer.start: start} | ({timer.requires: start + timedelta(hours=1)} if timer.requires else {})
    found = clocks(law, events, now=start + timedelta(hours=2), timezone=zone, calendars=(named,))
    return next((due for due in found.due if due.id == timer.id), None)


def counts_like_the_oracle(regime: Regime, version: Version, count: int) -> None:
    law = InForce(regime, version)
    for timer in version.timers:
        compared = 0
        for start, zone, named in starts(regime, count):
            clock = judged(law, timer, start, zone, named)
            if clock is not None:
                compared += 1
                wanted = Oracle(version.counting, named, zone).due(timer, start)
                assert clock.due.astimezone(UTC) == wanted, f"{regime.id}/{timer.id} from {start} in {zone} by {named}"
        assert compared, f"{regime.id}/{timer.id} never ran"


@pytest.mark.parametrize(("regime", "version"), VERSIONS, ids=[f"{r.id}-{v.version}" for r, v in VERSIONS])
def test_every_timer_is_due_when_counting_day_by_day_says(regime: Regime, version: Version) -> None:
    counts_like_the_oracle(regime, version, 12)


@pytest.mark.soak
@pytest.mark.parametrize(("regime", "version"), VERSIONS, ids=[f"{r.id}-{v.version}" for r, v in VERSIONS])
def test_over_many_starts_every_timer_is_due_when_counting_day_by_day_says(regime: Regime, version: Version) -> None:
    counts_like_the_oracle(regime, version, 600)


@pytest.mark.parametrize("regime", REGIMES, ids=[regime.id for regime in REGIMES])
def test_every_timer_is_due_at_the_same_moment_in_whatever_zone_its_start_is_written(regime: Regime) -> None:
    law = InForce(regime, regime.versions[-1])
    for timer in law.version.timers:
        for start, zone, named in starts(regime, 4):
            written = [start.astimezone(ZoneInfo(name)) for name in ZONES]
            found = {
                (one.due, one.earliest, one.latest) for at in written if (one := judged(law, timer, at, zone, named))
            }
            assert len(found) <= 1


@pytest.mark.parametrize("regime", REGIMES, ids=[regime.id for regime in REGIMES])
def test_no_timer_is_due_earlier_for_a_later_start(regime: Regime) -> None:
    law = InForce(regime, regime.versions[-1])
    for timer in law.version.timers:
        begun = sorted(starts(regime, 12))
        for zone, named in ((regime.timezone, (regime.calendars or (WEEKDAYS,))[0]), ("America/Santiago", "US")):
            dues = [one.due for start, _, _ in begun if (one := judged(law, timer, start, zone, named))]
            assert dues == sorted(dues)


def test_every_calendar_that_can_be_named_has_the_working_days_of_its_library() -> None:
    named = [*holidays.list_supported_countries(include_aliases=False), "US-NY", "DE-BY", "GB-SCT", "AU-NSW", WEEKDAYS]
    chance = Random("calendars")
    for name in named:
        start = (FIRST + timedelta(days=chance.randrange(365 * 9))).date()
        assert calendar(name).add(start, 10) == working_day(start, 10, name), f"10 days by {name} after {start}"
        assert is_working(calendar(name).add(start, 3), name)


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_begins_and_ends_where_the_calendar_on_the_wall_turns(zone: str) -> None:
    rules = next(regime for regime in REGIMES if regime.id == "us_dmca_512c")
    law = InForce(rules, rules.versions[-1])
    highest = next(timer for timer in law.version.timers if timer.id == "putback_not_after")
    for year in (2024, 2025, 2026):
        for start in (datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=ahead) for ahead in range(0, 365, 3)):
            due = judged(law, highest, start, zone, WEEKDAYS)
            assert due is not None
            day = working_day(local_date(start, zone), 14, WEEKDAYS)
            assert begins(day, zone) < due.due.astimezone(UTC) == ends(day, zone)
