import shutil
from pathlib import Path

import pytest

from tests.kill.house import Post, desk_at


def test_who_looks_for_a_database_finds_none_or_a_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there_while_copied: list[bool] = []
    copy = shutil.copy

    def watched(source: Path, target: Path) -> Path:
        done = Path(copy(source, target))
        there_while_copied.append((tmp_path / "claims.db").exists())
        return done

    monkeypatch.setattr(shutil, "copy", watched)
    with desk_at(tmp_path, 1, Post("", "")):
        assert (tmp_path / "claims.db").exists()
    assert there_while_copied == [False]
