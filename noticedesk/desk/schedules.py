"""When each flow runs: the form of config/schedules.yaml, and the schedule of each source."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from noticedesk import intake, settings
from noticedesk.desk.portal.takeover import CHANNEL
from noticedesk.model.duration import DurationError, duration

INGEST = "ingest"
"""The flow of which every source has a run of its own."""

FLOWS = (INGEST, "answer", "process", "dispatch", "chase", "sweep", "notify", "retain")
"""The flows by name, in the order in which a claim meets them; what they run stands in the catalogue of flows/."""


@settings.shape
class Schedule:
    """One entry of schedules.yaml: either `every` (an ISO 8601 duration) or `cron` (five fields, in UTC)."""

    every: str | None = None
    cron: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One thing that is run again and again: a flow, of one source where it has one, at an interval or by cron."""

    flow: str
    source: str | None
    interval: timedelta | None
    cron: str | None

    @property
    def name(self) -> str:
        """Its name among the runs of its flow."""
        return self.source or self.flow


def plan(folder: Path, sources: Collection[intake.Source]) -> list[Planned]:
    """Everything to be run, from schedules.yaml in the folder and from the sources; raises SettingError.

    A source without a schedule of its own has that of the flow `ingest`, and so has what comes in through the API.
    """
    entries = settings.read(folder / "schedules.yaml", dict[str, Schedule])
    _complete(entries)
    return [
        *(_of_source(source, entries[INGEST]) for source in sources),
        _planned(INGEST, CHANNEL, entries[INGEST], f"schedules.yaml: {INGEST}"),
        *(_planned(flow, None, entry, f"schedules.yaml: {flow}") for flow, entry in entries.items() if flow != INGEST),
    ]


def _complete(entries: Mapping[str, Schedule]) -> None:
    for name in entries:
        if name not in FLOWS:
            raise settings.SettingError(f"schedules.yaml: unknown flow {name}{settings.nearest(name, FLOWS)}")
    for name in FLOWS:
        if name not in entries:
            raise settings.SettingError(f"schedules.yaml: the flow {name} has no schedule; give it `every` or `cron`")


def _of_source(source: intake.Source, otherwise: Schedule) -> Planned:
    own = Schedule(every=source.every, cron=source.cron)
    entry = own if own.every or own.cron else otherwise
    return _planned(INGEST, source.id, entry, f"sources.yaml: {source.id}")


def _planned(flow: str, source: str | None, entry: Schedule, where: str) -> Planned:
    if (entry.every is None) == (entry.cron is None):
        raise settings.SettingError(f"{where}: give either `every` or `cron`")
    try:
        length = duration(entry.every) if entry.every else None
    except DurationError as error:
        raise settings.SettingError(f"{where}: every: {error}") from None
    if length and length.business_days:
        raise settings.SettingError(f"{where}: every: {entry.every} counts business days; give hours or minutes")
    return Planned(flow=flow, source=source, interval=length.length if length else None, cron=entry.cron)
