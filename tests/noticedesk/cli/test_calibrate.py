"""`noticedesk calibrate`: cuts as YAML, what they lack, and what they would have changed."""

from pathlib import Path

import pytest
import yaml

from noticedesk.desk.cases.calibration import LabelError
from tests.noticedesk.cli.test_cli import call, rows


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """A thousand matches from .5 to 1, and forty labels of names."""
    lines = [f"mark,{0.5 + n / 2000},true" for n in range(1000)] + ["name,0.7,true"] * 40
    file = tmp_path / "labels.csv"
    file.write_text("\n".join(["matcher,score,match", *lines]), encoding="utf-8")
    return file


def test_what_is_printed_can_be_put_into_bands_yaml(labels: Path) -> None:
    done = call("calibrate", str(labels))
    assert done.exit_code == 0, done.output
    cuts = yaml.safe_load(done.stdout)
    assert cuts["name"] == cuts["name"] | {"strong": 1.01, "borderline": 0.0}
    assert 0.5 < cuts["mark"]["borderline"] < cuts["mark"]["strong"] < 1
    assert "everything stays borderline" in done.stdout


def test_comparing_tells_which_labelled_cases_would_change_their_band(labels: Path) -> None:
    assert "borderline -> strong: " in call("calibrate", str(labels), "--compare").stdout
    assert "borderline -> strong: " not in call("calibrate", str(labels)).stdout


def test_programs_get_one_line_a_kind_of_score(labels: Path) -> None:
    found = rows("calibrate", str(labels))
    assert [(row["schema"], row["name"], row["labels"]) for row in found] == [
        ("calibration/1", "mark", 1000),
        ("calibration/1", "name", 40),
    ]


def test_a_wrong_line_is_told_with_its_place(labels: Path) -> None:
    labels.write_text("matcher,score,match\nmark,2,true\n", encoding="utf-8")
    with pytest.raises(LabelError, match="line 2: score is 2"):
        call("calibrate", str(labels))
