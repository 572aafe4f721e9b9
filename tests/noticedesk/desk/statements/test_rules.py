"""Statements held against the published rules, field by field, by ours and by those of the test's database."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from noticedesk.desk.act import dsa
from tests.noticedesk.desk.statements.database import faults

TABLE = yaml.safe_load((Path(__file__).parents[3] / "cases" / "statements.yaml").read_text(encoding="utf-8"))


def _statement(case: dict[str, Any]) -> dict[str, Any]:
    changed = TABLE["right"] | case.get("change", {})
    return {name: _long(value) for name, value in changed.items() if value is not None}


def _long(value: Any) -> Any:
    """x501 stands for 501 letters."""
    found = re.fullmatch(r"x(\d+)", value) if isinstance(value, str) else None
    return "x" * int(found[1]) if found else value


@pytest.mark.parametrize("case", TABLE["cases"], ids=[case["name"] for case in TABLE["cases"]])
def test_a_statement_is_right_or_wrong_at_these_fields(case: dict[str, Any]) -> None:
    problems = dsa.problems(_statement(case))
    assert sorted({problem.split(": ")[0] for problem in problems}) == case["at fault"], problems


@pytest.mark.parametrize(
    "case", [case for case in TABLE["cases"] if not case["at fault"]], ids=lambda case: str(case["name"])
)
def test_what_is_right_for_us_is_right_for_the_database(case: dict[str, Any]) -> None:
    assert faults(_statement(case)) == {}
