"""JSON reports: XARF, Lumen, statements of reasons."""

import json
from typing import Any

import pytest

from noticedesk import intake
from noticedesk.model.document import Document
from tests.noticedesk.intake.cases import cases, mail, multipart

CASES = cases("intake_records.yaml")


def read(value: Any) -> tuple[Document, ...]:
    return intake.read(json.dumps(value).encode(), "report.json")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_record_is_read_into_the_fields_of_a_notice(case: dict[str, Any]) -> None:
    documents = read(case["record"])
    assert {document.reader for document in documents} == {case["reader"]}
    found = [
        {f"{answer.field.value}.{answer.group}": answer.value for answer in document.answers if answer.field}
        for document in documents
    ]
    for expected, answers in zip(case["answers"], found, strict=True):
        assert answers | expected == answers
    assert documents[0].problem == case.get("problem", "")
    for document in documents:
        assert all(answer.span and document.text[slice(*answer.span)] == answer.value for answer in document.answers)


def test_evidence_is_listed_and_not_read() -> None:
    (document,) = read(CASES[0]["record"])
    assert [(attachment.media_type, attachment.size) for attachment in document.attachments] == [("text/plain", 5)]
    assert "aGVsbG8" not in document.text and "tracking-7" not in document.text


def test_a_record_attached_to_a_mail_belongs_to_it() -> None:
    report = json.dumps(CASES[0]["record"])
    part = ('Content-Type: application/json; name="xarf.json"', report)
    (document,) = intake.read(multipart(("Content-Type: text/plain", "I have a good faith belief."), part))
    assert document.reader == "xarf" and "good faith" in document.text
    assert document.envelope.sender == "ann@example.org"
    assert [attachment.name for attachment in document.attachments] == ["xarf.json", "evidence-1"]
    assert all(answer.span and document.text[slice(*answer.span)] == answer.value for answer in document.answers)


def test_a_record_in_the_body_of_a_mail_is_read() -> None:
    (document,) = intake.read(mail(json.dumps(CASES[0]["record"])))
    assert document.reader == "xarf" and document.envelope.sender == "ann@example.org"


@pytest.mark.parametrize(
    "raw",
    [
        b'{"xarf_version": ',
        b'{"xarf_version": "4.0.0", "type": ' + b"[" * 100_000,
        b'{"xarf_version": "4.0.0", "type": ' + b"[" * 500 + b"]" * 500 + b"}",
        b'{"xarf_version": 1' + b"0" * 5000 + b"}",
        b'{"xarf_version": "4", "a": "\\ud800", "a": NaN}',
        b'{"decision_ground": 1, "category": 2}',
        b'{"works": [1, null, {"infringing_urls": {}}]}',
    ],
    ids=lambda raw: str(raw[:40]),
)
def test_hostile_json_is_a_document_all_the_same(raw: bytes) -> None:
    (document,) = intake.read(raw)
    assert document.text
