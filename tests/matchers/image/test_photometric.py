import cv2
import numpy as np
import pytest
from PIL import Image

from matchers.image import photometric
from matchers.image.photometric import aligned, likeness, overlay, texture
from tests.matchers.image.drawings import garment, scene

GREY = np.asarray(scene(1).convert("L"))
SAME = np.eye(3)


def test_a_picture_laid_on_itself_agrees_wholly() -> None:
    laid = overlay(GREY, GREY, SAME)
    assert likeness(laid) > 0.98
    assert texture(laid).agreeing > 0.99
    assert texture(laid).exact > 0.95


def test_brightness_and_contrast_do_not_matter() -> None:
    laid = overlay(GREY, (GREY * 0.4 + 60).astype(np.uint8), SAME)
    assert likeness(laid) > 0.98
    assert texture(laid).agreeing > 0.99


def test_what_covers_a_third_costs_only_a_third_of_the_texture_and_none_of_its_exactness() -> None:
    covered = GREY.copy()
    covered[:140] = 128
    found = texture(overlay(GREY, covered, SAME))
    assert 0.55 < found.agreeing < 0.75
    assert found.exact > 0.9


def test_another_print_on_the_same_garment_is_not_the_same_texture() -> None:
    ours, theirs = (np.asarray(garment(seed).convert("L")) for seed in (1, 2))
    laid = overlay(ours, theirs, SAME)
    assert texture(laid).agreeing < 0.5


def test_only_the_panel_asked_for_is_compared() -> None:
    page = np.full((600, 700), 200, np.uint8)
    page[100:310, 50:290] = cv2.resize(GREY, (240, 210), interpolation=cv2.INTER_AREA)
    wrong = np.array([[1, 0, 50], [0, 1, 100], [0, 0, 1]], float)
    place = wrong @ np.diag([0.5, 0.5, 1.0])
    assert likeness(overlay(GREY, page, place, (50, 100, 290, 310))) > 0.95


@pytest.mark.parametrize("far", [5000.0, -5000.0])
def test_nothing_laid_on_nothing_agrees_in_nothing(far: float) -> None:
    laid = overlay(GREY, GREY, np.array([[1, 0, far], [0, 1, far], [0, 0, 1]]))
    assert likeness(laid) == 0
    assert texture(laid).agreeing == 0


def test_flat_pictures_are_alike_in_nothing() -> None:
    flat = np.asarray(Image.new("L", (300, 300), 90))
    assert likeness(overlay(flat, flat, SAME)) == 0


def test_a_place_some_pixels_off_is_moved_until_the_pixels_agree() -> None:
    slanted = np.array([[1, 0.03, -6], [-0.02, 1, 9], [0.00005, 0, 1]])
    page = cv2.warpPerspective(GREY, slanted, (520, 460), borderValue=128)
    off = slanted @ np.array([[1.0, 0, 5], [0, 1, -4], [0, 0, 1]])
    moved = aligned(GREY, page, off)
    assert moved is not None
    assert texture(overlay(GREY, page, off)).exact < 0.6
    assert texture(overlay(GREY, page, moved)).exact > 0.9


def test_what_has_nothing_in_common_is_not_moved_into_place() -> None:
    flat = np.full((300, 300), 90, np.uint8)
    assert aligned(GREY, flat, SAME) is None
    assert aligned(GREY, GREY, np.array([[1.0, 0, 5000], [0, 1, 5000], [0, 0, 1]])) is None


def test_an_alignment_that_runs_away_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    folded = np.array([[900, 0, 0], [0, 900, 0], [0, 0, 1]], np.float32)
    monkeypatch.setattr(cv2, "findTransformECC", lambda *given: (0.9, folded))
    assert aligned(GREY, GREY, SAME) is None
    monkeypatch.setattr(cv2, "findTransformECC", lambda *given: (0.9, np.zeros((3, 3), np.float32)))
    assert aligned(GREY, GREY, SAME) is None
    monkeypatch.setattr(cv2, "findTransformECC", lambda *given: (0.9, np.full((3, 3), np.nan, np.float32)))
    assert aligned(GREY, GREY, SAME) is None


def test_a_picture_shrunk_to_a_dot_is_not_blurred_for_it() -> None:
    assert photometric._softened(GREY, np.diag([1e-4, 1e-4, 1.0])) is GREY


def test_what_lies_clear_of_a_sticker_is_exact_though_its_rim_is_not() -> None:
    covered = GREY.copy()
    covered[100:330, 90:300] = cv2.GaussianBlur(np.asarray(scene(9).convert("L"))[100:330, 90:300], (0, 0), 1.5)
    found = texture(overlay(GREY, covered, SAME))
    assert 0.3 < found.clear < 0.8
    assert found.exact_clear > 0.97
    assert found.exact < found.exact_clear
