"""Tables as files: CSV and workbooks in which no cell is a formula, and Parquet with true types.

A text that a spreadsheet would take for a formula is made inert as OWASP advises (CSV Injection): in CSV it begins with
an apostrophe; a workbook says of each cell that it is text.
"""

import csv
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow
import pyarrow.parquet
import xlsxwriter

from noticedesk.store.views import Table, Value

_TRIGGERS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_LONGEST_CELL: Final = 32_767


def inert(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet could take for a formula, also after spaces."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff\u200b").startswith(_TRIGGERS) or text[:1].isspace() else text


def to_csv(table: Table, path: Path) -> None:
    """Writes UTF-8 with a byte order mark, by which Excel knows it; instants as ISO 8601 in UTC."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        writer.writerows([_told(value) for value in row] for row in table.rows)


def to_xlsx(table: Table, path: Path) -> None:
    """Writes one sheet with a frozen, filterable first row; instants as dates of the workbook, in UTC."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("report")
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        for place, name in enumerate(table.columns):
            sheet.set_column(place, place, max(12, len(name) + 3))
            sheet.write_string(0, place, name, bold)
        for line, row in enumerate(table.rows, 1):
            for place, value in enumerate(row):
                _write(sheet, (line, place), value, moment)


def to_parquet(table: Table, path: Path) -> None:
    """Writes a column each with the type of its values: text, whole number, number, truth, instant in UTC."""
    arrays = [pyarrow.array(_alike([row[n] for row in table.rows])) for n in range(len(table.columns))]
    pyarrow.parquet.write_table(pyarrow.table(arrays, names=list(table.columns)), path)


FORMATS: Final[Mapping[str, Callable[[Table, Path], None]]] = {"csv": to_csv, "xlsx": to_xlsx, "parquet": to_parquet}
"""The formats that there are."""


def _told(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return inert(value) if isinstance(value, str) else value


def _write(sheet: xlsxwriter.worksheet.Worksheet, at: tuple[int, int], value: Value, moment: object) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value.astimezone(UTC).replace(tzinfo=None), moment)
    elif isinstance(value, str):
        sheet.write_string(*at, value[:_LONGEST_CELL])
    else:
        sheet.write_number(*at, value)


def _alike(values: list[Value]) -> list[Value]:
    """Whole numbers among fractions as fractions: a column has one type."""
    if any(isinstance(value, float) for value in values):
        return [float(value) if isinstance(value, int) else value for value in values]
    return values
