import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk import store
from noticedesk.store.blobs import Blobs

ABSENT = hashlib.sha256(b"absent").hexdigest()


@pytest.fixture(params=["file", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return Blobs({"file": f"file://{tmp_path / 'blobs'}", "memory": f"memory://{tmp_path}"}[request.param])


def test_bytes_come_back_under_their_digest(blobs: Blobs) -> None:
    sha256 = blobs.put(b"a notice")
    assert sha256 == hashlib.sha256(b"a notice").hexdigest()
    assert blobs.get(sha256) == b"a notice"
    assert blobs.has(sha256)
    assert blobs.put(b"a notice") == sha256


@given(st.binary(max_size=200))
@settings(max_examples=30, derandomize=True, deadline=None)
def test_any_bytes_come_back(data: bytes) -> None:
    blobs = Blobs("memory://any")
    assert blobs.get(blobs.put(data)) == data


def test_a_blob_lies_in_folders_by_its_digest_and_nothing_half_written_beside_it(tmp_path: Path) -> None:
    sha256 = Blobs(f"file://{tmp_path}").put(b"x")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [tmp_path / sha256[:2] / sha256[2:4] / sha256]


def test_other_bytes_under_a_digest_are_never_returned(tmp_path: Path) -> None:
    blobs = Blobs(f"file://{tmp_path}")
    sha256 = blobs.put(b"the truth")
    (tmp_path / sha256[:2] / sha256[2:4] / sha256).write_bytes(b"the  lie!")
    with pytest.raises(store.Corrupt, match=sha256):
        blobs.get(sha256)


def test_half_a_file_left_by_a_crash_is_written_whole(tmp_path: Path) -> None:
    blobs = Blobs(f"file://{tmp_path}")
    sha256 = blobs.put(b"whole bytes")
    (tmp_path / sha256[:2] / sha256[2:4] / sha256).write_bytes(b"whole")
    blobs.put(b"whole bytes")
    assert blobs.get(sha256) == b"whole bytes"


def test_what_is_not_there_is_missing(blobs: Blobs) -> None:
    assert not blobs.has(ABSENT)
    with pytest.raises(store.Missing, match=ABSENT):
        blobs.get(ABSENT)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, f"{ABSENT}\n", f"{ABSENT}/.."])
def test_what_is_no_digest_reaches_no_file(blobs: Blobs, name: str) -> None:
    with pytest.raises(store.Missing, match="not a sha256"):
        blobs.get(name)


def test_erased_bytes_leave_a_stone_that_says_why(blobs: Blobs) -> None:
    sha256 = blobs.put(b"personal")
    assert blobs.tombstone(sha256) is None
    blobs.remove(sha256, "erasure request")
    blobs.remove(sha256, "erasure request")
    assert not blobs.has(sha256)
    with pytest.raises(store.Erased, match="erasure request"):
        blobs.get(sha256)
    stone = blobs.tombstone(sha256)
    assert stone and stone["why"] == "erasure request"


def test_erased_bytes_that_arrive_again_are_kept_again(blobs: Blobs) -> None:
    sha256 = blobs.put(b"sent twice")
    blobs.remove(sha256, "retention")
    blobs.put(b"sent twice")
    assert blobs.get(sha256) == b"sent twice"
