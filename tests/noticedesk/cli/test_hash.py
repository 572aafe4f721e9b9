"""noticedesk hash: bit for bit imagehash, hostile files said and passed by, a stopped run goes on."""

import csv
import json
from pathlib import Path

import imagehash
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from noticedesk import http
from noticedesk.cli import hashing
from noticedesk.cli.hash import command
from noticedesk.sandbox import Sandbox
from tests.matchers.image.drawings import garment, scene
from tests.matchers.image.files import bomb, encoded


def call(*arguments: object) -> Result:
    return CliRunner().invoke(command, list(map(str, arguments)))


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pictures"
    (made / "deep").mkdir(parents=True)
    for number in range(5):
        (made / f"{number}.jpg").write_bytes(encoded(scene(number), "JPEG"))
    (made / "deep" / "5.PNG").write_bytes(encoded(garment(5)))
    (made / "6.png").write_bytes(bomb(40000))
    (made / "notes.txt").write_text("no picture")
    return made


def test_a_folder_is_hashed_bit_for_bit_as_imagehash_does(folder: Path) -> None:
    result = call(folder)
    assert result.exit_code == 0, result.output
    found = {Path(str(row["source"])).name: row for row in rows(result.stdout)}
    assert set(found) == {*(f"{number}.jpg" for number in range(5)), "5.PNG", "6.png"}
    for name, row in found.items():
        if name != "6.png":
            assert row["phash"] == str(imagehash.phash(Image.open(str(row["source"]))))
    assert (found["6.png"]["phash"], found["6.png"]["again"]) == (None, False)
    assert "more pixels" in str(found["6.png"]["problem"])


def test_a_run_that_was_killed_goes_on_where_it_stood(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert call(folder, "--out", out).exit_code == 0
    whole = out.read_text()
    kept = whole.splitlines(keepends=True)[:3]
    out.write_text("".join(kept) + '{"schema": "picture-ha')
    assert call(folder, "--out", out).exit_code == 0
    assert out.read_text() == whole


def test_the_fast_hash_is_near_and_never_called_phash(folder: Path, tmp_path: Path) -> None:
    exact, fast = ({row["source"]: row for row in rows(call(folder, *more).stdout)} for more in ([], ["--fast"]))
    for name, row in fast.items():
        assert "phash" not in row
        if row["phash_fast"]:
            assert (int(str(row["phash_fast"]), 16) ^ int(str(exact[name]["phash"]), 16)).bit_count() <= 6
    out = tmp_path / "out.jsonl"
    assert call(folder, "--out", out).exit_code == 0
    assert "holds no phash_fast" in str(call(folder, "--out", out, "--fast").exception)


def test_a_file_that_holds_something_else_is_not_written_to(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("my notes\n")
    assert "holds other lines" in str(call(folder, "--out", out).exception)
    assert out.read_text() == "my notes\n"


def test_urls_go_through_the_guarded_door_and_what_may_come_later_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[http.Policy] = []
    down = {"https://b.example/1.jpg"}

    def fetch(url: str, policy: http.Policy) -> http.Page:
        asked.append(policy)
        if url in down:
            raise http.Unreachable(url, "no answer", True)
        return http.Page(url, 200, {}, encoded(scene(1), "JPEG"))

    monkeypatch.setattr(http, "fetch", fetch)
    source, out = tmp_path / "urls.csv", tmp_path / "out.jsonl"
    with source.open("w", newline="") as file:
        csv.writer(file).writerows([["url"], ["https://a.example/1.jpg"], ["https://b.example/1.jpg"]])
    assert call(source, "--out", out).exit_code == 75
    down.clear()
    assert call(source, "--out", out).exit_code == 0
    assert [(row["source"], bool(row["phash"])) for row in rows(out.read_text())] == [
        ("https://a.example/1.jpg", True),
        ("https://b.example/1.jpg", False),
        ("https://b.example/1.jpg", True),
    ]
    assert asked == [http.MEDIA] * 3


def test_private_addresses_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "urls.csv"
    source.write_text("url\nhttp://127.0.0.1:9/1.jpg\n")
    (row,) = rows(call(source).stdout)
    assert (row["phash"], row["again"]) == (None, False)


def test_a_csv_without_urls_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "urls.csv"
    source.write_text("name\nx\n")
    assert "neither a column url" in str(call(source).exception)


def test_a_picture_that_ends_its_worker_takes_no_other_with_it(folder: Path) -> None:
    wanted = [str(folder / "0.jpg"), str(folder / "1.jpg")]
    with Sandbox(1, seconds=0.0001, tasks=1) as sandbox:
        found = list(hashing.lines(sandbox, wanted, "phash"))
    assert [line.source for line in found] == wanted
    assert all("took longer" in line.problem for line in found)
