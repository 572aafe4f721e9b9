"""Reads tables as text, CSV and TSV: every row is one allegation."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from noticedesk.intake.charset import decode, looks_binary
from noticedesk.intake.context import Context, Documents, NotMine
from noticedesk.intake.table import Row, Tables

NAME = "table"

DELIMITERS = (",", ";", "\t", "|")
MAX_FIELD = 2**20
"""The longest cell, in characters; a quotation mark that is never closed would swallow the file."""

_ENDINGS = (".csv", ".tsv", ".tab")
_SAMPLE_LINES = 20
_FEWEST_COLUMNS = 3


def score(raw: bytes, name: str) -> float:
    """Rather sure by the file name; without one, when every line has the same three columns or more."""
    if looks_binary(raw):
        return 0.0
    if name.lower().endswith(_ENDINGS):
        return 0.65
    lines = raw[:20_000].split(b"\n")[:8]
    counts = [{line.count(mark.encode()) for line in lines[:-1]} for mark in DELIMITERS[1:]]
    return (
        0.55 if len(lines) > 2 and any(len(count) == 1 and min(count) >= _FEWEST_COLUMNS for count in counts) else 0.0
    )


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document with all the rows; raises NotMine for a text whose name and columns say nothing."""
    text = decode(raw)
    tables = Tables(context.rules)
    tables.add("", _rows(text, tables))
    document = tables.document(NAME)
    if not name.lower().endswith(_ENDINGS) and not any(answer.field for answer in document.answers):
        raise NotMine
    return (document,)


def delimiter(text: str) -> str:
    """The character between the columns: what the file says ("sep=;"), else the one that most lines agree on."""
    lines = text.splitlines()[:_SAMPLE_LINES]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]
    return max(DELIMITERS, key=lambda mark: _agreement(lines, mark))


def _agreement(lines: list[str], mark: str) -> tuple[int, int]:
    """In how many lines a mark occurs equally often, and how often."""
    counts = Counter(line.count(mark) for line in lines if mark in line)
    times, lines_agreeing = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return lines_agreeing, times


def _rows(text: str, tables: Tables) -> Iterator[Row]:
    mark = delimiter(text)
    body = text.partition("\n")[2] if text[:4].lower() == "sep=" else text
    first = 2 if text[:4].lower() == "sep=" else 1
    csv.field_size_limit(MAX_FIELD)
    number = first - 1
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=mark), start=first):
            yield number, cells
    except csv.Error as error:
        tables.blame(
            f"row {number + 1}", f"cannot be split into cells, nor what follows ({error}); is a quote left open?"
        )
