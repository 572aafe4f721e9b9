"""The words of a letter taken apart again: paragraphs, items and quoted texts, with the lines that are meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

WIDTH = 78
"""Characters; the width to which the lines of a letter are filled."""

_ITEM, _HANG, _QUOTED = "* ", "  ", ">"


class Kind(StrEnum):
    """What a block is: a paragraph, an item of a list, or a text of somebody else."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Block:
    """One block and its lines; a line that was only filled up to the width is whole again."""

    kind: Kind
    lines: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    """The blocks of the words of a letter, in their order; nothing but line breaks and marks is left out."""
    kind, lines = Kind.PARAGRAPH, list[str]()
    for line in text.splitlines():
        now = _kind(line, kind, bool(lines))
        if lines and (now is not kind or not line.strip() or line.startswith(_ITEM)):
            yield Block(kind, _whole(kind, lines))
            lines = []
        kind = now
        if line.strip():
            lines.append(line)
    if lines:
        yield Block(kind, _whole(kind, lines))


def _kind(line: str, before: Kind, inside: bool) -> Kind:
    if line.startswith(_QUOTED):
        return Kind.QUOTED
    if line.startswith(_ITEM) or (inside and before is Kind.ITEM and line.startswith(_HANG)):
        return Kind.ITEM
    return Kind.PARAGRAPH


def _whole(kind: Kind, lines: list[str]) -> tuple[str, ...]:
    """The lines as they were before they were filled: one ends early only where the next word had no room in it."""
    if kind is Kind.QUOTED:
        return tuple(line[1:].removeprefix(" ") for line in lines)
    whole: list[str] = []
    last = ""
    for line in lines:
        words = line.lstrip(" *") if kind is Kind.ITEM else line.strip()
        first = words.partition(" ")[0]
        if last and len(last) + 1 + len(first) > WIDTH:
            whole[-1] += f" {words}"
        else:
            whole.append(words)
        last = line
    return tuple(whole)
