import numpy as np
import pytest
from PIL import Image, ImageOps

from matchers.image import Picture, describe
from matchers.image.clustered import ClusteredRows, many
from matchers.image.hamming import FaissRows, NumpyRows
from matchers.index import Index
from tests.matchers.image.drawings import garment, pack, scene
from tests.matchers.image.files import encoded

STORES = [FaissRows, NumpyRows]


def described(picture: Image.Image) -> Picture:
    found = describe(encoded(picture))
    assert isinstance(found, Picture)
    return found


PICTURES = {f"{draw.__name__} {seed}": described(draw(seed)) for draw in (scene, garment, pack) for seed in range(2)}


@pytest.fixture(params=STORES)
def index(request: pytest.FixtureRequest) -> Index:
    filled = Index(request.param, make_points=request.param)
    for name, picture in PICTURES.items():
        filled.add(name, picture)
    return filled


@pytest.mark.parametrize("name", PICTURES)
def test_every_stored_picture_nominates_itself_first(index: Index, name: str) -> None:
    assert (index.search(PICTURES[name])[0].name, index.search(PICTURES[name])[0].distance) == (name, 0)


@pytest.mark.parametrize("turn", [ImageOps.mirror, ImageOps.flip, lambda picture: picture.rotate(90, expand=True)])
def test_a_turned_copy_nominates_its_original(index: Index, turn: object) -> None:
    found = index.search(described(turn(scene(1))))[0]
    assert found.name == "scene 1"
    assert found.distance is not None


def test_a_copy_with_a_border_nominates_its_original(index: Index) -> None:
    found = index.search(described(ImageOps.expand(scene(0), 90, "black")))[0]
    assert (found.name, found.distance is None) == ("scene 0", False)


def test_a_mirrored_part_nominates_its_original_by_votes(index: Index) -> None:
    found = index.search(described(ImageOps.mirror(scene(0).crop((120, 90, 430, 400)))))[0]
    assert (found.name, found.distance) == ("scene 0", None)
    assert found.votes >= 4


def test_what_was_removed_is_never_nominated(index: Index) -> None:
    for number, name in enumerate(PICTURES, 1):
        index.remove(name)
        assert len(index) == len(PICTURES) - number
        assert name not in {one.name for one in index.search(PICTURES[name])}
    assert index.search(PICTURES["pack 1"]) == []


def test_adding_under_the_same_name_replaces(index: Index) -> None:
    index.add("scene 0", PICTURES["pack 1"])
    assert len(index) == len(PICTURES)
    assert "scene 0" in {one.name for one in index.search(PICTURES["pack 1"])}
    assert all(one.distance is None for one in index.search(PICTURES["scene 0"]))


def test_a_plain_picture_is_stored_and_nominates_nothing(index: Index) -> None:
    index.add("plain", described(Image.new("RGB", (300, 300), "red")))
    assert index.search(described(Image.new("RGB", (300, 300), "blue"))) == []


def test_clusters_find_nearly_every_near_row_and_keep_the_order() -> None:
    rng = np.random.default_rng(4)
    stored = rng.integers(0, 256, (60_000, 32), np.uint8)
    sought = stored[-300:].copy()
    sought[:, 0] ^= 0b101
    rows = many(32)
    for start in range(0, len(stored), 7_000):
        rows.add(stored[start : start + 7_000])
    which, far = rows.nearest(sought, 1)
    found = (which[:, 0] == np.arange(len(stored) - 300, len(stored))) & (far[:, 0] == 2)
    assert found.mean() > 0.9
    rows.keep(np.arange(len(stored)) % 2 == 0)
    assert isinstance(rows, ClusteredRows)
    assert (rows.stored() == stored[::2]).all()
    rows.keep(np.arange(30_000) < 40)
    assert rows.nearest(stored[10:11], 1)[0][0, 0] == 5
    assert rows.within(stored[10:11], 0)[0].tolist() == [5]


def test_both_stores_find_the_same_rows() -> None:
    rng = np.random.default_rng(1)
    stored, sought = (rng.integers(0, 256, (count, 32), np.uint8) for count in (300, 70))
    sought[:20] = stored[40:60]
    sought[:20, 0] ^= 3
    both = [make(32) for make in STORES]
    for one in both:
        one.add(stored)
    inside = [sorted(zip(*(part.tolist() for part in one.within(sought, 100)), strict=True)) for one in both]
    assert inside[0] == inside[1] != []
    assert (both[0].nearest(sought, 3)[1] == both[1].nearest(sought, 3)[1]).all()
    assert both[0].nearest(sought[:1], 1)[0][0, 0] == both[1].nearest(sought[:1], 1)[0][0, 0] == 40
