from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.image.looks import Look
from matchers.image.photometric import Texture
from matchers.image.score import BORDERLINE, MATCH, of_hash, of_look

SHARES = st.floats(0, 1)


def look(inliers: int, like: float, agreeing: float, exact: float, pixels: int = 5000) -> Look:
    return Look(inliers, like, Texture(agreeing, exact, pixels), np.eye(3), "upright")


def clear(seen: Look, share: float, exact: float) -> Look:
    return replace(seen, texture=replace(seen.texture, clear=share, exact_clear=exact))


def aligned(seen: Look) -> Look:
    return replace(seen, aligned=True)


@pytest.mark.parametrize(
    ("far", "least", "most"), [(0, 0.99, 0.99), (40, MATCH, MATCH), (41, 0.78, 0.795), (70, 0.5, 0.5)]
)
def test_the_score_of_a_hash_has_its_cuts_where_they_were_measured(far: int, least: float, most: float) -> None:
    assert least <= of_hash(far) <= most


def test_the_score_of_a_hash_falls_with_its_distance() -> None:
    scores = [of_hash(far) for far in range(257)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("case", "evidence", "band"),
    [
        ("a plain copy", look(60, 0.97, 0.98, 0.95), "match"),
        ("a copy half below a sticker", look(40, 0.5, 0.62, 0.9), "match"),
        ("a copy with its colours exchanged", look(60, 0.1, 0.9, 0.85), "match"),
        ("a sister product in the same carton", look(96, 0.92, 0.82, 0.72), "borderline"),
        ("another photo of the same shelf", look(55, 0.79, 0.76, 0.6), "borderline"),
        ("letters that happen to line up", look(14, 0.45, 0.4, 0.5), "borderline"),
        ("a few corners that line up", look(8, 0.1, 0.1, 0.2), "none"),
        ("too few keypoints, however alike", look(6, 0.99, 0.99, 0.99), "none"),
        ("a copy cut out and laid on another ground", clear(look(143, 0.73, 0.63, 0.79), 0.37, 0.99), "match"),
        ("a sister product, clear of its differences", clear(look(96, 0.92, 0.82, 0.72), 0.39, 0.93), "borderline"),
        ("a sister product of which little is clear", clear(look(81, 0.95, 0.67, 0.73), 0.15, 0.99), "borderline"),
        ("very many keypoints below stickers", look(197, 0.4, 0.58, 0.7), "match"),
        ("very many keypoints of other pixels", look(160, 0.24, 0.34, 0.6), "borderline"),
        ("a slanted copy put in its place", aligned(look(29, 0.98, 0.97, 0.93)), "match"),
        ("a sister product put in its place", aligned(look(55, 0.86, 0.87, 0.72)), "borderline"),
        ("a covered copy is judged where the keypoints put it", aligned(look(40, 0.5, 0.62, 0.9)), "borderline"),
        ("too little texture to judge a covered copy", look(20, 0.5, 0.62, 0.9, pixels=200), "borderline"),
    ],
)
def test_the_band_of_a_look(case: str, evidence: Look, band: str) -> None:
    score = of_look(evidence, logo=False)
    assert ("match" if score >= MATCH else "borderline" if score >= BORDERLINE else "none") == band, case


def test_a_logo_needs_twenty_keypoints() -> None:
    assert of_look(look(19, 0.85, 0.9, 0.9), logo=True) < MATCH
    assert of_look(look(20, 0.85, 0.9, 0.9), logo=True) >= MATCH


def test_a_simple_logo_is_known_by_ten_where_all_of_it_agrees_to_the_pixel() -> None:
    assert of_look(look(10, 0.97, 0.99, 0.95), logo=True) >= MATCH
    assert of_look(look(9, 0.97, 0.99, 0.95), logo=True) < MATCH
    assert of_look(look(18, 0.77, 0.85, 0.9), logo=True) < MATCH


@given(st.integers(0, 800), st.floats(-1, 1), SHARES, SHARES, st.booleans())
@settings(max_examples=200, derandomize=True)
def test_a_score_is_never_one_and_never_below_zero(
    inliers: int, like: float, agreeing: float, exact: float, logo: bool
) -> None:
    assert 0 <= of_look(look(inliers, like, agreeing, exact), logo) < 1
