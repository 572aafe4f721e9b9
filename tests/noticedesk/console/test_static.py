"""What is shipped from npm is what it was; templates hold nothing that the content policy would refuse."""

import hashlib
import re
from pathlib import Path

import pytest
import yaml

from noticedesk.console.render import FOLDER, STATIC

VENDOR = STATIC / "vendor"
LISTED = yaml.safe_load((VENDOR / "VENDOR.yaml").read_text(encoding="utf-8"))
FORBIDDEN = re.compile(
    r"""\son[a-z]+=|\sstyle=|javascript:|hx-on|hx-vals=.?js:|<script(?![^>]*\ssrc=)|<style|https?://"""
)


@pytest.mark.parametrize("item", LISTED, ids=lambda item: item["name"])
def test_a_shipped_file_is_unchanged_and_has_its_licence(item: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / item["file"]).read_bytes()).hexdigest() == item["sha256"]
    assert (VENDOR / item["licence_file"]).read_text(encoding="utf-8").strip()
    assert item["version"] in item["file"]


def test_nothing_else_is_shipped() -> None:
    listed = {name for item in LISTED for name in (item["file"], item["licence_file"])}
    assert {path.name for path in VENDOR.iterdir()} == listed | {"VENDOR.yaml"}


@pytest.mark.parametrize("path", sorted((FOLDER / "templates").glob("*.html")), ids=lambda path: path.name)
def test_a_template_holds_no_script_style_or_foreign_address(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == []
