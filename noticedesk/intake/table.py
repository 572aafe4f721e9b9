"""A table of reported listings to a document: finds its heading, reads each row as an allegation, reports bad rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from noticedesk.intake.rendering import Rendering
from noticedesk.intake.rules import Rules
from noticedesk.model.document import Document, Field

MAX_ROWS = 100_000
"""How many rows of one delivery are read; the rest goes to a person, who can ask for several files."""

Row = tuple[int, Sequence[str]]
"""The number of a row as the sender sees it, from 1, and its cells as text."""

_HEADING_WITHIN = 30
_MOST_REPORTED = 20
_LOCATING = frozenset({Field.INFRINGING_URL, Field.ITEM_ID})
_URL_FIELDS = frozenset({Field.INFRINGING_URL, Field.ORIGINAL_URL, Field.REFERENCE_MEDIA})
_ADDRESS = re.compile(r"\S+\.\S+|\S*\d\S*")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading as it stands there, and what it is about."""

    heading: str
    field: Field | None


class Tables:
    """Collects the tables of one delivery into one document, row by row."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._rendering = Rendering()
        self._group = 0
        self._bad: list[str] = []
        self._notes: list[str] = []

    def note(self, problem: str) -> None:
        """Adds a remark for a person."""
        self._notes.append(problem)

    def blame(self, place: str, reason: str) -> None:
        """Reports a row as bad."""
        self._bad.append(f"{place}: {reason}")

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Adds a table, called by the name of its sheet where there are several."""
        filled = ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
        head = list(islice(filled, _HEADING_WITHIN))
        place = self._heading(head)
        if name and head:
            self._rendering.say(f"Sheet {name}")
        columns = self._columns(head[place][1]) if place is not None else _guessed(head)
        before = head[:place] if place is not None else []
        for _, cells in before:
            self._rendering.say("  ".join(cell for cell in cells if cell.strip()))
        after = head[place + 1 :] if place is not None else head
        self._rows(name, columns, chain(after, filled))

    def document(self, reader: str) -> Document:
        """Everything added, with the bad rows by number."""
        more = len(self._bad) - _MOST_REPORTED
        bad = [*self._bad[:_MOST_REPORTED], *([f"and {more:,} rows more"] if more > 0 else [])]
        empty = [] if self._group else ["there is no row in it that could name a listing"]
        problem = "; ".join([*self._notes, *bad, *empty])
        return Document(reader=reader, text=self._rendering.text, answers=self._rendering.answers, problem=problem)

    def _heading(self, head: list[Row]) -> int | None:
        """Which of the first rows is the heading: the one with the most known names, two or one that locates."""
        best, most = None, 0
        for place, (_, cells) in enumerate(head):
            fields = [self._rules.field_of(cell) for cell in cells if 0 < len(cell) < 80]
            known = sum(field is not None for field in fields)
            if known > most and (known > 1 or _LOCATING & set(fields)):
                best, most = place, known
        return best

    def _columns(self, cells: Sequence[str]) -> list[_Column]:
        names = (" ".join(cell.split()) for cell in cells)
        return [_Column(name or f"column {number}", self._rules.field_of(name)) for number, name in enumerate(names, 1)]

    def _rows(self, name: str, columns: list[_Column], rows: Iterator[Row]) -> None:
        for number, cells in rows:
            if self._group >= MAX_ROWS:
                self.note(f"only the first {MAX_ROWS:,} rows were read; the rest needs files of its own")
                return
            given = [(column, cell) for column, cell in zip(columns, cells, strict=False) if cell.strip()]
            loose = [cell for cell in cells[len(columns) :] if cell.strip()]
            if _is_remark(given, loose):
                self._rendering.say("  ".join([*(cell for _, cell in given), *loose]))
                continue
            self._group += 1
            self._row(f"{name} row {number}".strip(), given, loose)

    def _row(self, place: str, given: list[tuple[_Column, str]], loose: list[str]) -> None:
        self._rendering.say(place[:1].upper() + place[1:])
        for column, cell in given:
            values = cell.split() if column.field in _URL_FIELDS and "://" in cell else [cell]
            for value in values:
                self._rendering.add(column.heading, value, column.heading, column.field, self._group)
        for cell in loose:
            self._rendering.say(cell)
        reason = _fault(given)
        if reason:
            self.blame(place, reason)


def _guessed(head: list[Row]) -> list[_Column]:
    """The columns of a table without a heading: those that hold addresses locate what is reported."""
    width = max((len(cells) for _, cells in head), default=0)
    columns = []
    for number in range(width):
        cells = [cells[number] for _, cells in head if number < len(cells) and cells[number].strip()]
        located = cells and sum("://" in cell for cell in cells) * 2 > len(cells)
        columns.append(_Column(f"column {number + 1}", Field.INFRINGING_URL if located else None))
    return columns


def _is_remark(given: list[tuple[_Column, str]], loose: list[str]) -> bool:
    """Whether a row is a line of words below or between the table, such as a statement or a signature."""
    if len(given) + len(loose) != 1:
        return False
    words = given[0][1] if given else loose[0]
    return " " in words.strip() and "://" not in words


def _fault(given: list[tuple[_Column, str]]) -> str:
    """What is wrong with a row; the empty string when it names a place whole."""
    places = [cell.strip() for column, cell in given if column.field in _LOCATING]
    if not places:
        return "names no listing, neither by address nor by item number"
    for place in places:
        if _SHORTENED.fullmatch(place):
            return f"{place} is an item number that a spreadsheet program has shortened"
        if not _ADDRESS.search(place):
            return f"{place[:80]} is no address"
    return ""
