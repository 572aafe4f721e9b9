"""The words of a letter as HTML: the same words, escaped; no link, no picture, no style of anybody else's."""

from html import escape
from itertools import groupby

from noticedesk.draft.blocks import Block, Kind, blocks

_BODY = "font-family: sans-serif; font-size: 15px; line-height: 1.45; max-width: 40em; color: #1a1a1a"
_QUOTED = "margin: 0 0 1em; padding: 0 0 0 1em; border-left: 3px solid #767676; color: #404040"


def html(text: str, title: str, language: str) -> str:
    """A whole page of HTML with the words of a letter, none of them left out and none added.

    Addresses are not made links: an address that an outsider wrote would then be one that we send.
    """
    parts = (_part(kind, list(group)) for kind, group in groupby(blocks(text), key=lambda block: block.kind))
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{escape(language)}">',
        f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>',
        f'<body style="{_BODY}">',
        *parts,
        "</body>",
        "</html>",
    )
    return "\n".join(lines) + "\n"


def _part(kind: Kind, group: list[Block]) -> str:
    inner = [_lines(block) for block in group]
    if kind is Kind.ITEM:
        return "\n".join(("<ul>", *(f"<li>{each}</li>" for each in inner), "</ul>"))
    start, end = (f'<blockquote style="{_QUOTED}">', "</blockquote>") if kind is Kind.QUOTED else ("<p>", "</p>")
    return "\n".join(f"{start}{each}{end}" for each in inner)


def _lines(block: Block) -> str:
    return "<br>\n".join(escape(line) for line in block.lines)
