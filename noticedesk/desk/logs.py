"""Logs: one line an event, as text or JSON; codes, counts and ids only, never what a person wrote or is called."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from noticedesk.settings import SettingError, Settings, nearest

LOGGER = logging.getLogger("noticedesk")

FORMS = ("text", "json")
"""What NOTICEDESK_LOG may be."""


class _Lines(logging.Formatter):
    """JSON Lines: instant, level, what happened, and its facts as keys of their own."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "event": record.getMessage(), **_facts(record)}
        return json.dumps(line | _raised(record))


class _Words(logging.Formatter):
    """The same for people: the facts after the event, each with its name."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        facts = " ".join(f"{name}={value}" for name, value in (_facts(record) | _raised(record)).items())
        return f"{at} {record.levelname} {record.getMessage()} {facts}".rstrip()


def set_up(chosen: Settings) -> None:
    """Has the desk log to the error stream as the settings say; raises SettingError for an unknown form or level."""
    if chosen.log not in FORMS:
        raise SettingError(f"NOTICEDESK_LOG is {chosen.log!r}{nearest(chosen.log, FORMS)}")
    levels = logging.getLevelNamesMapping()
    if chosen.log_level not in levels:
        raise SettingError(f"NOTICEDESK_LOG_LEVEL is {chosen.log_level!r}{nearest(chosen.log_level, levels)}")
    handler = logging.StreamHandler()
    handler.setFormatter(_Lines() if chosen.log == "json" else _Words())
    LOGGER.handlers[:] = [handler]
    LOGGER.setLevel(levels[chosen.log_level])
    LOGGER.propagate = False


def say(event: str, facts: Mapping[str, str | int], level: int = logging.INFO) -> None:
    """Logs one event with its facts."""
    LOGGER.log(level, event, extra={"facts": dict(facts)})


def _facts(record: logging.LogRecord) -> dict[str, str | int]:
    found = getattr(record, "facts", {})
    return found if isinstance(found, dict) else {}


def _raised(record: logging.LogRecord) -> dict[str, str | int]:
    """The type of an error and where it was raised; its text may quote a letter, so it is left out."""
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    trace = record.exc_info[2]
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return {"error": record.exc_info[0].__name__, "where": where}
