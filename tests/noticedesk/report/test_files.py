import csv
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from noticedesk.report.files import inert, to_csv, to_parquet, to_xlsx
from noticedesk.store.views import Table, Value

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

FORMULAS = [
    "=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", "  =1+1", "＝1+1", "＋1", "＠SUM(1)",
    '=HYPERLINK("https://evil.example","x")', "|calc", "%0A=1", "\ufeff=1", "\u00a0=1", "https://evil.example",
]  # fmt: skip

TABLE = Table(
    columns=("name", "count", "share", "late", "at"),
    rows=[('Ünïcode, "quoted"\nline', 3, -0.5, True, NOON), ("", 0, 2.0, False, None), (None,) * 5],
)


def text_table(*texts: str) -> Table:
    return Table(columns=("text",), rows=[(text,) for text in texts])


def read_xlsx(path: Path) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


def test_a_workbook_reads_back_with_its_types(tmp_path: Path) -> None:
    to_xlsx(TABLE, tmp_path / "x.xlsx")
    header, first, second, *_ = read_xlsx(tmp_path / "x.xlsx")
    assert header == list(TABLE.columns)
    assert first == ['Ünïcode, "quoted"\nline', 3, -0.5, True, datetime(2026, 3, 2, 12)]
    assert second[1:4] == [0, 2.0, False]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    to_xlsx(text_table(text), tmp_path / "x.xlsx")
    with ZipFile(tmp_path / "x.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet


@pytest.mark.parametrize("text", FORMULAS[:-1])
def test_no_cell_of_a_csv_begins_a_formula(tmp_path: Path, text: str) -> None:
    to_csv(text_table(text), tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == [f"'{text}"]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text())
def test_what_is_inert_begins_with_nothing_that_begins_a_formula(text: str) -> None:
    shown = inert(text)
    assert shown.removeprefix("'") == text.removeprefix("'") or shown == f"'{text}"
    assert not shown.strip().startswith(("=", "+", "-", "@"))


def test_numbers_stay_numbers_also_below_nought(tmp_path: Path) -> None:
    to_csv(TABLE, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][1:] == ["3", "-0.5", "true", "2026-03-02T12:00:00+00:00"]


def test_a_csv_reads_back_whatever_its_texts_hold(tmp_path: Path) -> None:
    texts = ["a,b", 'say "x"', "two\nlines", "ünï", "semi;colon", "'quoted"]
    to_csv(text_table(*texts), tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)][1:] == texts


def test_parquet_keeps_types_and_what_is_empty(tmp_path: Path) -> None:
    to_parquet(TABLE, tmp_path / "x.parquet")
    found = pyarrow.parquet.read_table(tmp_path / "x.parquet")
    assert [str(field.type) for field in found.schema] == ["string", "int64", "double", "bool", "timestamp[us, tz=UTC]"]
    rows: list[tuple[Value, ...]] = [tuple(row.values()) for row in found.to_pylist()]
    assert rows == TABLE.rows


def test_an_empty_table_is_a_file_with_its_columns(tmp_path: Path) -> None:
    bare = Table(columns=("a", "b"), rows=[])
    for write, name in ((to_csv, "x.csv"), (to_xlsx, "x.xlsx"), (to_parquet, "x.parquet")):
        write(bare, tmp_path / name)
    assert read_xlsx(tmp_path / "x.xlsx") == [["a", "b"]]
    assert pyarrow.parquet.read_table(tmp_path / "x.parquet").column_names == ["a", "b"]
