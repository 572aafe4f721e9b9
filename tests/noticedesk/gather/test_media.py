import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from noticedesk.gather import Capture, gather_media
from noticedesk.gather.media import problem_of
from noticedesk.gather.signature import media_type_of
from noticedesk.http import Page, Refused, Unreachable
from noticedesk.model.evidence import EvidenceRole, Outcome
from tests.noticedesk.gather.factory import NOW, fetching, page, rules

MEDIA = rules().media
AT = "https://cdn.example/{}.jpg"


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    file = BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(file, form, **options)
    return file.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large; its pixels are never written."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def captured(body: bytes, media_type: str = "image/jpeg", status: int = 200) -> Capture:
    url = AT.format(1)
    (capture,) = gather_media([url], rules(), fetching(page(body, media_type, status, url)), NOW)
    return capture


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
def test_a_picture_is_captured_with_its_true_media_type(form: str) -> None:
    capture = captured(picture(form), "application/octet-stream")
    assert (capture.outcome, capture.problem) == (Outcome.FETCHED, "")
    assert capture.media_type == f"image/{form.lower()}"
    assert (capture.size, capture.role) == (len(capture.body), EvidenceRole.MEDIA)


@pytest.mark.parametrize("options", [{"progressive": True}, {"exif": b"Exif\0\0" + b"\xff\xd8\xff\xda\xff\xd9" * 9}])
def test_unusual_jpegs_are_whole(options: dict[str, Any]) -> None:
    assert problem_of(picture(**options), MEDIA) == ""


def test_what_follows_the_end_of_a_picture_does_not_matter() -> None:
    trailer = b"\x00" * 10_000 + b"\xff\xda" + b"moving picture" * 1000
    assert problem_of(picture() + trailer, MEDIA) == ""
    assert problem_of(picture("PNG") + trailer, MEDIA) == ""


TRUNCATED = picture(exif=b"Exif\0\0" + picture(size=(8, 8)))[:-40]


@pytest.mark.parametrize(
    ("name", "body", "media_type", "why"),
    [
        ("an empty file", b"", "image/jpeg", "empty"),
        ("a page", b"<!DOCTYPE html><title>Log in</title>", "image/jpeg", "text/html"),
        ("a drawing", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "image/svg+xml"),
        ("a drawing as a picture", b"\n<?xml version='1.0'?><svg/>", "image/png", "image/svg+xml"),
        ("a drawing after a comment", b"<!-- x --><svg/>", "image/png", "image/svg+xml"),
        ("a document", b"%PDF-1.7 ...", "image/png", "application/pdf"),
        ("a film", b"\0\0\0\x18ftypmp42....", "image/png", "video/mp4"),
        ("a picture of phones", b"\0\0\0\x18ftypheicmif1", "image/heic", "image/heic"),
        ("an archive", b"PK\x03\x04", "image/png", "application/zip"),
        ("garbage", b"\x01\x02\x03" * 99, "image/png", "no known picture format"),
        ("a truncated JPEG with a whole thumbnail", TRUNCATED, "image/jpeg", "cut off"),
        ("a JPEG cut in its header", picture()[:50], "image/jpeg", "cut off"),
        ("a truncated PNG", picture("PNG")[:-20], "image/png", "cut off"),
        ("a truncated WebP", picture("WEBP")[:-20], "image/webp", "cut off"),
        ("a GIF without a size", b"GIF89a", "image/gif", "states no size"),
        ("144 million pixels", png_of(12_000, 12_000), "image/png", "12000 x 12000 pixels, more than 50000000"),
        ("a long strip", png_of(1_000_000, 100), "image/png", "1000000 x 100"),
        ("no width", png_of(0, 10), "image/png", "states no size"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_what_is_not_opened_as_a_picture_says_why(name: str, body: bytes, media_type: str, why: str) -> None:
    capture = captured(body, media_type)
    assert capture.outcome is Outcome.REFUSED, name
    assert why in capture.problem
    assert capture.body == body


def test_a_real_picture_of_too_many_pixels_is_refused_without_decoding() -> None:
    file = BytesIO()
    Image.new("1", (12_000, 12_000)).save(file, "PNG")
    assert "more than 50000000" in problem_of(file.getvalue(), MEDIA)


def test_each_url_has_its_own_outcome_in_order() -> None:
    def fetch(url: str) -> Page:
        if "private" in url:
            raise Refused(url, "not on the public Internet")
        if "slow" in url:
            raise Unreachable(url, "timed out", True)
        return page(picture(), "image/jpeg", 404 if "gone" in url else 200, url)

    names = ["ok", "private", "slow", "gone", "ok"]
    captures = gather_media([AT.format(name) for name in names], rules(), fetch, NOW, EvidenceRole.REFERENCE)
    assert [capture.url for capture in captures] == [AT.format(name) for name in names[:4]]
    assert [capture.outcome.value for capture in captures] == ["fetched", "refused", "unreachable", "gone"]
    assert [capture.problem for capture in captures][:3] == ["", "not on the public Internet", "timed out"]
    assert {capture.role for capture in captures} == {EvidenceRole.REFERENCE}


def test_pictures_beyond_the_most_are_said_and_not_asked() -> None:
    asked: list[str] = []

    def fetch(url: str) -> Page:
        asked.append(url)
        return page(picture(), "image/jpeg", url=url)

    captures = gather_media([AT.format(n) for n in range(30)], rules(), fetch, NOW)
    assert (len(asked), len(captures)) == (24, 30)
    assert {capture.outcome for capture in captures[24:]} == {Outcome.REFUSED}
    assert captures[29].problem == "only the first 24 pictures are taken"


def test_a_host_that_does_not_answer_three_times_holds_up_nothing_more() -> None:
    asked: list[str] = []

    def fetch(url: str) -> Page:
        asked.append(url)
        if "cdn" in url:
            raise Unreachable(url, "timed out", True)
        return page(picture(), "image/jpeg", url=url)

    urls = [*(AT.format(n) for n in range(9)), "https://other.example/1.jpg", "http://[broken"]
    captures = gather_media(urls, rules(), fetch, NOW)
    assert asked == [*urls[:3], *urls[9:]]
    assert [capture.outcome.value for capture in captures] == ["unreachable"] * 9 + ["fetched"] * 2
    assert "did not answer 3 times" in captures[8].problem


def _broken(whole: bytes) -> Callable[[tuple[int, int, bytes]], bytes]:
    return lambda cut: whole[: cut[0] % len(whole)] + cut[2] + whole[cut[1] % len(whole) :]


@given(
    st.binary(max_size=300)
    | st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.binary(max_size=20)).map(_broken(picture()))
    | st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.binary(max_size=20)).map(_broken(picture("PNG")))
    | st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.binary(max_size=20)).map(_broken(picture("TIFF")))
)
@settings(max_examples=300, derandomize=True)
def test_any_bytes_are_judged_without_an_error(body: bytes) -> None:
    problem = problem_of(body, MEDIA)
    assert problem or media_type_of(body) in MEDIA.types
