import json
import shutil
from pathlib import Path

import pytest

from noticedesk import cli, store
from tests.noticedesk.desk.factory import empty_database
from tests.noticedesk.store.test_figures import busy


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    shutil.copy(empty_database(), tmp_path / "claims.db")
    db = store.open(f"sqlite:///{tmp_path / 'claims.db'}")
    with db.write() as tx:
        busy(tx)
    db.close()
    return tmp_path


def run(*args: str) -> int:
    try:
        cli.main(["report", *args])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_the_reports_are_listed_and_one_is_printed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json") == 0
    listed = [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()]
    assert {"claims", "trends", "advice"} <= set(listed)
    assert run("claims", "--from", "2026-03-01", "--json") == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["schema"], row["report"], row["day"], row["claims"]) == ("report/1", "claims", "2026-03-02", 4)


def test_files_are_written_instead_of_the_screen(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [home / f"out.{kind}" for kind in ("csv", "xlsx", "parquet")]
    assert run("holders", "--csv", str(paths[0]), "--xlsx", str(paths[1]), "--parquet", str(paths[2])) == 0
    assert all(path.stat().st_size > 0 for path in paths)
    assert capsys.readouterr().out == ""


def test_a_wrong_name_is_an_error_with_the_nearest(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("holder") == 1
    assert "did you mean holders" in capsys.readouterr().err
