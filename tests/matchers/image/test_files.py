"""Every kind of file and defect of tests/cases/image_files.yaml ends in the finding that the case states."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from matchers.finding import Finding, Region
from matchers.image import BORDERLINE, MATCH, Picture, Unreadable, compare, decode, describe
from tests.matchers.image.inputs import FILES, HEIC, slides

TABLE = yaml.safe_load((Path(__file__).parents[2] / "cases" / "image_files.yaml").read_text(encoding="utf-8"))


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    for case in TABLE:
        for form in case.pop("forms", [""]):
            name = f"{case['case']} {form}".strip()
            yield name, {**case, "file": case["each"].format(form=form) if form else case["file"]}


CASES = dict(cases())


@cache
def described(name: str) -> Picture | Unreadable:
    return describe(FILES[name]())


def band(finding: Finding) -> str:
    if finding.score is None:
        return finding.outcome
    return "match" if finding.score >= MATCH else "borderline" if finding.score >= BORDERLINE else "none"


@pytest.mark.parametrize("name", CASES)
def test_a_file_ends_in_the_finding_that_its_case_states(name: str) -> None:
    case = CASES[name]
    finding = compare(described(case.get("with", "ours")), described(case["file"]))
    assert band(finding) == case["found"], (finding.reason, finding.steps)
    assert case.get("says", "") in finding.reason
    if case["found"] == "match":
        (place,) = finding.where
        assert isinstance(place, Region)
        assert case.get("where", "") in place.transform


def test_heic_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "pi_heif", None)
    told = describe(HEIC)
    assert isinstance(told, Unreadable)
    assert 'the extra "heic"' in told.reason


def test_the_pixels_of_all_frames_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "_MOST_PIXELS_OF_ALL_FRAMES", 3 * 240 * 210)
    told = describe(slides("GIF", 4, 5))
    assert isinstance(told, Picture)
    assert (len(told.views), told.unseen) == (3, "only the first 3 of 5 frames were looked at")
