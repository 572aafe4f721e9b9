"""Marks are found in the titles of the listings that the database keeps."""

import json
import shutil
from pathlib import Path

import pytest

from noticedesk import cli, store
from noticedesk.store import records
from tests.noticedesk.desk.factory import empty_database
from tests.noticedesk.store.factory import listing


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    shutil.copy(empty_database(), tmp_path / "claims.db")
    db = store.open(f"sqlite:///{tmp_path / 'claims.db'}")
    with db.write() as tx:
        records.add(tx, [listing(title=title) for title in ("Blue lamp", "V4ntr3llo shoes", "Oak Meridian lamp", "")])
    db.close()
    return tmp_path


def run(*args: str) -> int:
    try:
        cli.main(["match", "listings", *args])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_titles_that_hold_a_mark_are_told_with_band_and_reason(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("Vantrello", "Oak Meridian", "--json") == 0
    found = {row["title"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert {title: row["mark"] for title, row in found.items()} == {
        "V4ntr3llo shoes": "Vantrello",
        "Oak Meridian lamp": "Oak Meridian",
    }
    assert {row["schema"] for row in found.values()} == {"match-listings/1"}
    assert found["Oak Meridian lamp"]["band"] == "strong"
    assert "look-alike" in found["V4ntr3llo shoes"]["reason"]


def test_a_mark_that_no_title_holds_is_told_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("Haddonwick") == 0
    assert capsys.readouterr().out.strip() == "No title holds any of them."


def test_a_mark_has_to_be_named(home: Path) -> None:
    assert run() == 2
