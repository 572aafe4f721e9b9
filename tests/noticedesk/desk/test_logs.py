"""Logs: structured, and without a word of what a person wrote."""

import json
import logging
from collections.abc import Iterator

import pytest

from noticedesk.desk import logs
from noticedesk.settings import SettingError, Settings


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = (logs.LOGGER.handlers[:], logs.LOGGER.level, logs.LOGGER.propagate)
    yield
    logs.LOGGER.handlers[:], logs.LOGGER.level, logs.LOGGER.propagate = before


def test_json_lines_have_their_facts_as_keys(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(Settings(log="json", log_level="INFO"))
    logs.say("run", {"flow": "process", "taken": 3})
    line = json.loads(capsys.readouterr().err)
    assert {name: line[name] for name in ("level", "event", "flow", "taken")} == {
        "level": "INFO",
        "event": "run",
        "flow": "process",
        "taken": 3,
    }
    assert line["at"].endswith("+00:00")


def test_text_says_the_same_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(Settings(log_level="INFO"))
    logs.say("run", {"flow": "process", "taken": 3})
    assert capsys.readouterr().err.rstrip().endswith("INFO run flow=process taken=3")


@pytest.mark.parametrize("form", logs.FORMS)
def test_of_an_error_only_its_type_and_place_are_told(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(Settings(log=form))
    try:
        raise ValueError("maria@lind.example wrote this")
    except ValueError:
        logging.getLogger("noticedesk.desk").exception("failed")
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "test_logs.py" in told
    assert "maria" not in told


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        (Settings(log="jsno"), "NOTICEDESK_LOG is 'jsno'; did you mean json?"),
        (Settings(log_level="WARN1NG"), "NOTICEDESK_LOG_LEVEL is 'WARN1NG'; did you mean WARNING?"),
    ],
)
def test_an_unknown_form_or_level_is_refused(chosen: Settings, says: str) -> None:
    with pytest.raises(SettingError) as refused:
        logs.set_up(chosen)
    assert str(refused.value) == says
