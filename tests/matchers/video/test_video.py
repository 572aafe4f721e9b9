import sys

import pytest
from PIL import Image, ImageOps

from matchers.finding import Finding, Stretch
from matchers.image import BORDERLINE, MATCH, Unreadable
from matchers.video import Clip, compare, decode, describe
from tests.matchers.image.drawings import scene
from tests.matchers.image.files import encoded
from tests.matchers.video.films import SIZE, film, shots

OURS = film(shots([1, 2, 3]))
"""Six seconds: the scenes 1, 2 and 3."""


def compared(theirs: bytes, ours: bytes = OURS) -> Finding:
    return compare(describe(ours), describe(theirs))


def stretches(finding: Finding) -> list[Stretch]:
    assert all(isinstance(place, Stretch) for place in finding.where)
    return [place for place in finding.where if isinstance(place, Stretch)]


def boxed(frame: Image.Image) -> Image.Image:
    """Mirrored, and inside a border as a phone's player shows it."""
    return ImageOps.expand(ImageOps.mirror(frame), (40, 60, 40, 60), "black")


def test_a_film_encoded_anew_matches_from_its_first_frame_to_its_last() -> None:
    finding = compared(film(shots([1, 2, 3]), form="matroska"))
    assert (finding.score or 0) >= MATCH, finding
    (place,) = stretches(finding)
    assert place.theirs_seconds == pytest.approx((0, 5), abs=1)
    assert place.ours_seconds == pytest.approx(place.theirs_seconds, abs=1)


def test_an_excerpt_mirrored_inside_another_film_is_found_with_its_times_in_both() -> None:
    theirs = film(shots([50, 2, 51]), boxed)
    finding = compared(theirs)
    assert (finding.score or 0) >= MATCH, finding
    (place,) = stretches(finding)
    assert place.theirs_seconds == pytest.approx((2, 4), abs=1)
    assert place.ours_seconds == pytest.approx((2, 4), abs=1)
    assert "mirrored" in place.transform
    assert "of theirs show" in finding.reason


def test_another_film_is_no_match() -> None:
    finding = compared(film(shots([61, 62])))
    assert (finding.score or 0) < BORDERLINE
    assert finding.where == ()


def test_a_picture_of_ours_is_found_where_their_film_shows_it() -> None:
    picture = encoded(shots([2])[4].resize((640, 480)), "JPEG")
    finding = compared(film(shots([50, 2])), picture)
    assert (finding.score or 0) >= MATCH, finding
    assert stretches(finding)[0].theirs_seconds[0] == pytest.approx(2, abs=1)


def test_one_frame_in_common_asks_a_person() -> None:
    theirs = [*shots([50]), *shots([2])[:1], *shots([51])]
    finding = compared(film(theirs))
    assert BORDERLINE <= (finding.score or 0) < MATCH, finding
    assert stretches(finding)[0].frames == 1


def test_a_black_film_is_too_plain_and_goes_to_a_person() -> None:
    finding = compared(film([Image.new("RGB", SIZE)] * 12))
    assert (finding.outcome, finding.reason) == ("unmatchable", "theirs is too plain: hardly any detail in any frame")


def test_a_film_cut_off_on_the_way_is_compared_by_what_is_left_and_never_no_match() -> None:
    half, rest = film(shots([61, 2, 62]), form="matroska"), film(shots([61, 62, 2]), form="matroska")
    assert (compared(half[: round(len(half) * 0.7)]).score or 0) >= MATCH
    finding = compared(rest[: len(rest) // 2])
    assert finding.outcome == "unmatchable"
    assert "nothing found in common, but it is cut off after 3 of 6 seconds" in finding.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged or cut off"),
        (b"not a film", "damaged or cut off"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "damaged or cut off"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "damaged or cut off"),
    ],
)
def test_what_is_no_film_says_so_and_names_no_other_file_to_open(data: bytes, reason: str) -> None:
    told = describe(data)
    assert isinstance(told, Unreadable)
    assert reason in told.reason


def test_a_long_film_is_seen_by_its_key_frames_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MOST_FRAMES", 4)
    clip = describe(OURS)
    assert isinstance(clip, Clip)
    assert [moment.at for moment in clip.moments] == [0, 2, 4]


def test_too_many_pixels_are_refused_by_the_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MOST_PIXELS", 1000)
    assert describe(OURS) == Unreadable(describe(OURS).sha256, "more pixels than may be opened (320 x 240)")


def test_without_its_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    told = describe(OURS)
    assert isinstance(told, Unreadable)
    assert 'the extra "video"' in told.reason


def test_describing_for_a_side_is_enough_to_compare() -> None:
    ours, theirs = describe(OURS, "ours"), describe(film(shots([1])), "theirs")
    assert (compare(ours, theirs).score or 0) >= MATCH


def test_a_picture_is_a_clip_of_one_moment() -> None:
    clip = describe(encoded(scene(1)))
    assert isinstance(clip, Clip)
    assert clip.still and len(clip.moments) == 1
