"""The table of cases that a lawyer can read: tests/cases/clock*.yaml."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from noticedesk.clock import Clocks, MomentError, clocks, line, read, zone
from noticedesk.regime import InForce, by_id, load
from noticedesk.settings import data_folder

REGIMES = load(data_folder("config") / "regimes")
FOLDER = Path(__file__).parents[2] / "cases"
CASES: list[dict[str, Any]] = [
    case for path in sorted(FOLDER.glob("clock*.yaml")) for case in yaml.load(path.read_text(), Loader=yaml.BaseLoader)
]


def law(regime: str) -> InForce:
    found = by_id(REGIMES, regime)
    return InForce(found, found.versions[-1])


def computed(given: dict[str, Any]) -> Clocks:
    events = {name: read(text) for name, text in given["events"].items()}
    latest = max(
        moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
        for moment in events.values()
    )
    now = read(given["now"]) if "now" in given else latest
    assert isinstance(now, datetime)
    closures = frozenset(date.fromisoformat(day) for day in given.get("closures", ()))
    return clocks(
        law(given["regime"]),
        events,
        now=now,
        timezone=given.get("timezone"),
        calendars=tuple(given.get("calendars", ())),
        closures=closures,
    )


def said(found: Clocks) -> dict[str, Any]:
    """What a case may expect, in the words of the table."""
    window = found.safe_window
    return {
        "due": {clock.id: clock.due.date().isoformat() for clock in found.due},
        "due_at": {clock.id: clock.due.isoformat() for clock in found.due},
        "earliest": {clock.id: clock.earliest.isoformat() for clock in found.due if clock.earliest},
        "start": {clock.id: clock.start.isoformat() for clock in found.due},
        "status": {clock.id: clock.status.value for clock in found.due},
        "kind": {clock.id: clock.kind.value for clock in found.due},
        "tag": {clock.id: clock.tag for clock in found.due},
        "only": sorted(clock.id for clock in found.due),
        "provisional": sorted(clock.id for clock in found.due if clock.provisional),
        "safe_window": [window.first.isoformat(), window.last.isoformat()] if window else "none",
        "warnings": sorted({warning.id for warning in found.warnings} - {"not_reviewed_by_counsel"}),
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_due_when(case: dict[str, Any]) -> None:
    found = said(computed(case["given"]))
    for what, expected in case["expected"].items():
        if isinstance(expected, dict):
            assert {key: found[what].get(key) for key in expected} == expected
        else:
            assert found[what] == (sorted(expected) if isinstance(expected, list) else expected)


def test_every_case_expects_something_and_names_are_not_repeated() -> None:
    assert all(case["expected"] for case in CASES)
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_an_unknown_event_is_refused_with_the_nearest() -> None:
    with pytest.raises(MomentError, match="no event counter_notice_recieved; did you mean counter_notice_received"):
        computed({"regime": "us_dmca_512c", "events": {"counter_notice_recieved": "2026-11-20"}})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-11-20T16:00", "has no offset"),
        ("yesterday", "write an instant with its offset"),
        ("2026-02-30", "write an instant with its offset"),
        ("", "write an instant with its offset"),
        ("1066-10-14", "clocks are for 1970 to 2200"),
    ],
)
def test_an_instant_that_cannot_be_counted_from_is_refused(text: str, says: str) -> None:
    with pytest.raises(MomentError, match=says):
        computed({"regime": "us_dmca_512c", "events": {"notice_received": text}, "now": "2026-11-20T16:00:00Z"})


def test_a_naive_datetime_is_refused_with_its_event() -> None:
    with pytest.raises(MomentError, match="has no offset"):
        clocks(law("us_dmca_512c"), {"notice_received": datetime(2026, 11, 20)}, now=datetime.now(UTC))


def test_an_unknown_zone_is_refused_with_the_nearest() -> None:
    with pytest.raises(MomentError, match="unknown time zone 'America/NewYork'; did you mean America/New_York"):
        zone("America/NewYork")


def test_the_json_line_has_stable_keys_and_the_versions_of_rule_and_calendar() -> None:
    events = {"counter_notice_received": "2026-11-20T16:00:00-05:00"}
    said = line(computed({"regime": "us_dmca_512c", "events": events}))
    assert list(said) == ["schema", "regime", "regime_version", "timezone", "now", "clocks", "safe_window", "warnings"]
    listed = said["clocks"]
    assert isinstance(listed, list)
    minimum = next(clock for clock in listed if clock["id"] == "putback_not_before")
    assert minimum["calendar_version"].startswith("holidays ")
    assert said["safe_window"] == {
        "from": "2026-12-07",
        "to": "2026-12-10",
        "from_instant": "2026-12-07T00:00:00-05:00",
        "to_instant": "2026-12-10T23:59:59-05:00",
    }
