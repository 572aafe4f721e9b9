"""The platform contract: every schema is a good one, and every example of its page conforms to its schema."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from noticedesk.desk.act import contract

PAGE = (Path(__file__).parents[4] / "docs" / "platform.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```(json|csv) schema=([a-z.]+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("name", contract.names())
def test_every_schema_is_a_schema_and_has_an_example_on_the_page(name: str) -> None:
    schema = json.loads((contract.FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert name in {shown for _, shown, _ in EXAMPLES}


@pytest.mark.parametrize(("kind", "name", "text"), EXAMPLES, ids=[name for _, name, _ in EXAMPLES])
def test_every_example_on_the_page_conforms(kind: str, name: str, text: str) -> None:
    rows = list(csv.DictReader(io.StringIO(text))) if kind == "csv" else [json.loads(text)]
    assert rows
    for row in rows:
        contract.conform(name, row)


def example(name: str) -> dict[str, object]:
    return json.loads(next(text for _, shown, text in EXAMPLES if shown == name))


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("action.confirmed", {"idempotency_key": "no spaces please"}, "/data/idempotency_key: 'no spaces please'"),
        ("action.confirmed", {"idempotency_key": 7}, "/data/idempotency_key: 7 is not of type 'string'"),
        ("action.failed", {"why": ""}, "/data/why"),
        ("listing.deleted", {"by": "the cat"}, "/data/by"),
        ("account.closed", {"at": "yesterday"}, "/data/at"),
        ("action.requested", {"action": "restore"}, "/data/measures"),
        ("action.requested", {"colour": "red"}, "/data: Additional properties"),
    ],
)
def test_what_does_not_conform_is_told_by_its_place(name: str, change: dict[str, object], told: str) -> None:
    said = example(name)
    data = said["data"]
    assert isinstance(data, dict)
    with pytest.raises(contract.NotConforming, match=re.escape(told)):
        contract.conform(name, said | {"data": data | change})


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_told(body: bytes) -> None:
    with pytest.raises(contract.NotConforming, match=r"not (JSON|a JSON object)"):
        contract.read("action.confirmed", body)


def test_the_schemas_lie_where_the_configuration_is_found_also_in_a_wheel() -> None:
    assert contract.FOLDER.parent.name == "config"
    assert set(contract.names()) == {
        "account",
        "account.row",
        "account.closed",
        "action.confirmed",
        "action.failed",
        "action.requested",
        "answer",
        "letter.confirmed",
        "letter.failed",
        "letter.requested",
        "listing.deleted",
        "listing.edited",
    }
