"""The platform contract: what is sent and received, held against its JSON Schemas in config/platform."""

import json
from collections.abc import Mapping
from functools import cache

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from noticedesk.settings import data_folder

FOLDER = data_folder("config") / "platform"
"""The schemas are a contract and no configuration: they are those of this version, whatever NOTICEDESK_CONFIG names."""

Fields = Mapping[str, object]


class NotConforming(ValueError):
    """A message that is not of the form that the contract gives it; says where."""


def names() -> tuple[str, ...]:
    """The names of all schemas, such as `action.requested`."""
    return tuple(sorted(path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json")))


def read(name: str, body: bytes | str) -> Fields:
    """The fields of a JSON message of the named schema; raises NotConforming."""
    return conform(name, parsed(body))


def parsed(body: bytes | str) -> Fields:
    """The fields of a JSON object, of whatever schema; raises NotConforming."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotConforming(f"not JSON: {error}") from None
    if not isinstance(said, dict):
        raise NotConforming("not a JSON object")
    return said


def conform(name: str, said: Fields) -> Fields:
    """The fields themselves; raises NotConforming that names what is wrong by JSON pointer."""
    problems = sorted(_validator(name).iter_errors(said), key=lambda error: list(map(str, error.absolute_path)))
    if problems:
        told = [f"/{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in problems[:3]]
        raise NotConforming(f"not a {name}: {'; '.join(told)}")
    return said


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")))
