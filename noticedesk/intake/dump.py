"""Reads what web forms send as text: "key: value" lines, machine keys ("url_box_1") or titles marked with "==".

The text stays as it came; the answers point into it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from noticedesk.intake.charset import decode
from noticedesk.intake.context import Context, Documents, NotMine
from noticedesk.intake.quotes import forwarded
from noticedesk.intake.rules import Rules
from noticedesk.model.document import Answer, Document, Field, Span

NAME = "form"

_MACHINE = re.compile(r"^[ \t]*([A-Za-z][\w-]{1,80}):(?!//)[ \t]*", re.MULTILINE)
_TITLED = re.compile(r"^[ \t]*==[ \t]+([^\n:=][^\n:]{0,120}?\??):[ \t]*", re.MULTILINE)
_SCORED = re.compile(
    rb"^[ \t]*(?:[A-Za-z][A-Za-z0-9-]*_[\w-]{1,80}:(?!//)|==[ \t]+[^\n:=][^\n:]{0,120}:)", re.MULTILINE
)
_RULE = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_GROUP = re.compile(r"group[_ -]?(\d{1,6})", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n")
_URL = re.compile(r"\b(?:https?|ftp)://[^\s<>\"\[\]]+", re.IGNORECASE)
_URL_FIELDS = frozenset({Field.INFRINGING_URL, Field.ORIGINAL_URL})
_FEWEST_KEYS = 4
_HEAD = 50_000


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with the span of its value."""

    key: str
    span: Span


def score(raw: bytes, name: str) -> float:
    """Rather sure when several lines begin with a key that only machines or form makers write."""
    return 0.6 if len(_SCORED.findall(raw[:_HEAD])) >= _FEWEST_KEYS else 0.0


def read(raw: bytes, name: str, context: Context) -> Documents:
    """One document; raises NotMine when hardly a key is about something known."""
    text = decode(raw)
    entries = list(_entries(text))
    known = sum(context.rules.field_of(entry.key) is not None for entry in entries)
    if known < 2:
        raise NotMine
    groups = _groups(text, entries, context.rules)
    answers = tuple(
        answer
        for entry, group in zip(entries, groups, strict=True)
        for answer in _answers(text, entry, group, context.rules)
    )
    return (Document(reader=NAME, text=text, answers=answers, original=forwarded(text, context.rules)),)


def _entries(text: str) -> Iterator[_Entry]:
    """Keys with their values; a value ends at the next key, at a rule, or at a blank line once it has begun."""
    pattern = _TITLED if len(_TITLED.findall(text)) >= _FEWEST_KEYS else _MACHINE
    keys = list(pattern.finditer(text))
    for key, following in pairwise([*keys, None]):
        if key is None:
            continue
        end = following.start() if following else len(text)
        rule = _RULE.search(text, key.end(), end)
        yield _Entry(key.group(1).strip(), _value(text, key.end(), rule.start() if rule else end))


def _value(text: str, start: int, end: int) -> Span:
    key_end = start
    while start < end and text[start].isspace():
        start += 1
    if text.count("\n", key_end, start) > 1:
        return key_end, key_end
    blank = _BLANK.search(text, start, end)
    end = blank.start() if blank else end
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _groups(text: str, entries: list[_Entry], rules: Rules) -> list[int]:
    """The group of each entry: the number in its key, or the section between rules when several report something."""
    sections = [rule.start() for rule in _RULE.finditer(text)]
    places = [bisect_left(sections, entry.span[0]) for entry in entries]
    reporting = sorted(
        {
            place
            for entry, place in zip(entries, places, strict=True)
            if rules.field_of(entry.key) is Field.INFRINGING_URL
        }
    )
    numbers = {place: number for number, place in enumerate(reporting, start=1)} if len(reporting) > 1 else {}
    return [_numbered(entry.key) or numbers.get(place, 0) for entry, place in zip(entries, places, strict=True)]


def _numbered(key: str) -> int:
    match = _GROUP.search(key)
    return int(match.group(1)) + 1 if match else 0


def _answers(text: str, entry: _Entry, group: int, rules: Rules) -> Iterator[Answer]:
    """The answer of one entry; each address in a field for addresses is an answer of its own."""
    start, end = entry.span
    if start >= end:
        return
    field = rules.field_of(entry.key)
    value = text[start:end]
    urls = list(_URL.finditer(value)) if field in _URL_FIELDS else []
    if not urls or _URL.sub("", value).strip():
        shown = _of_words(field, value) if field in _URL_FIELDS else field
        yield Answer(question=entry.key, value=value, span=entry.span, field=shown, group=group)
    for url in urls:
        span = (start + url.start(), start + url.end())
        yield Answer(question=entry.key, value=url.group(), span=span, field=field, group=group)


def _of_words(field: Field | None, value: str) -> Field | None:
    """What words in a field for addresses are about: one word is an address without a scheme, more describe."""
    if len(value.split()) == 1:
        return field
    return Field.MATERIAL_DESCRIPTION if field is Field.INFRINGING_URL else None
