"""docs/formats.md is true: its samples are read, and it names every reader and every field."""

import re
from pathlib import Path

import pytest

from noticedesk import intake
from noticedesk.model.document import Field

PAGE = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
SAMPLES = re.findall(r"^```\w+ reads=(\w+) name=(\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("reader", "name", "sample"), SAMPLES, ids=[name for _, name, _ in SAMPLES])
def test_a_sample_is_read_as_the_page_says(reader: str, name: str, sample: str) -> None:
    (document,) = intake.read(sample.encode(), name)
    assert document.problem == ""
    assert "market.example" in document.text or reader == "dsa"
    if reader != "page":
        assert document.reader == reader


def test_there_are_samples() -> None:
    assert len(SAMPLES) > 9


def test_every_reader_is_in_the_table() -> None:
    shown = {reader.NAME for reader in intake.READERS} - {"foreign"}
    assert shown | {"none"} == set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))


def test_every_field_is_named() -> None:
    assert {field.value for field in Field} <= set(re.findall(r"`(\w+)`", PAGE))
