"""The web form: every value an answer with its span, every mistake named by its pointer, nothing lost."""

import json
from typing import Any

import pytest

from noticedesk import intake
from noticedesk.model.document import Document, Field
from tests.noticedesk.intake.cases import cases

CASES = cases("intake_webform.yaml")
FORM: dict[str, Any] = {
    "schema": "noticedesk/complaint/1",
    "right": "copyright",
    "service": "market",
    "principal": {"name": "Ann Example", "email": "ann@example.org", "address": "1 Road, Town", "phone": "+1 555 0100"},
    "works": [
        {"title": "Sunset", "kind": "photograph", "urls": ["https://ann.example.org/sunset"]},
        {"title": "Dawn", "urls": ["https://ann.example.org/dawn"], "media": ["https://ann.example.org/dawn.jpg"]},
    ],
    "listings": ["https://market.example/item/0012345678901234567890"],
    "statements": {"good_faith": True, "accuracy": "I swear that this is accurate.", "authority": False},
    "signature": "/s/ Ann Example",
    "message": "Please remove it.\nThank you.",
}


def read(form: Any) -> Document:
    (document,) = intake.read(json.dumps(form).encode())
    return document


def test_every_value_is_an_answer_whose_span_points_at_it() -> None:
    document = read(FORM)
    assert document.reader == "webform" and document.problem == ""
    answers = {answer.question: answer for answer in document.answers}
    assert answers["/works/1/title"].value == "Dawn"
    assert answers["/statements/good_faith"].value == "yes"
    assert answers["/statements/authority"].value == "no"
    for answer in document.answers:
        assert answer.span is not None and document.text[slice(*answer.span)] == answer.value


def test_what_belongs_to_a_work_shares_its_group() -> None:
    document = read(FORM)
    assert [answer.value for answer in document.answers_to(Field.ORIGINAL_URL, 2)] == ["https://ann.example.org/dawn"]
    assert [answer.group for answer in document.answers_to(Field.INFRINGING_URL)] == [0]


def test_the_text_is_readable() -> None:
    assert "Principal name: Ann Example\n" in read(FORM).text
    assert "Works 1 title: Sunset\n" in read(FORM).text


def test_numbers_keep_every_digit() -> None:
    raw = b'{"schema": "noticedesk/complaint/1", "works": [{"registration": 00012}], "x": 1}'
    assert "JSON is wrong" in intake.read(raw)[0].problem
    (document,) = intake.read(raw.replace(b"00012", b"12345678901234567890123"))
    assert document.answers_to(Field.REGISTRATION_NUMBER)[0].value == "12345678901234567890123"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_mistake_is_named_by_its_pointer_and_nothing_is_lost(case: dict[str, Any]) -> None:
    document = read({"schema": "noticedesk/complaint/1"} | case["form"])
    assert document.problem.startswith(case["problem"])
    for word in case.get("kept", []):
        assert word in document.text
