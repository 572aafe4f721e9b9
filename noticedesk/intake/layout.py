"""What the spreadsheet library does not say: how far a sheet reaches, hidden rows, digits that a format shows."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

MAX_CELLS = 5_000_000
"""How many cells, empty ones between them included, a sheet may span; the library keeps room for each."""

# A tag ends before the next one begins, so that tags which never end are not read again for each that follows.
_FORMAT = re.compile(rb"<numFmt\b[^<>]{0,300}?\bnumFmtId=\"(\d{1,6})\"[^<>]{0,300}?\bformatCode=\"(0{2,30})\"")
_STYLE = re.compile(rb"<xf\b[^<>]{0,300}?\bnumFmtId=\"(\d{1,6})\"")
_CELL = re.compile(rb"<c\b(?=[^<>]{0,80}?\br=\"([A-Z]{1,3})(\d{1,7})\")(?:[^<>]{0,80}?\bs=\"(\d{1,6})\")?")
_HIDDEN_ROW = re.compile(rb"<row\b(?=[^<>]{0,300}?\bhidden=\"(?:1|true)\")[^<>]{0,300}?\br=\"(\d{1,7})\"")
_HIDDEN_COLUMNS = re.compile(
    rb"<col\b(?=[^<>]{0,300}?\bhidden=\"(?:1|true)\")(?=[^<>]{0,300}?\bmin=\"(\d{1,5})\")[^<>]{0,300}?\bmax=\"(\d{1,5})\""
)
_ODS_ROW = re.compile(rb"<table:table-row\b([^<>]{0,500})>")
_ODS_CELL = re.compile(rb"<table:table-cell\b([^<>]{0,2000})>")
_ROWS_REPEATED = re.compile(rb"table:number-rows-repeated=\"(\d{1,9})\"")
_REPEATED = re.compile(rb"table:number-columns-repeated=\"(\d{1,9})\"")
_SHEET = re.compile(r"<(?:\w{1,20}:)?sheet\b[^<>]{0,1000}>")
_RELATION = re.compile(r"<(?:\w{1,20}:)?Relationship\b[^<>]{0,2000}>")
_ATTRIBUTE = re.compile(r"([\w:]{1,60})=\"([^\"]{0,1000})\"")

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet: how many cells it spans, what is hidden, and how many digits a cell (row, column) shows at least.

    Rows and columns count from 0.
    """

    span: int = 0
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    digits: Mapping[Cell, int] = field(default_factory=dict)


def of_workbook(files: Mapping[str, bytes]) -> dict[str, Layout]:
    """The layouts of the sheets of an XLSX workbook, by the name of the sheet."""
    widths = _widths(files.get("xl/styles.xml", b""))
    relations = _tags(_RELATION, files.get("xl/_rels/workbook.xml.rels", b""))
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    found = {}
    for sheet in _tags(_SHEET, files.get("xl/workbook.xml", b"")):
        identity = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        target = targets.get(identity, "").removeprefix("/xl/").removeprefix("xl/")
        found[unescape(sheet.get("name", ""))] = _of_sheet(files.get(f"xl/{target}", b""), widths)
    return found


def widest(files: Mapping[str, bytes]) -> int:
    """How many cells the largest sheet of a container spans, be it listed in the workbook or not."""
    sheets = [_of_sheet(content, {}).span for name, content in files.items() if "/worksheets/" in name]
    return max([*sheets, _span_of_ods(files.get("content.xml", b""))])


def _span_of_ods(content: bytes) -> int:
    """How many filled cells an ODS file has when its repetitions are written out."""
    total, rows, starts = 0, 1, [*_ODS_ROW.finditer(content), None]
    for row, following in itertools.pairwise(starts):
        if row is not None:
            repeated = _ROWS_REPEATED.search(row.group(1))
            rows = int(repeated.group(1)) if repeated else 1
            total += rows * _filled(content[row.end() : following.start() if following else len(content)])
    return total


def _tags(pattern: re.Pattern[str], content: bytes) -> list[dict[str, str]]:
    return [dict(_ATTRIBUTE.findall(tag)) for tag in pattern.findall(content.decode("utf-8", "replace"))]


def _of_sheet(content: bytes, widths: Mapping[int, int]) -> Layout:
    rows, columns, digits = 0, 0, {}
    for letters, number, style in _CELL.findall(content):
        row, column = int(number) - 1, _column(letters)
        rows, columns = max(rows, row + 1), max(columns, column + 1)
        if style and int(style) in widths:
            digits[row, column] = widths[int(style)]
    hidden = frozenset(int(number) - 1 for number in _HIDDEN_ROW.findall(content))
    spans = ((int(first), int(last)) for first, last in _HIDDEN_COLUMNS.findall(content))
    unseen = frozenset(column - 1 for first, last in spans for column in range(first, last + 1) if column <= columns)
    return Layout(rows * columns, hidden, unseen, digits)


def _widths(styles: bytes) -> dict[int, int]:
    """Digits by style number, for the styles whose number format is nothing but zeros ("000000000")."""
    formats = {int(number): len(code) for number, code in _FORMAT.findall(styles)}
    block = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
    numbers = _STYLE.findall(block) if formats else []
    return {index: formats[int(number)] for index, number in enumerate(numbers) if int(number) in formats}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _filled(cells: bytes) -> int:
    """How many cells of a repeated row hold something, repetitions written out."""
    total = 0
    for attributes in _ODS_CELL.findall(cells):
        if b"office:value" in attributes or b"calcext:value" in attributes:
            repeated = _REPEATED.search(attributes)
            total += int(repeated.group(1)) if repeated else 1
    return total
