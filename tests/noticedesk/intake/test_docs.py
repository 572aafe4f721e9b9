"""docs/formats.md is true: its samples are read, and it names every reader and every field."""

import re
from datetime import date
from pathlib import Path

import pytest

from noticedesk import check, intake, regime
from noticedesk.model.document import Field
from noticedesk.model.verdict import Status, UrlRole
from tests.fuzz.samples import packed
from tests.noticedesk.desk.factory import shipped

PAGE = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
SAMPLES = re.findall(r"^```\w+ reads=(\w+) name=(\S+)(?: lacks=\w+)?\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
LACKING = re.findall(r"^```\w+ reads=\w+ name=(\S+) lacks=(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
PACKED = re.findall(r"^\| `([\w-]+\.\w+)` \| `(\w+)` \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("reader", "name", "sample"), SAMPLES, ids=[name for _, name, _ in SAMPLES])
def test_a_sample_is_read_as_the_page_says(reader: str, name: str, sample: str) -> None:
    (document,) = intake.read(sample.encode(), name)
    assert document.problem == ""
    assert "market.example" in document.text or reader == "dsa"
    if reader != "page":
        assert document.reader == reader


@pytest.mark.parametrize(("name", "lacks", "sample"), LACKING, ids=[name for name, _, _ in LACKING])
def test_each_generation_of_a_form_lacks_what_the_page_says(name: str, lacks: str, sample: str) -> None:
    (document,) = intake.read(sample.encode(), name)
    law, reading, _ = shipped()
    found = check.check(document, regime.in_force(law, date(2026, 11, 22)), reading, ("market.example",))
    missing = [one.id for one in found.primary.elements if one.status is Status.MISSING]
    assert missing == ([] if lacks == "nothing" else [lacks])
    assert found.urls_of(UrlRole.REPORTED) == ("https://market.example/item/1",)


@pytest.mark.parametrize(("name", "reader"), PACKED, ids=[name for name, _ in PACKED])
def test_a_sample_that_is_no_text_is_read_as_the_page_says(name: str, reader: str) -> None:
    (document,) = intake.read(packed()[name], name)
    assert (document.reader, document.problem) == (reader, "") and document.text.strip()


def test_there_are_samples() -> None:
    assert len(SAMPLES) > 17 and len(LACKING) == 4 and len(PACKED) == 9


def test_every_reader_is_in_the_table() -> None:
    shown = {reader.NAME for reader in intake.READERS} - {"foreign"}
    assert shown | {"none"} == set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))


def test_every_field_is_named() -> None:
    assert {field.value for field in Field} <= set(re.findall(r"`(\w+)`", PAGE))
