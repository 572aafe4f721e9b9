"""noticedesk match marks, use, products, names, passages: lines in, lines out, errors that name the line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from noticedesk.cli import cli
from noticedesk.cli.match_text import InputError

PASSAGE = "The lamp is turned from one piece of oak, oiled by hand and dried for six weeks in the loft"


def lines(tmp_path: Path, command: list[str], *rows: object) -> list[dict[str, Any]]:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    run = CliRunner().invoke(cli, ["match", *command, str(file)], catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return [json.loads(line) for line in run.output.splitlines()]


@pytest.fixture
def marks(tmp_path: Path) -> str:
    file = tmp_path / "marks.csv"
    file.write_text("key,mark\nvantrello,Vantrello\napple,Apple\n", encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("fast", [[], ["--fast"]])
def test_marks_are_listed_with_band_use_span_and_reason(tmp_path: Path, marks: str, fast: list[str]) -> None:
    (line, nothing) = lines(
        tmp_path, ["marks", "--marks", marks, *fast], {"id": "t1", "title": "Vantrelo shoes"}, {"id": 2, "title": "?"}
    )
    assert (line["schema"], line["id"]) == ("match-marks/1", "t1")
    (hit,) = line["hits"]
    assert (hit["mark"], hit["band"], hit["span"]) == ("Vantrello", "strong", [0, 8])
    assert 0.9 < hit["score"] < 1
    assert "Vantrelo" in hit["reason"] and hit["use"] == "brand"
    assert (nothing["id"], nothing["hits"]) == (2, [])


def test_an_ordinary_word_is_never_strong_by_its_text_alone(tmp_path: Path, marks: str) -> None:
    (line,) = lines(tmp_path, ["marks", "--marks", marks], {"title": "Dried apple rings"})
    assert [(hit["mark"], hit["score"], hit["band"]) for hit in line["hits"]] == [("Apple", 1.0, "borderline")]


def test_the_use_of_a_mark_is_said(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, ["use", "--json"], {"id": "u", "title": "Laces for Vantrello shoes", "mark": "Vantrello"})
    assert (line["schema"], line["use"], line["span"]) == ("match-use/1", "reference", [10, 19])


def test_a_mark_in_the_name_of_a_seller_is_shown(tmp_path: Path) -> None:
    held, nothing = lines(
        tmp_path,
        ["domains"],
        {"id": "d", "mark": "Vantrello", "name": "bestvantrello.shop"},
        {"mark": "Vantrello", "name": "lamps.example"},
    )
    assert (held["schema"], held["span"], held["band"]) == ("match-domains/1", [4, 13], "borderline")
    assert (nothing["span"], nothing["band"]) == (None, "none")


def test_offers_are_the_same_or_not(tmp_path: Path) -> None:
    offer = {"title": "Haddonwick desk lamp HW-200 black", "price": 39.9, "colour": "ignored"}
    other = {"title": "Haddonwick desk lamp HW-300 black", "brand": None}
    same, apart = lines(tmp_path, ["products"], {"a": offer, "b": offer}, {"id": "x", "a": offer, "b": other})
    assert (same["same"], same["score"], same["id"]) == (True, 1.0, "1")
    assert apart["same"] is False


def test_names_are_the_same_or_not(tmp_path: Path) -> None:
    same, apart, short = lines(
        tmp_path,
        ["names"],
        {"schema": "Person", "a": "Mara Ellingford", "b": "Mara Elingford"},
        {"schema": "Person", "a": "Mara Ellingford", "b": "Tom Brandt"},
        {"a": "Mara Ellingford", "b": "?"},
    )
    assert (same["same"], apart["same"]) == (True, False)
    assert (short["same"], short["score"], short["band"]) == (False, None, "unmatchable")


def test_copied_passages_are_shown_as_spans(tmp_path: Path) -> None:
    suspect = f"New today! {PASSAGE}. Ask us anything."
    (line,) = lines(tmp_path, ["passages"], {"id": "p", "original": PASSAGE, "suspect": suspect})
    assert line["copied"] is True
    assert [suspect[a:b] for a, b in line["spans"]] == [PASSAGE]


@pytest.mark.parametrize(
    ("command", "row", "said"),
    [
        ("use", "{broken", r"rows\.jsonl line 2: not JSON"),
        ("use", [1], "line 2: not a JSON object"),
        ("use", {"title": 5, "mark": "x"}, "line 2: mark is not a text|line 2: title is not a text"),
        ("products", {"a": "x", "b": {}}, "line 2: a is not an object with a title"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, command: str, row: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        lines(tmp_path, [command], "", row)


def test_a_list_without_marks_is_refused_with_its_columns(tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("brand,owner\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column mark; it has brand, owner"):
        lines(tmp_path, ["marks", "--marks", str(tmp_path / "wrong.csv")], {"title": "x"})
