"""The histories of cases that a lawyer can read: tests/cases/histories_*.yaml, played on a whole desk."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.noticedesk.desk.history import CASES
from tests.noticedesk.desk.history_events import happen
from tests.noticedesk.desk.history_expect import check
from tests.noticedesk.desk.history_given import world

HISTORIES: list[dict[str, Any]] = [
    history for path in sorted(CASES.glob("histories_*.yaml")) for history in yaml.safe_load(path.read_text("utf-8"))
]
_KEYS = {"name", "why", "given", "then", "expect"}


@pytest.mark.parametrize("history", HISTORIES, ids=[history["name"] for history in HISTORIES])
def test_a_case_goes_as_the_law_says(history: dict[str, Any], tmp_path: Path) -> None:
    assert set(history) <= _KEYS, set(history) - _KEYS
    given = history["given"]
    with world(tmp_path, given) as here:
        for step in [*_opening(given), *history.get("then", ())]:
            here.pass_until(here.when(step["at"]))
            if "event" in step:
                happen(here, step)
                here.run()
            if "expect" in step:
                check(here, step["expect"])
        if given.get("regime"):
            assert here.claims()[0].regime == given["regime"]
        check(here, history.get("expect", {}))


def _opening(given: dict[str, Any]) -> list[dict[str, Any]]:
    """The first steps of a history: the notice, and its removal."""
    if "notice" not in given:
        return []
    said = {key: given[key] for key in ("without", "saying", "adding", "from", "unsigned") if key in given}
    steps = [{"at": given["at"], "event": "a notice arrives", "message": given["notice"], **said}]
    if given.get("removed"):
        steps.append({"at": given["removed"], "event": "a specialist removes"})
        steps.append({"at": "+15 minutes", "event": "time passes"})
    return steps


TRICKY = (
    *("T01", "T03", "T04", "T06", "T07", "T08", "T09", "T10", "T12"),
    *("T13", "T15", "T16", "T18", "T19", "T24", "T26", "T27", "T28"),
)
"""The tricky cases, by the numbers that begin the names of their histories."""


def test_every_tricky_case_has_a_history() -> None:
    named = {history["name"].split()[0] for history in HISTORIES}
    assert set(TRICKY) <= named


def test_every_history_has_a_name_of_its_own() -> None:
    names = [history["name"] for history in HISTORIES]
    assert len(names) == len(set(names))
