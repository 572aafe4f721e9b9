import hashlib

import numpy as np
import pytest
from PIL import Image, ImageOps

from matchers.finding import Finding, Region
from matchers.image import BORDERLINE, MATCH, compare, describe
from tests.matchers.image.changes import SIMPLE
from tests.matchers.image.drawings import KINDS, garment, logo, scene
from tests.matchers.image.files import bomb, encoded


def compared(ours: Image.Image, theirs: Image.Image, **options: bool) -> Finding:
    return compare(describe(encoded(ours)), describe(encoded(theirs)), **options)


def region(finding: Finding) -> Region:
    (where,) = finding.where
    assert isinstance(where, Region)
    return where


@pytest.mark.parametrize("kind", ["scene", "garment", "pack"])
@pytest.mark.parametrize("change", SIMPLE)
def test_a_changed_copy_is_a_match_with_its_region(kind: str, change: str) -> None:
    ours = KINDS[kind](1)
    finding = compared(ours, SIMPLE[change](ours, [scene(50)], np.random.default_rng(3)))
    assert (finding.score or 0) >= MATCH, (finding.reason, finding.steps)
    assert region(finding).transform


@pytest.mark.parametrize("kind", KINDS)
def test_other_pictures_of_the_same_kind_are_no_match(kind: str) -> None:
    pictures = [describe(encoded(KINDS[kind](seed))) for seed in range(5)]
    for number, ours in enumerate(pictures):
        for theirs in pictures[number + 1 :]:
            finding = compare(ours, theirs)
            assert (finding.score or 0) < MATCH, finding.reason
            assert bool(finding.where) == ((finding.score or 0) >= BORDERLINE)


def test_the_region_says_where_the_copy_lies_and_how_it_was_changed() -> None:
    ours = scene(2)
    page = Image.new("RGB", (800, 700), (240, 240, 240))
    page.paste(ImageOps.mirror(ours).resize((360, 315)), (300, 200))
    where = region(compared(ours, page))
    assert np.array(where.theirs) == pytest.approx(np.array([(660, 200), (300, 200), (300, 515), (660, 515)]), abs=4)
    assert where.ours == ((0, 0), (480, 0), (480, 420), (0, 420))
    assert where.transform.startswith("mirrored, covers 20 %")


def test_a_turned_picture_is_said_to_be_turned() -> None:
    ours = scene(2)
    finding = compared(ours, ours.rotate(-10, Image.Resampling.BICUBIC, fillcolor="white"))
    assert "rotated 10 degrees clockwise" in region(finding).transform


def test_a_crop_says_how_much_of_ours_it_shows() -> None:
    ours = scene(6)
    assert "shows 50 % of ours" in region(compared(ours, ours.crop((0, 0, 480, 210)))).transform


def test_the_same_bytes_score_one_and_nothing_else_does() -> None:
    data = encoded(scene(3))
    assert compare(describe(data), describe(data)).score == 1
    assert (compare(describe(data), describe(encoded(scene(3), "BMP"))).score or 1) < 1


def test_the_same_bytes_match_even_when_too_plain_to_compare_otherwise() -> None:
    data = encoded(Image.new("RGB", (90, 90), "red"))
    assert compare(describe(data), describe(data)).score == 1


def test_a_logo_needs_more_agreement_than_another_picture() -> None:
    ours = logo(3)
    theirs = ImageOps.expand(ours.rotate(20, Image.Resampling.BICUBIC, fillcolor="white"), 30, "white")
    assert (compared(ours, theirs, logo=True).score or 0) <= (compared(ours, theirs).score or 0)


def test_names_are_the_digests_unless_given() -> None:
    ours, theirs = encoded(scene(1)), encoded(scene(2))
    unnamed = compare(describe(ours), describe(theirs))
    assert unnamed.ours == hashlib.sha256(ours).hexdigest()
    named = compare(describe(ours), describe(theirs), names=("work-1", "listing-9"))
    assert (named.ours, named.theirs) == ("work-1", "listing-9")


def test_every_step_that_led_to_the_score_is_told() -> None:
    steps = compared(garment(1), garment(2)).steps
    assert any("PDQ" in step for step in steps)
    assert any("keypoints" in step for step in steps)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "theirs cannot be read: the file is empty"),
        (bomb(12000), "theirs cannot be read: more pixels"),
        (encoded(scene(1), "JPEG")[:5000], "theirs cannot be read: damaged"),
        (encoded(Image.new("RGB", (1, 1))), "theirs cannot be read: too small"),
        (encoded(Image.new("RGB", (500, 500), "navy")), "theirs is too plain"),
        (encoded(Image.linear_gradient("L")), "theirs is too plain"),
    ],
)
def test_what_cannot_be_compared_says_which_side_and_why(data: bytes, reason: str) -> None:
    finding = compare(describe(encoded(scene(1))), describe(data))
    assert finding.outcome == "unmatchable"
    assert finding.reason.startswith(reason)
