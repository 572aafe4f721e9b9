"""The README tells the truth: its commands exist, its files are there."""

import re
import shlex
from pathlib import Path

import pytest

from noticedesk.cli import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CALLS = sorted({line.split("#")[0].strip() for line in README.splitlines() if line.startswith("noticedesk ")})


@pytest.mark.parametrize("call", CALLS)
def test_a_command_of_the_readme_exists(call: str) -> None:
    assert shlex.split(call)[1] in COMMANDS


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)]+)\)", README))
def test_a_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("name", re.findall(r"^\| (.*?) \|", README, re.MULTILINE)[2:])
def test_a_file_of_the_configuration_is_there(name: str) -> None:
    for part in re.findall(r"`([^`]+)`", name):
        assert (ROOT / "config" / part).exists()


def test_the_two_commands_stand_at_the_top() -> None:
    assert README.index("make demo") < README.index("make test") < 700
