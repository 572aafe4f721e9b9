"""JSON records rendered: every leaf a line, with the field that its pointer stands for."""

import re
from collections.abc import Mapping

from noticedesk.intake.jsons import Json, leaves
from noticedesk.intake.rendering import Rendering
from noticedesk.model.document import Field

_INDEX = re.compile(r"/(\d+)(?=/|$)")


def render(
    record: Json, fields: Mapping[str, Field], rendering: Rendering, *, grouped: str = "", at: str = "", group: int = 0
) -> None:
    """Adds every given value of a record; `fields` is keyed by pointer, with "*" for every index, or exactly.

    Answers below the list at pointer `grouped` belong together by its index, counted from 1; otherwise all are of
    one `group`. `at` is the pointer of the record itself.
    """
    for pointer, value in leaves(record):
        if not value.strip():
            continue
        field = fields.get(pointer) or fields.get(pattern_of(pointer))
        rendering.add(label(pointer), value, at + pointer, field, _group(pointer, grouped) or group)


def pattern_of(pointer: str) -> str:
    """A pointer with "*" for every index."""
    return _INDEX.sub("/*", pointer)


def label(pointer: str) -> str:
    """A pointer in words: "/works/0/title" is "Works 1 title"."""
    steps = [str(int(step) + 1) if step.isdecimal() else step for step in pointer.strip("/").split("/")]
    words = " ".join(steps).replace("~1", "/").replace("~0", "~").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else "Value"


def _group(pointer: str, grouped: str) -> int:
    index = _INDEX.match(pointer, len(grouped)) if grouped and pointer.startswith(grouped) else None
    return int(index.group(1)[:9]) + 1 if index else 0
