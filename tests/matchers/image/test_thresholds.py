"""The cuts in force are those for which benchmarks/chosen says which error they keep, on which data, by which run."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.thresholds import chosen, read
from matchers.image import BORDERLINE, MATCH, PREPROCESSING
from noticedesk.decide import Bands
from noticedesk.settings import data_folder
from noticedesk.settings import read as read_settings

FROZEN = sorted((Path(__file__).parents[3] / "benchmarks" / "chosen").glob("*.yaml"))


def frozen(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_the_cuts_in_force_are_those_that_were_chosen(path: Path) -> None:
    reference = frozen(path)
    bands = read_settings(data_folder("config") / "bands.yaml", Bands)["image"]
    assert (bands.strong, bands.borderline) == (MATCH, BORDERLINE)
    at = reference["in_force"]
    assert (at["strong"]["cut"], at["borderline"]["cut"]) == (MATCH, BORDERLINE)
    assert reference["lowest_strong"] <= MATCH
    assert reference["highest_borderline"] >= BORDERLINE
    assert reference["preprocessing"] == PREPROCESSING, "the matcher changed: run what `run` says anew"


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_the_error_of_the_cuts_in_force_is_the_one_stated(path: Path) -> None:
    reference = frozen(path)
    stated, at = reference["stated"], reference["in_force"]
    assert at["strong"]["false"] == 0
    assert at["strong"]["false_95"][1] <= stated["false"]
    assert at["borderline"]["missed_95"][1] <= stated["missed"]
    assert reference["about"] and reference["run"] and reference["sources"]


def test_pictures_and_logos_each_have_their_reference() -> None:
    assert {frozen(path)["rule"] for path in FROZEN} == {"picture", "logo"}


def test_the_lowest_cut_that_keeps_the_error_is_chosen_and_its_interval_is_that_of_clopper_and_pearson() -> None:
    strangers = [(0.1, False)] * 1999 + [(0.62, False)]
    copies = [(0.9, True)] * 799 + [(0.55, True)]
    found: dict[str, Any] = chosen([*strangers, *copies], false=0.005, missed=0.02)
    assert found["lowest_strong"] == 0.3
    strict: dict[str, Any] = chosen([*strangers, *copies], false=0.003, missed=0.02)
    assert strict["lowest_strong"] == 0.65
    assert strict["highest_borderline"] == 0.6
    # None of n: the upper end is 1 - 0.025 ** (1 / n).
    assert found["in_force"]["strong"]["false_95"] == [0.0, round(1 - 0.025 ** (1 / 2000), 5)]
    assert found["pairs"] == {"same": 800, "different": 2000, "unmatchable": 0}


def test_too_few_pairs_promise_nothing() -> None:
    found: dict[str, Any] = chosen([(0.1, False)] * 30 + [(0.9, True)] * 30, false=0.002, missed=0.02)
    assert (found["lowest_strong"], found["highest_borderline"]) == (None, None)


def test_what_could_not_be_compared_is_a_missed_copy_and_no_stranger() -> None:
    found: dict[str, Any] = chosen([(None, True), (0.9, True), (None, False), (0.1, False)], 0.5, 0.5)
    assert found["in_force"]["strong"]["missed"] == 1
    assert found["pairs"] == {"same": 2, "different": 1, "unmatchable": 2}


def test_pairs_without_labels_are_refused_with_the_column_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("reference,candidate\na,b\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"pairs\.csv has no column same"):
        read(tmp_path / "pairs.csv")
