"""What starts noticedesk on a machine names commands that exist, and the units are confined."""

import configparser
import re
from pathlib import Path

import pytest

from noticedesk.cli import COMMANDS

ROOT = Path(__file__).parent.parent
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictSUIDSGID": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
}


class _Unit(configparser.RawConfigParser):
    """A unit file: names keep their case, and the last of several lines of one name wins."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def unit(path: Path) -> configparser.RawConfigParser:
    parsed = _Unit(strict=False, interpolation=None)
    parsed.read(path, encoding="utf-8")
    return parsed


def commands(line: str) -> str:
    found = re.search(r"noticedesk ([a-z]+)", line)
    assert found, line
    return found.group(1)


def test_there_is_a_unit_for_each_process() -> None:
    assert {commands(unit(path)["Service"]["ExecStart"]) for path in UNITS} == {"serve", "api", "console"}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_a_command_that_exists_and_is_confined(path: Path) -> None:
    service = unit(path)["Service"]
    assert commands(service["ExecStart"]) in COMMANDS
    assert commands(service["ExecStartPre"]) in COMMANDS
    assert {name: service[name] for name in HARDENED} == HARDENED
    assert service["User"] != "root"
    assert unit(path)["Install"]["WantedBy"] == "multi-user.target"


def test_the_procfile_starts_the_same_commands() -> None:
    lines = [line.partition(":") for line in (ROOT / "Procfile").read_text().splitlines()]
    assert {name: commands(command) for name, _, command in lines} == {
        name: name for name in ("serve", "api", "console")
    }


def test_every_command_that_the_operating_page_names_exists() -> None:
    named = set(re.findall(r"(?:`|^)noticedesk ([a-z]+)", OPERATING, re.MULTILINE))
    assert {"serve", "metrics", "db", "audit"} <= named
    assert named <= set(COMMANDS)


def test_every_metric_that_exists_is_named_and_the_other_way_round() -> None:
    from noticedesk.desk.metrics import FAMILIES

    named = set(re.findall(r"noticedesk_[a-z_]+", OPERATING))
    assert named == {name for _, name, _, _ in FAMILIES}
