"""Reads hostile bytes, in the sandbox's worker: every reader, whether the format is its own or not."""

import time
from dataclasses import dataclass

from noticedesk import intake
from noticedesk.intake import attached
from noticedesk.intake.context import Context, NotMine, Unreadable
from noticedesk.intake.rules import shipped
from noticedesk.model.document import Document


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: how many documents, why a person has to look, and how long it took on the processor."""

    documents: int
    problem: str
    seconds: float


def as_it_arrives(raw: bytes, name: str) -> Outcome:
    """The bytes read as the desk reads them; asserts that what comes out can be stored."""
    began = time.process_time()
    documents = intake.read(raw, name, servers=("mx.m.example",))
    attached.pictures(raw)
    took = time.process_time() - began
    assert documents
    for document in documents:
        _storable(document)
    return Outcome(len(documents), documents[0].problem, took)


def by(reader: str, raw: bytes, name: str) -> Outcome:
    """The bytes read by one reader; whatever it raises but the two things it may is an error."""
    (chosen,) = (one for one in intake.READERS if reader == one.NAME)
    context = Context(shipped(), lambda raw, name, _: intake.read(raw, name))
    began = time.process_time()
    assert 0 <= chosen.score(raw, name) <= 1
    try:
        documents = chosen.read(raw, name, context)
    except (NotMine, Unreadable) as reason:
        return Outcome(0, str(reason), time.process_time() - began)
    took = time.process_time() - began
    for document in documents:
        _storable(document)
    return Outcome(len(documents), "", took)


def _storable(document: Document) -> None:
    """Text that no database refuses, and spans that lie inside it."""
    said = [
        document.text,
        document.problem,
        document.envelope.subject,
        document.envelope.sender,
        document.envelope.message_id,
    ]
    said += [one.name for one in document.attachments] + [answer.value for answer in document.answers]
    for text in said:
        assert "\0" not in text
        text.encode("utf-8")
    assert "\n" not in document.envelope.subject + document.envelope.message_id + document.envelope.sender
    for start, end in [*document.quoted, *(answer.span for answer in document.answers if answer.span)]:
        assert 0 <= start <= end <= len(document.text)
