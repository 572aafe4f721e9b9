"""What an answer is packed as and of which kind it is: bombs and what was not wanted end in a reason."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from noticedesk.http import PAGES, Refused
from tests.noticedesk.loopback import MEGABYTE, Loopback, asked, response


def _deflated(size: int) -> bytes:
    return zlib.compress(bytes(size), 9)


def _gzipped(size: int) -> bytes:
    return gzip.compress(bytes(size), 9)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", _gzipped), ("deflate", _deflated), ("x-gzip", _gzipped)])
def test_a_bomb_is_refused_at_the_limit_of_what_it_unpacks_to(
    server: Loopback, encoding: str, pack: Callable[[int], bytes]
) -> None:
    server.answers["/"] = response(pack(64 * MEGABYTE), headers=(f"Content-Encoding: {encoding}",))
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="larger than"):
            asked(server)
        assert tracemalloc.get_traced_memory()[1] < 8 * MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip, br", "compress", "nonsense"])
def test_an_encoding_that_we_do_not_unpack_is_refused(server: Loopback, encoding: str) -> None:
    server.answers["/"] = response(_gzipped(100), headers=(f"Content-Encoding: {encoding}",))
    with pytest.raises(Refused, match="content encoding"):
        asked(server)


def test_a_body_that_does_not_unpack_is_refused(server: Loopback) -> None:
    server.answers["/"] = response(b"no gzip at all", headers=("Content-Encoding: gzip",))
    with pytest.raises(Refused, match="cannot be unpacked"):
        asked(server)


def test_a_packed_body_is_unpacked_even_though_nobody_asked(server: Loopback) -> None:
    server.answers["/"] = response(gzip.compress(b"<p>hello"), headers=("Content-Encoding: gzip",))
    assert asked(server).body == b"<p>hello"


@pytest.mark.parametrize("media_type", ["application/pdf", "text/htmlx", "image/svg+xml", "text/plain", ""])
def test_another_media_type_than_wanted_is_refused(server: Loopback, media_type: str) -> None:
    server.answers["/"] = response(b"x", media_type=media_type)
    with pytest.raises(Refused, match="the media type"):
        asked(server, replace(PAGES, robots=False, interval=0))


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml"])
def test_a_wanted_media_type_is_taken_with_its_parameters(server: Loopback, media_type: str) -> None:
    server.answers["/"] = response(b"x", media_type=media_type)
    assert asked(server, replace(PAGES, robots=False, interval=0)).body == b"x"
