import io

import numpy as np
import pytest
from PIL import Image

from noticedesk.demo.changes import CHANGES
from noticedesk.demo.outlines import OUTLINES
from noticedesk.demo.pictures import draw, jpeg
from noticedesk.demo.products import Products, picture, products
from noticedesk.demo.world import Shows, world

DRAWN = {kind: draw(kind, 7, "WORDS") for kind in OUTLINES}


def _grey(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("L").resize((64, 64)), float)


def _likeness(one: Image.Image, two: Image.Image) -> float:
    return float(np.corrcoef(_grey(one).ravel(), _grey(two).ravel())[0, 1])


@pytest.mark.parametrize("kind", OUTLINES)
def test_a_seed_gives_the_same_picture_every_time(kind: str) -> None:
    assert draw(kind, 7, "WORDS").tobytes() == DRAWN[kind].tobytes()


@pytest.mark.parametrize("kind", OUTLINES)
def test_another_seed_gives_another_design(kind: str) -> None:
    assert _likeness(draw(kind, 8), DRAWN[kind]) < 0.8


@pytest.mark.parametrize("kind", OUTLINES)
def test_a_picture_is_as_rich_as_a_photograph(kind: str) -> None:
    grey = np.asarray(DRAWN[kind].convert("L"), float)
    steps = np.abs(np.diff(grey, axis=1))
    assert grey.std() > 20
    assert (steps > 1).mean() > 0.5, "no plain areas: grain everywhere"
    assert (steps > 25).mean() > 0.005, "edges enough to find corners at"


@pytest.mark.parametrize("change", [name for name in CHANGES if name != "same"])
@pytest.mark.parametrize("kind", ["poster", "mug", "sneaker"])
def test_a_change_really_changes_the_picture(kind: str, change: str) -> None:
    before = DRAWN[kind]
    after = CHANGES[change](before)
    moved = np.abs(np.asarray(after.resize(before.size), float) - np.asarray(before, float))
    assert moved.mean() > 5


def test_a_crop_keeps_about_two_thirds() -> None:
    before, after = DRAWN["poster"], CHANGES["crop"](DRAWN["poster"])
    assert 0.6 < after.width * after.height / (before.width * before.height) < 0.75


def test_a_caption_adds_a_bar_and_keeps_the_picture() -> None:
    before, after = DRAWN["mug"], CHANGES["caption"](DRAWN["mug"])
    bar = after.height - before.height
    assert bar > 0
    assert after.crop((0, bar, *after.size)).tobytes() == before.tobytes()


def test_mirroring_twice_gives_the_picture_back() -> None:
    assert CHANGES["mirror"](CHANGES["mirror"](DRAWN["watch"])).tobytes() == DRAWN["watch"].tobytes()


def test_a_small_turn_leaves_no_empty_corner() -> None:
    turned = CHANGES["rotate"](Image.new("RGB", (480, 400), "white"))
    assert turned.getextrema() == ((255, 255),) * 3


def test_an_offer_shows_the_original_or_what_became_of_it(drawn: Products) -> None:
    lamp = drawn["lamp"]
    assert picture(Shows(product="lamp"), drawn) == lamp.original
    assert picture(Shows(product="lamp", look_alike=True), drawn) == lamp.look_alike
    assert picture(Shows(product="lamp", change="crop"), drawn) not in (lamp.original, lamp.look_alike)


def test_products_can_be_made_from_photographs(tmp_path) -> None:
    for index in range(30):
        kind = ["dress", "hat", "shoe"][index % 3]
        Image.effect_noise((80, 60), 90).convert("RGB").save(tmp_path / f"{kind}_{index * 7919 % 1000:03x}.jpg")
    made = products(images=tmp_path)
    assert len(made) == len(world().designs)
    assert len({product.original for product in made.values()}) == len(made)
    assert all(product.original != product.look_alike for product in made.values())


def test_photographs_of_one_series_are_not_taken_as_look_alikes(tmp_path) -> None:
    for index in range(30):
        Image.effect_noise((80, 60), 90).convert("RGB").save(tmp_path / f"jar-{index // 2}_{index % 2}.png")
    for product in products(images=tmp_path).values():
        files = {name: jpeg(Image.open(name).convert("RGB")) for name in tmp_path.iterdir()}
        by_bytes = {data: name.stem for name, data in files.items()}
        assert by_bytes[product.original][:-2] != by_bytes[product.look_alike][:-2]


def test_too_few_photographs_are_refused_with_the_number_needed(tmp_path) -> None:
    (tmp_path / "one.jpg").write_bytes(jpeg(DRAWN["mug"]))
    with pytest.raises(ValueError, match=r"1 photographs .* at least 24 are needed"):
        products(images=tmp_path)


def test_a_picture_is_a_jpeg_file() -> None:
    with Image.open(io.BytesIO(jpeg(DRAWN["label"]))) as file:
        assert file.format == "JPEG"
