"""The account file: a CSV from item to account, read once and again when it has changed."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from noticedesk.desk.act import contract

COLUMNS = ("item", "account", "name", "contact", "country", "language", "created_at")
"""The columns of the file, in any order."""


class BadFile(ValueError):
    """A file, or a row of it, that cannot be used; names both."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its columns; `line` is where it stands, `problem` what is wrong with it."""

    line: int
    fields: Mapping[str, str]
    problem: str = ""


def row(path: Path, item: str) -> Row | None:
    """The row of an item, None where the file has none; raises BadFile for the file, or for the row of this item.

    A row that is not good stops nobody but who asks for it.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}") from None
    found = _rows(path, state.st_mtime_ns, state.st_size).get(item)
    if found and found.problem:
        raise BadFile(f"{path}, line {found.line}: {found.problem}")
    return found


@lru_cache(maxsize=4)
def _rows(path: Path, _changed: int, _size: int) -> Mapping[str, Row]:
    """Every row by its item; the time and size of the file make it be read again when it has changed."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _by_item(path, csv.DictReader(file, strict=True))
    except UnicodeDecodeError as error:
        raise BadFile(f"{path} is not UTF-8 (byte {error.start})") from None
    except (OSError, csv.Error) as error:
        raise BadFile(f"{path} cannot be read as CSV: {error}") from None


def _by_item(path: Path, reader: "csv.DictReader[str]") -> Mapping[str, Row]:
    _columns(path, reader.fieldnames or ())
    rows: dict[str, Row] = {}
    for fields in reader:
        made = _row(reader.line_num, fields)
        item = made.fields.get("item", "")
        if not item:
            raise BadFile(f"{path}, line {made.line}: no item")
        if item in rows:
            made = Row(made.line, made.fields, f"item {item} stands in line {rows[item].line} too")
        rows[item] = made
    return rows


def _columns(path: Path, given: Iterable[str]) -> None:
    names = list(given)
    missing = [name for name in COLUMNS if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    if missing or unknown:
        wrong = f"missing {', '.join(missing)}" if missing else f"unknown {', '.join(unknown)}"
        raise BadFile(f"{path}, line 1: {wrong}; the columns are {', '.join(COLUMNS)}")


def _row(line: int, given: Mapping[str | None, object]) -> Row:
    fields = {name: str(value or "").strip() for name, value in given.items() if name is not None}
    if None in given or any(value is None for value in given.values()):
        return Row(line, fields, f"not {len(COLUMNS)} columns")
    try:
        contract.conform("account.row", fields)
    except contract.NotConforming as error:
        return Row(line, fields, str(error))
    return Row(line, fields)
