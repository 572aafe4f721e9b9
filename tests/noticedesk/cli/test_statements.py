"""`noticedesk statements` on a desk where none is due, and in its help."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from noticedesk.cli import cli
from tests.noticedesk.desk.factory import opened


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with opened(tmp_path):
        monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    return tmp_path


def test_nothing_is_due_on_an_empty_desk(home: Path) -> None:
    listed = CliRunner().invoke(cli, ["statements", "list"])
    assert listed.stdout == "No statement is due.\n"
    assert listed.stderr.startswith("Statements to the transparency database are off: `database`")
    assert CliRunner().invoke(cli, ["statements", "export"]).output == "\n"


def test_what_is_not_switched_on_is_said_before_anything_is_queued(home: Path) -> None:
    ended = CliRunner().invoke(cli, ["statements", "queue"])
    assert "set `database` in transparency.yaml" in str(ended.exception)
