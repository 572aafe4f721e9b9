import imagehash
import numpy as np
import pytest
from PIL import Image, ImageOps

from matchers.image.hashes import TURNS, distance, pdq, phash, without_border
from tests.matchers.image.drawings import KINDS, garment, logo, pack, scene

# The bits stored by one version must be those of the next: a change here needs a new PREPROCESSING.
# The pictures are whole-number arithmetic, so that no font and no resize of another library moves them.
PINNED = {1: "80071f3e3c787367", 7: "800f3f3e78716366", 30: "801f3e7873666c4d", 101: "833c73645956a5ab"}


def pinned_picture(step: int) -> Image.Image:
    y, x = np.mgrid[0:300, 0:400].astype(np.int64)
    planes = [(x * x // (step + 3) + y * step) % 256, (x * y // (step + 50)) % 256, (y * y // (2 * step) + 3 * x) % 256]
    return Image.fromarray(np.stack(planes, axis=2).astype(np.uint8))


def array(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture)


@pytest.mark.parametrize("kind", KINDS)
def test_phash_is_bit_for_bit_that_of_imagehash(kind: str) -> None:
    for seed in range(4):
        picture = KINDS[kind](seed)
        assert phash(picture).hex() == str(imagehash.phash(picture))


@pytest.mark.parametrize("step", PINNED)
def test_phash_is_the_pinned_constant(step: int) -> None:
    assert phash(pinned_picture(step)).hex() == PINNED[step]


@pytest.mark.parametrize("row", range(8))
def test_each_row_of_pdq_is_the_turn_that_the_table_names(row: int) -> None:
    mirror, quarters = TURNS[row]
    ours = array(scene(3))
    theirs = np.rot90(ours[:, ::-1] if mirror else ours, quarters)
    far, found = distance(pdq(ours), pdq(np.ascontiguousarray(theirs)))
    assert far < 30
    assert found == row


@pytest.mark.parametrize("colour", ["white", "black", (30, 90, 200)])
def test_a_uniform_border_is_cut_off(colour: str) -> None:
    framed = ImageOps.expand(scene(4), 60, colour)
    left, top, right, bottom = without_border(array(framed))
    assert (left, top, right, bottom) == pytest.approx((60, 60, 540, 480), abs=4)


def test_a_picture_without_a_border_is_left_whole() -> None:
    assert without_border(array(scene(5))) == (0, 0, 480, 420)


def test_a_dot_on_white_is_not_taken_for_a_picture_with_a_border() -> None:
    dot = Image.new("RGB", (400, 400), "white")
    dot.paste((0, 0, 0), (190, 190, 200, 200))
    assert without_border(array(dot)) == (0, 0, 400, 400)


def test_what_has_no_detail_has_no_quality() -> None:
    assert not pdq(array(Image.new("RGB", (300, 300), "red"))).usable
    assert not pdq(array(Image.linear_gradient("L").convert("RGB"))).usable


@pytest.mark.parametrize("draw", [scene, garment, pack, logo])
def test_other_pictures_of_one_kind_are_far(draw: object) -> None:
    hashed = [pdq(array(draw(seed))) for seed in range(5)]
    for number, ours in enumerate(hashed):
        for theirs in hashed[number + 1 :]:
            assert distance(ours, theirs)[0] > 40
