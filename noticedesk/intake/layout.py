"""What the spreadsheet library does not say: how far a sheet reaches, hidden rows, digits that a format shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

MAX_CELLS = 5_000_000
"""How many cells, empty ones between them included, a sheet may span; the library keeps room for each."""

_FORMAT = re.compile(rb"<numFmt\b[^>]*?\bnumFmtId=\"(\d{1,6})\"[^>]*?\bformatCode=\"(0{2,30})\"")
_STYLES = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<xf\b[^>]*?\bnumFmtId=\"(\d{1,6})\"")
_CELL = re.compile(rb"<c\b(?=[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\")(?:[^>]*?\bs=\"(\d{1,6})\")?")
_HIDDEN_ROW = re.compile(rb"<row\b(?=[^>]*?\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d{1,7})\"")
_HIDDEN_COLUMNS = re.compile(
    rb"<col\b(?=[^>]*?\bhidden=\"(?:1|true)\")(?=[^>]*?\bmin=\"(\d{1,5})\")[^>]*?\bmax=\"(\d{1,5})\""
)
_REPEATED_ROW = re.compile(
    rb"<table:table-row\b[^>]*?table:number-rows-repeated=\"(\d{1,9})\"[^>]*?>(.*?)</table:table-row>", re.DOTALL
)
_ODS_CELL = re.compile(rb"<table:table-cell\b([^>]*)>")
_REPEATED = re.compile(rb"table:number-columns-repeated=\"(\d{1,9})\"")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)=\"([^\"]*)\"")

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
    """At least how many cells an ODS file spans when its repetitions are written out; empty ones do not count."""
    return sum(int(rows) * _filled(cells) for rows, cells in _REPEATED_ROW.findall(content))


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
    block = _STYLES.search(styles)
    numbers = _STYLE.findall(block.group()) if block and formats else []
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
