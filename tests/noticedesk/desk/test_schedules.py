"""When each flow runs, and what of schedules.yaml and sources.yaml is refused."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from noticedesk import intake, settings
from noticedesk.desk import schedules
from noticedesk.settings import SettingError

ALL = {name: {"every": "PT5M"} for name in schedules.FLOWS}


def source(**given: str) -> intake.Source:
    return settings.conform(
        {"id": "inbox", "kind": "folder", "path": "/in", "service": "shop"} | given, intake.Source, "sources.yaml"
    )


def plan(folder: Path, entries: object, *sources: intake.Source) -> list[schedules.Planned]:
    (folder / "schedules.yaml").write_text(yaml.safe_dump(entries))
    return schedules.plan(folder, sources)


def test_every_source_is_planned_by_itself_and_every_other_flow_once(tmp_path: Path) -> None:
    planned = plan(tmp_path, ALL, source(), source(id="mailbox", every="PT1H"), source(id="drop", cron="0 6 * * *"))
    assert [(item.flow, item.name, item.interval, item.cron) for item in planned][:3] == [
        ("ingest", "inbox", timedelta(minutes=5), None),
        ("ingest", "mailbox", timedelta(hours=1), None),
        ("ingest", "drop", None, "0 6 * * *"),
    ]
    assert (planned[3].flow, planned[3].source) == ("ingest", "api")
    assert {item.name for item in planned[4:]} == set(schedules.FLOWS) - {"ingest"}


def test_the_shipped_schedules_are_complete() -> None:
    assert {item.flow for item in schedules.plan(settings.data_folder("config"), [source()])} == set(schedules.FLOWS)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"proces": {"every": "PT1M"}}, "unknown flow proces; did you mean process?"),
        ({"process": {"every": "PT1M", "cron": "* * * * *"}}, "process: give either `every` or `cron`"),
        ({"process": {}}, "process: give either `every` or `cron`"),
        ({"process": {"every": "5m"}}, "process: every: '5m' is no duration"),
        ({"process": {"every": "P1BD"}}, "process: every: P1BD counts business days"),
        ({"process": {"evry": "PT1M"}}, "unknown key process.evry; did you mean every?"),
    ],
)
def test_a_schedule_that_is_none_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, object], told: str
) -> None:
    with pytest.raises(SettingError, match=r"schedules\.yaml") as refused:
        plan(tmp_path, ALL | change)
    assert told in str(refused.value)


def test_a_flow_without_a_schedule_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="the flow dispatch has no schedule"):
        plan(tmp_path, {name: entry for name, entry in ALL.items() if name != "dispatch"})


def test_a_source_with_two_schedules_is_refused_with_its_id(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"sources\.yaml: inbox: give either"):
        plan(tmp_path, ALL, source(every="PT5M", cron="0 6 * * *"))
