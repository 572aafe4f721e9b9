"""The documentation is complete: every schema that a command prints is described."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCHEMA = re.compile(r'"([a-z-]+/1)"')


def test_every_schema_is_described() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "noticedesk").rglob("*.py"))
    described = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    printed = {name for name in SCHEMA.findall(code) if not name.startswith("noticedesk/")}
    assert printed
    assert {name for name in printed if f"`{name}`" not in described} == set()
