"""The OpenAPI document is complete and honest: whatever is sent, no 500, and no answer that it does not describe."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema, Case, GenerationMode

from noticedesk.api.app import create_app
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import takeover
from tests.noticedesk.api.factory import sender, terms
from tests.noticedesk.desk.factory import opened
from tests.noticedesk.desk.receiver import INBOUND

Modes = Iterable[GenerationMode]
BOTH, VALID = tuple(GenerationMode), (GenerationMode.POSITIVE,)
OPERATIONS = [
    ("/v1/complaints", "POST", BOTH),
    # whatever its lines are, a batch is taken, and each line has a result of its own
    ("/v1/complaints/batch", "POST", VALID),
    ("/v1/status/{token}", "GET", VALID),
    ("/v1/check", "POST", VALID),
    ("/v1/platform/events", "POST", BOTH),
    ("/healthz", "GET", VALID),
]
REQUESTS = pytest.mark.parametrize(("path", "method", "modes"), OPERATIONS)


PATIENCE = 120
"""Seconds that an answer may take on a machine with other work; how long it takes is not asked here."""


@schemathesis.serializer("application/x-ndjson")
def as_rows(context: object, value: str) -> bytes:
    """The body of a batch as it is sent."""
    return value.encode()


@dataclass(frozen=True)
class Fuzzed:
    """One desk for the whole run, its document, and a sender's header."""

    desk: Desk
    schema: BaseSchema
    token: dict[str, str]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    with opened(tmp_path_factory.mktemp("fuzzed")) as made:
        desk = replace(made, settings=replace(made.settings, platform_secret=INBOUND))
        app = create_app(desk, terms(desk))
        yield Fuzzed(desk, schemathesis.openapi.from_asgi("/openapi.json", app), sender(desk)[1])


def fuzz(fuzzed: Fuzzed, path: str, method: str, modes: Modes, count: int) -> None:
    """Sends what the document allows and what it does not; every answer is a documented one, and none is a 500."""
    headers = {"Authorization": fuzzed.token["authorization"]} if "complaints" in path else {}
    for mode in modes:
        strategy = fuzzed.schema[path][method].as_strategy(generation_mode=mode)

        @settings(max_examples=count, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=strategy)
        def holds(case: Case) -> None:
            case.call_and_validate(headers=headers, timeout=PATIENCE)

        holds()


@REQUESTS
def test_every_answer_is_a_documented_one(
    fuzzed: Fuzzed, path: str, method: str, modes: Iterable[GenerationMode]
) -> None:
    fuzz(fuzzed, path, method, modes, 12)


@pytest.mark.soak
@REQUESTS
def test_every_answer_is_a_documented_one_many_times(
    fuzzed: Fuzzed, path: str, method: str, modes: Iterable[GenerationMode]
) -> None:
    fuzz(fuzzed, path, method, modes, 1500)


def test_every_operation_of_the_document_is_fuzzed(fuzzed: Fuzzed) -> None:
    paths = fuzzed.schema.raw_schema["paths"]
    known = {(path, method.upper()) for path in paths for method in paths[path]}
    assert known == {(path, method) for path, method, _ in OPERATIONS}


def test_what_goes_out_to_senders_is_described_beside_what_comes_in(fuzzed: Fuzzed) -> None:
    told = fuzzed.schema.raw_schema["webhooks"]["submission.status_changed"]["post"]
    body = told["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/News"} and "data" in _shape(fuzzed, body)["properties"]


def _shape(fuzzed: Fuzzed, reference: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = fuzzed.schema.raw_schema["components"]["schemas"][reference["$ref"].rpartition("/")[2]]
    return found


def test_what_was_fuzzed_in_is_taken_over_without_an_error(fuzzed: Fuzzed) -> None:
    fuzz(fuzzed, "/v1/complaints", "POST", VALID, 12)
    tally = takeover.take_over(fuzzed.desk)
    assert tally.errors == {} and tally.taken
