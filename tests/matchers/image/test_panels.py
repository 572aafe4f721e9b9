import numpy as np
import pytest
from PIL import Image

from matchers.image.panels import panels
from tests.matchers.image.changes import HARD
from tests.matchers.image.drawings import garment, pack, scene


def found(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return any(np.allclose(panel, box, atol=8) for panel in panels(np.asarray(picture)))


def test_a_picture_pasted_on_another_is_found() -> None:
    base = scene(1).resize((800, 600))
    base.paste(pack(1).resize((300, 260)), (400, 150))
    assert found(base, (400, 150, 700, 410))


@pytest.mark.parametrize("gap", [0, 6])
def test_the_four_panels_of_a_collage_are_found(gap: int) -> None:
    sheet = Image.new("RGB", (600 + gap, 600 + gap), "white")
    places = [(0, 0), (300 + gap, 0), (0, 300 + gap), (300 + gap, 300 + gap)]
    for number, place in enumerate(places):
        sheet.paste(scene(number).resize((300, 300)), place)
    for x, y in places:
        assert found(sheet, (x, y, x + 300, y + 300))


def test_what_stands_apart_on_a_white_page_is_found() -> None:
    page = Image.new("RGB", (900, 700), "white")
    page.paste(scene(3).resize((240, 210)), (80, 100))
    page.paste(scene(4).resize((240, 210)), (520, 400))
    assert found(page, (80, 100, 320, 310))
    assert found(page, (520, 400, 760, 610))


def test_a_soft_photo_has_no_panels() -> None:
    noise = Image.effect_noise((48, 42), 60).resize((480, 420), Image.Resampling.BICUBIC).convert("RGB")
    assert panels(np.asarray(noise)) == ()


@pytest.mark.parametrize("size", [(16, 16), (17, 900), (900, 17), (40, 40)])
def test_no_size_is_too_odd_to_look_at(size: tuple[int, int]) -> None:
    picture = np.asarray(Image.effect_noise(size, 90).convert("RGB"))
    for left, top, right, bottom in panels(picture):
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]


def test_there_are_never_more_than_twelve() -> None:
    rng = np.random.default_rng(1)
    others = [garment(n) for n in range(9)]
    assert 6 <= len(panels(np.asarray(HARD["collage9"](scene(1), others, rng)))) <= 12
