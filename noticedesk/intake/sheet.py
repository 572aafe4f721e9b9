"""Reads spreadsheets, XLSX and ODS: every row of the visible sheets is one allegation."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from noticedesk.intake import layout
from noticedesk.intake.archive import entries
from noticedesk.intake.context import Context, Documents, NotMine, Unreadable
from noticedesk.intake.layout import Layout
from noticedesk.intake.table import Row, Tables

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

NAME = "sheet"

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOK = b"xl/workbook.xml"
_EXACT = 10**15
_MOST_NAMED = 10

Value = str | float | int | bool | date | datetime | time | timedelta


def score(raw: bytes, name: str) -> float:
    """Sure by the names that the two formats keep inside their container."""
    return 0.9 if raw.startswith(b"PK") and (_WORKBOOK in raw or _ODS in raw[:200]) else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document with all the rows; raises Unreadable for a bomb, a password, or a sheet of absurd extent."""
    files = entries(raw)
    if not ("xl/workbook.xml" in files or "content.xml" in files):
        raise NotMine
    span = layout.widest(files)
    if span > layout.MAX_CELLS:
        raise Unreadable(f"a sheet spans {span:,} cells, more than the {layout.MAX_CELLS:,} that are read")
    tables = Tables(context.rules)
    _add_sheets(raw, layout.of_workbook(files), tables)
    return (tables.document(NAME),)


def _add_sheets(raw: bytes, layouts: dict[str, Layout], tables: Tables) -> None:
    # Imported late: few documents are spreadsheets.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        shown = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        for sheet in sheets:
            if sheet.name in shown:
                name = sheet.name if len(shown) > 1 else ""
                _add_sheet(book.get_sheet_by_name(sheet.name), name, layouts.get(sheet.name, Layout()), tables)
            else:
                tables.note(f"the sheet {sheet.name} is hidden and was not read")
    except CalamineError as error:
        raise Unreadable(f"the spreadsheet is broken: {str(error)[:200]}") from None


def _add_sheet(sheet: "CalamineSheet", name: str, of_sheet: Layout, tables: Tables) -> None:
    rows = [str(row + 1) for row in sorted(of_sheet.hidden)]
    columns = [_letters(column) for column in sorted(of_sheet.hidden_columns)]
    for kind, hidden in (("rows", rows), ("columns", columns)):
        if hidden:
            more = f" and {len(hidden) - _MOST_NAMED:,} more" if len(hidden) > _MOST_NAMED else ""
            tables.note(f"{name} {kind} {', '.join(hidden[:_MOST_NAMED])}{more} are hidden, and were read".strip())
    tables.add(name, _rows(sheet, name, of_sheet, tables))


def _letters(column: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return letters


def _rows(sheet: "CalamineSheet", name: str, of_sheet: Layout, tables: Tables) -> Iterator[Row]:
    """The rows as text; a cell that is merged over several rows counts for each of them."""
    left = sheet.start[1] if sheet.start else 0
    merged = _merged_down(sheet)
    above: dict[int, str] = {}
    for row, values in enumerate(sheet.iter_rows()):
        cells = []
        for column, value in enumerate(values, start=left):
            if (row, column) in merged:
                cells.append(above.get(column, ""))
                continue
            text = _text(value, of_sheet.digits.get((row, column), 0))
            if isinstance(value, float) and abs(value) >= _EXACT:
                tables.blame(f"{name} row {row + 1}".strip(), f"{text} is rounded: a number keeps 15 digits")
            above[column] = text
            cells.append(text)
        yield row + 1, cells


def _merged_down(sheet: "CalamineSheet") -> set[tuple[int, int]]:
    """The cells, from 0, that belong to a merged cell that begins above them."""
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        last = min(bottom, sheet.total_height)
        if len(covered) + last - top < layout.MAX_CELLS:
            covered.update((row, left) for row in range(top + 1, last + 1))
    return covered


def _text(value: Value, digits: int) -> str:
    """A cell as it is shown: whole numbers in full, with the zeros that its format puts in front."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value)).zfill(digits)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)
