"""docs/channels.md is true: its sources are read as they stand, and it names every kind."""

import re
from pathlib import Path

import pytest
import yaml

from noticedesk.intake.channels import CHANNELS, Source, mailserver
from noticedesk.settings import conform, data_folder

PAGE = (Path(__file__).parents[4] / "docs" / "channels.md").read_text(encoding="utf-8")
SAMPLES = re.findall(r"^```yaml source\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("sample", SAMPLES, ids=range(len(SAMPLES)))
def test_a_source_is_written_as_the_page_says(sample: str) -> None:
    source = conform(yaml.safe_load(sample), Source, "channels.md")
    if source.kind == "imap":
        assert mailserver.mail_server(source).user == "notices@market.example"


def test_every_kind_is_in_the_table() -> None:
    assert {channel.KIND for channel in CHANNELS} == set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) & {
        "folder",
        "maildir",
        "imap",
        "drop",
    }


def test_the_examples_in_the_comments_can_be_uncommented() -> None:
    text = (data_folder("config") / "sources.yaml").read_text(encoding="utf-8")
    blocks = re.findall(r"^# - id: .*\n(?:^#   .*\n)+", text, re.MULTILINE)
    found = [yaml.safe_load(block.replace("# ", "", 1).replace("\n# ", "\n"))[0] for block in blocks]
    assert {conform(entry, Source, "sources.yaml").kind for entry in found} == {channel.KIND for channel in CHANNELS}
