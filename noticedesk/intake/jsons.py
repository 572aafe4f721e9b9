"""JSON from outside: parsed without losing a digit or a repeated key, and walked leaf by leaf."""

import json
from collections.abc import Iterator
from typing import cast

from noticedesk.intake.context import Unreadable

Json = dict[str, "Json"] | list["Json"] | str | bool | None
"""Numbers are kept as they are written, so that an identifier never loses a digit."""

_MAX_DEPTH = 40


def parse(text: str) -> Json:
    """The value of a JSON text; raises Unreadable that says where it is wrong."""
    try:
        value = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_every_pair, strict=False
        )
    except json.JSONDecodeError as error:
        raise Unreadable(f"its JSON is wrong: {error.msg} in line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise Unreadable("its JSON is nested deeper than any report is") from None
    return cast(Json, value)


def opens(raw: bytes) -> bool:
    """Whether the bytes begin as a JSON object or array does."""
    return raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def objects(value: Json) -> list[dict[str, Json]]:
    """The objects of a value that is one object, or a list of them."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def at(value: Json, *keys: str) -> Json:
    """What stands under the keys, one below the other; None where there is nothing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def leaves(value: Json, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every scalar with its JSON pointer (RFC 6901), in order; empty ones too, null as the empty string."""
    if depth > _MAX_DEPTH:
        yield pointer, json.dumps(value, ensure_ascii=False)[:1000]
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{pointer}/{_escaped(key)}", depth + 1)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, f"{pointer}/{number}", depth + 1)
    else:
        yield pointer, _words(value)


def _words(value: str | bool | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else ("yes" if value else "no")


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _every_pair(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object in which a key given twice is kept twice, the second as "key#2"."""
    kept: dict[str, Json] = {}
    times: dict[str, int] = {}
    for key, value in pairs:
        times[key] = times.get(key, 0) + 1
        kept[key if times[key] == 1 else f"{key}#{times[key]}"] = value
    return kept
