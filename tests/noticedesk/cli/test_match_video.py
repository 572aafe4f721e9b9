import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from noticedesk.cli.match import command
from tests.matchers.image.files import encoded
from tests.matchers.video.films import film, shots


def call(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["video", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ours.mp4").write_bytes(film(shots([1, 2])))
    (tmp_path / "still.png").write_bytes(encoded(shots([1])[3].resize((640, 480))))
    (tmp_path / "theirs.mkv").write_bytes(film(shots([50, 1, 2]), form="matroska"))
    (tmp_path / "broken.mp4").write_bytes(b"\0\0\0\x1cftypisom and no more")
    return tmp_path


def test_a_line_says_which_seconds_show_which(folder: Path) -> None:
    result = call(folder / "ours.mp4", folder / "theirs.mkv", "--json")
    assert result.exit_code == 0, result.output
    line = json.loads(result.stdout)
    assert (line["schema"], line["band"]) == ("match-video/1", "match")
    (stretch,) = line["stretches"]
    assert stretch["candidate"] == pytest.approx([2, 5], abs=1)
    assert stretch["reference"] == pytest.approx([0, 3], abs=1)
    assert stretch["frames"] >= 3


def test_a_still_is_found_and_told_in_words(folder: Path) -> None:
    result = call(folder / "still.png", folder / "theirs.mkv")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("match (")
    assert "of theirs show" in result.stdout


def test_what_cannot_be_opened_is_unmatchable_and_says_why(folder: Path) -> None:
    line = json.loads(call(folder / "ours.mp4", folder / "broken.mp4", "--json").stdout)
    assert (line["band"], line["score"], line["stretches"]) == ("unmatchable", None, [])
    assert line["reason"].startswith("theirs cannot be read: damaged or cut off")
