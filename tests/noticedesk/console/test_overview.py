"""The overview: charts with their tables, reports, files that run nothing, and no names for who reads figures only."""

import io
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet
import pytest
from python_calamine import CalamineWorkbook

from noticedesk.desk.desk import Desk
from noticedesk.model.person import Person, Role
from tests.noticedesk.console.factory import Visitor, cases, visiting, with_password


def test_every_chart_stands_with_its_table(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    page = visitor.get("/overview")
    assert page.count("<svg") + page.count("Nothing in this time.") == page.count("As a table") == 5
    assert "Claims by day and right: 1 columns; the highest is 2026-11-20 with 2." in page
    assert "style=" not in page


def test_a_report_is_a_table_for_a_period(desk: Desk, tmp_path: Path, visitor: Visitor, ann: Person) -> None:
    cases(desk, tmp_path, count=2)
    visitor.sign_in(ann)
    assert "2026-11-20" in visitor.get("/overview/claims?since=2026-11-20")
    assert "Nothing yet" in visitor.get("/overview/claims?until=2026-11-20")
    assert "no day" in visitor.get("/overview/claims?until=soon", 422)
    assert "no report" in visitor.get("/overview/clams", 422)


@pytest.mark.parametrize(("country", "said"), [("DE", 1), ("US", 0)])
def test_it_says_that_statements_are_off_where_a_law_asks_for_them(
    desk: Desk, ann: Person, country: str, said: int
) -> None:
    there = replace(desk.services[0], countries=(country,))
    with visiting(replace(desk, services=(there,))) as visitor:
        visitor.sign_in(ann)
        assert visitor.get("/overview").count("Statements to the transparency database are off") == said


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_report_leaves_as_a_file(desk: Desk, tmp_path: Path, visitor: Visitor, kind: str) -> None:
    cases(desk, tmp_path, count=2)
    visitor.sign_in(with_password(desk, Role.ANALYST, name="Ada"))
    answer = visitor.client.get(f"/overview/claims/{kind}")
    assert answer.headers["content-disposition"] == f'attachment; filename="claims.{kind}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    read = {
        "csv": lambda raw: raw.decode("utf-8-sig").splitlines()[0].split(","),
        "xlsx": lambda raw: CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()[0],
        "parquet": lambda raw: pyarrow.parquet.read_table(io.BytesIO(raw)).column_names,
    }[kind]
    assert read(answer.content)[:2] == ["day", "service"]


def test_who_reads_figures_reads_no_names_and_no_cases(desk: Desk, visitor: Visitor) -> None:
    visitor.sign_in(with_password(desk, Role.ANALYST, name="Ada"))
    assert "/overview/holders" not in visitor.get("/overview")
    visitor.get("/overview/holders", 403)
    visitor.get("/overview/holders/csv", 403)
    visitor.get("/queue", 403)


def test_an_admin_reads_and_takes_nothing_out(desk: Desk, visitor: Visitor) -> None:
    visitor.sign_in(with_password(desk, Role.ADMIN, name="Adi"))
    visitor.get("/overview/claims")
    visitor.get("/overview/claims/csv", 403)
