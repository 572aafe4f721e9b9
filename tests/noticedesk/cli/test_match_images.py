import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image, ImageOps

from noticedesk.cli.match import command
from tests.matchers.image.drawings import garment, scene
from tests.matchers.image.files import encoded


def call(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["images", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ours.png").write_bytes(encoded(scene(1)))
    (tmp_path / "copy.jpg").write_bytes(encoded(ImageOps.mirror(scene(1)).crop((20, 20, 440, 400)), "JPEG"))
    (tmp_path / "other.png").write_bytes(encoded(garment(2)))
    (tmp_path / "plain.png").write_bytes(encoded(Image.new("RGB", (200, 200), "red")))
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff and no more")
    return tmp_path


def pairs(folder: Path, *candidates: str) -> Path:
    file = folder / "pairs.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerows([("reference", "candidate"), *(("ours.png", candidate) for candidate in candidates)])
    return file


def test_a_line_a_pair_in_the_order_of_the_file(folder: Path) -> None:
    names = ["copy.jpg", "other.png", "plain.png", "broken.jpg", "ours.png", "absent.png"]
    result = call(pairs(folder, *names))
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["candidate"] for line in lines] == names
    assert [line["band"] for line in lines] == ["match", "none", "unmatchable", "unmatchable", "match", "unmatchable"]
    assert {line["schema"] for line in lines} == {"match-images/1"}
    assert set(lines[0]) >= {"reference", "candidate", "score", "band", "region", "reason", "steps"}
    assert len(lines[0]["region"]) == 4
    assert lines[1]["region"] is None
    assert lines[2]["score"] is None


def test_two_pictures_are_told_in_words_and_drawn(folder: Path) -> None:
    out = folder / "explained.png"
    result = call(folder / "ours.png", folder / "copy.jpg", "--explain", out)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("match (")
    assert "where: mirrored" in result.stdout
    assert Image.open(io.BytesIO(out.read_bytes())).width > 1000


def test_a_csv_without_its_columns_is_refused_with_their_names(folder: Path) -> None:
    file = folder / "wrong.csv"
    file.write_text("a,b\n1,2\n")
    result = call(file)
    assert "has no column reference" in str(result.exception)


def test_a_picture_alone_is_refused(folder: Path) -> None:
    assert "is not text" in str(call(folder / "ours.png").exception)


@pytest.mark.parametrize("extra", [["ours.png", "ours.png"], ["--explain", "x.png"]])
def test_what_does_not_go_together_is_wrong_usage(folder: Path, extra: list[str]) -> None:
    files = [str(folder / name) if name == "ours.png" else name for name in extra]
    assert call(pairs(folder, "copy.jpg"), *files).exit_code == 2
