"""What the command line prints: a table for people, JSON Lines with a schema name for programs."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import click

Row = Mapping[str, object]
F = TypeVar("F", bound=Callable[..., object])


def json_option(command: F) -> F:
    """The option that every listing has."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON Lines for programs.")(command)


def show(rows: Iterable[Row], schema: str, *, as_json: bool, title: str = "", nothing: str = "Nothing.") -> None:
    """Prints rows that share their keys, as JSON Lines of the schema or as a table."""
    if as_json:
        for row in rows:
            click.echo(json.dumps({"schema": schema, **row}, ensure_ascii=False, default=_plain))
        return
    listed = list(rows)
    if listed:
        table(list(listed[0]), [[_words(value) for value in row.values()] for row in listed], title)
    else:
        click.echo(nothing)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Prints a table; a pipe gets every column in full width, a terminal gets what fits it."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in columns:
        made.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        made.add_row(*[Text(_visible(cell)) for cell in row])
    width = None if sys.stdout.isatty() else 200
    Console(width=width, highlight=False, emoji=False).print(made)


def _visible(text: str) -> str:
    """Control characters of outsiders' words never reach the terminal."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_words(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    return str(value)
