"""Any bytes are documents: no reader raises, none loses what it was given."""

import dataclasses
import json
import os
import pickle
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk import intake
from noticedesk.intake import READERS, context
from noticedesk.model.document import Document
from tests.noticedesk.intake import test_acns, test_dump, test_pgp, test_webform
from tests.noticedesk.intake.cases import mail, multipart
from tests.noticedesk.intake.compound import message
from tests.noticedesk.intake.test_pdf import written
from tests.noticedesk.intake.test_word import paragraph
from tests.noticedesk.intake.test_word import written as docx
from tests.noticedesk.intake.workbooks import ods, ods_row, texts, workbook

EXAMPLES = int(os.environ.get("NOTICEDESK_SOAK", "0")) * 2000 + 25
SAMPLES = {
    "mail": mail(),
    "parts": multipart(
        ("Content-Type: text/plain", "Dear agent"), ("Content-Type: text/csv", "url\nhttp://m.example/1")
    ),
    "webform": json.dumps(test_webform.FORM).encode(),
    "outlook": message("Dear agent", sender="ann@example.org", files={"a.txt": b"words"}),
    "pdf": written("Dear agent"),
    "xlsx": workbook({"A": texts(1, "Infringing URL", "Title") + texts(2, "http://m.example/1", "Salt")}),
    "ods": ods(ods_row("Infringing URL", "Title") + ods_row("http://m.example/1", "Salt")),
    "word": docx(paragraph("Dear agent")),
    "pgp": test_pgp.SIGNED.encode(),
    "page": b"<html><body><p>Dear <a href='x'>agent</a></p></body></html>",
    "acns": test_acns.XML.encode(),
    "xarf": b'{"xarf_version": "4.2.0", "type": "copyright", "infringing_url": "http://m.example/1", "evidence": [{}]}',
    "lumen": b'{"dmca": {"works": [{"description": "Salt", "infringing_urls": [{"url": "http://m.example/1"}]}]}}',
    "dsa": b'{"decision_ground": "X", "category": "Y", "content_type": ["A"]}',
    "table": b"Infringing URL;Title;X\nhttp://m.example/1;Salt;1\n",
    "form": test_dump.MACHINE.encode(),
    "letter": b"Dear agent,\nmy picture is used.\n",
}
NAMES = ["", "a.eml", "a.csv", "a.html", "a.xlsx", "a.txt", "a.json", "../x\x00"]


def _strings(value: object) -> list[str]:
    """Every string in a document, however deep."""
    if dataclasses.is_dataclass(value):
        return [word for field in dataclasses.fields(value) for word in _strings(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [word for item in value for word in _strings(item)]
    return [value] if isinstance(value, str) else []


def whole(documents: tuple[Document, ...]) -> None:
    """What holds for every delivery, whatever was in it."""
    assert documents and [document.part for document in documents] == list(range(len(documents)))
    for document in documents:
        assert document.text or document.problem
        assert "failed" not in document.problem, document.problem
        for words in _strings(document):
            assert "\x00" not in words
            words.encode()
        for answer in document.answers:
            assert answer.span and document.text[slice(*answer.span)] == answer.value
        assert all(0 <= start < end <= len(document.text) for start, end in document.quoted)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_read_by_a_reader_of_its_own(name: str) -> None:
    documents = intake.read(SAMPLES[name])
    whole(documents)
    assert documents[0].reader != "none" and documents[0].problem == ""


def test_every_reader_has_a_name_of_its_own_and_a_score_within_bounds() -> None:
    assert len({reader.NAME for reader in READERS}) == len(READERS)
    assert all(0 <= reader.score(raw, "") <= 1 for reader in READERS for raw in [*SAMPLES.values(), b"", b"\x00"])


@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(NAMES))
def test_any_bytes_are_at_least_one_document(raw: bytes, name: str) -> None:
    whole(intake.read(raw, name))


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
@given(st.data())
def test_a_damaged_sample_is_a_document_all_the_same(kind: str, data: st.DataObject) -> None:
    raw = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        raw[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=20))
    whole(intake.read(bytes(raw), data.draw(st.sampled_from(NAMES))))


def test_the_same_bytes_are_the_same_documents_and_can_cross_a_process() -> None:
    first = intake.read(SAMPLES["parts"])
    assert pickle.loads(pickle.dumps(first)) == first == intake.read(SAMPLES["parts"])


def test_nothing_and_too_much_go_to_a_person() -> None:
    assert intake.read(b"")[0].problem == intake.read(b" \n")[0].problem == "the file is empty"
    (document,) = intake.read(b"x" * 11, largest=10)
    assert document.problem.startswith("11 bytes are more than the 10") and document.text == ""
    assert intake.read(b"x" * 10, largest=10)[0].text == "x" * 10


def test_a_defect_of_a_reader_is_told_with_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(raw: bytes, name: str, within: context.Context) -> context.Documents:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(intake.letter, "read", broken)
    (document,) = intake.read(b"Dear agent")
    assert document.problem == "reading it as letter failed (ZeroDivisionError: oops)" and document.text == "Dear agent"


READ_AS = {
    "acns/eml/*.eml": "acns",
    "acns/xml/*.xml": "acns",
    "xarf/*/samples/*.json": "xarf",
    "xarf/abusix_v*/*_sample.json": "xarf",
    "xarf/abusix_v*/invalid_*.json": "xarf",
    "dsa/*.json": "dsa",
    "lumen/*_source*.txt": "form",
    "lumen/*.html": "form",
    "lumen/*.csv": "table",
}
"""Which reader the samples of other projects are for."""


@pytest.mark.data
@pytest.mark.skipif("NOTICEDESK_DATA" not in os.environ, reason="NOTICEDESK_DATA names no folder of measuring data")
def test_every_format_sample_is_read() -> None:
    folder = Path(os.environ["NOTICEDESK_DATA"]) / "notices" / "formats"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        documents = intake.read(path.read_bytes(), path.name)
        whole(documents)
        for pattern, reader in READ_AS.items():
            # a few samples are stubs of some bytes
            if path.relative_to(folder).match(pattern) and path.stat().st_size > 100:
                assert {document.reader for document in documents} == {reader}, path
                assert all(document.answers for document in documents), path


@pytest.mark.data
@pytest.mark.skipif("NOTICEDESK_DATA" not in os.environ, reason="NOTICEDESK_DATA names no folder of measuring data")
def test_every_letter_of_the_corpus_is_read_whole() -> None:
    count = 0
    with tarfile.open(Path(os.environ["NOTICEDESK_DATA"]) / "notices" / "corpus_dev_raw.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None and member.name.endswith(".md"):
                whole(intake.read(file.read(), member.name.rpartition("/")[2]))
                count += 1
    assert count > 1000
