import hashlib
import pickle

import pytest
from PIL import Image

from matchers.image import Picture, Unreadable, compare, describe
from tests.matchers.image.drawings import scene
from tests.matchers.image.files import animation, encoded


def described(data: bytes) -> Picture:
    picture = describe(data)
    assert isinstance(picture, Picture)
    return picture


def test_a_description_survives_the_way_between_processes() -> None:
    ours, theirs = described(encoded(scene(1))), described(encoded(scene(1), "JPEG", quality=40))
    again = pickle.loads(pickle.dumps(ours))
    assert compare(again, theirs) == compare(ours, theirs)


def test_describing_twice_gives_the_same_bytes() -> None:
    data = encoded(scene(2))
    assert pickle.dumps(describe(data)) == pickle.dumps(describe(data))


def test_an_animation_keeps_up_to_eight_frames_that_differ() -> None:
    assert len(described(animation([scene(n) for n in range(12)])).views) == 8
    assert len(described(animation([scene(1), scene(1), scene(2)])).views) == 2


def test_a_copy_is_found_in_a_later_frame() -> None:
    finding = compare(described(encoded(scene(7))), described(animation([scene(n) for n in range(8)])))
    assert (finding.score or 0) >= 0.8


def test_a_picture_of_a_few_pixels_is_unreadable_and_says_so() -> None:
    tiny = describe(encoded(Image.new("RGB", (1, 1))))
    assert isinstance(tiny, Unreadable)
    assert "too small" in tiny.reason


def test_an_unreadable_file_keeps_its_digest() -> None:
    assert describe(b"junk").sha256 == hashlib.sha256(b"junk").hexdigest()


def test_a_picture_described_for_one_side_compares_as_well_there_and_not_at_all_on_the_other() -> None:
    ours, theirs = encoded(scene(1)), encoded(scene(1).crop((60, 50, 400, 380)), "JPEG")
    assert compare(describe(ours, "ours"), describe(theirs, "theirs")) == compare(describe(ours), describe(theirs))
    with pytest.raises(ValueError, match="sides theirs and both"):
        compare(describe(ours, "theirs"), describe(theirs))
