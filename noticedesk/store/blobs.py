"""Bytes by their sha256, in a folder or on any fsspec URL: written whole or not at all, and verified when read."""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, cast

import fsspec

from noticedesk.store.errors import Missing, StoreError

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
TOMBSTONE: Final = ".erased"
"""What the name of erased bytes ends in."""

FRESH: Final = timedelta(days=1)
"""Bytes older than this are written anew when they come again: so their time says when they were last needed."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the store: its name (a digest, or what a killed process left half written) and when it was written."""

    name: str
    at: datetime


class Erased(Missing):
    """The bytes were erased on purpose; what is left says when and why."""


class Corrupt(StoreError):
    """The bytes under a digest are not those that were put there."""


class Blobs:
    """A blob store; what is under a digest never changes."""

    def __init__(self, url: str) -> None:
        """Opens the store at a folder or fsspec URL (file://, s3://, memory:// ...)."""
        self._files, root = fsspec.core.url_to_fs(url)
        self._root = str(root).rstrip("/")
        self._is_local = "file" in _protocols(self._files.protocol)

    def put(self, data: bytes) -> str:
        """Stores the bytes and returns their sha256; what is there already, and fresh, is not written again."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if not (self._has_whole(path, len(data)) and self._is_fresh(path)):
            self._write(path, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes; raises Missing, Erased (a Missing) or Corrupt."""
        path = self._path(sha256)
        try:
            data = cast(bytes, self._files.cat_file(path))
        except FileNotFoundError:
            raise self._absence(sha256) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Corrupt(f"blob {sha256} holds other bytes than were stored; restore {path} from a copy")
        return data

    def has(self, sha256: str) -> bool:
        """Whether the bytes are there (and not erased)."""
        return bool(self._files.exists(self._path(sha256)))

    def remove(self, sha256: str, why: str) -> None:
        """Erases the bytes and leaves a tombstone that says when and why (a code: no personal data)."""
        path = self._path(sha256)
        stone = {"sha256": sha256, "erased_at": datetime.now(UTC).isoformat(timespec="seconds"), "why": why}
        # the stone comes first: a crash in between leaves bytes to erase again, never a gap without an explanation
        self._write(f"{path}{TOMBSTONE}", json.dumps(stone).encode())
        if self._files.exists(path):
            self._files.rm_file(path)

    def tombstone(self, sha256: str) -> dict[str, str] | None:
        """When and why the bytes were erased; None when they never were."""
        try:
            return cast(dict[str, str], json.loads(self._files.cat_file(f"{self._path(sha256)}{TOMBSTONE}")))
        except FileNotFoundError:
            return None

    def written_before(self, end: datetime) -> Iterator[Written]:
        """The files last written before the end, tombstones left out; nothing of a store that is no folder."""
        if not self._is_local:
            return
        for path in Path(self._root).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            at = _written_at(path)
            if at and at < end and path.suffix != TOMBSTONE:
                yield Written(path.name, at)

    def discard(self, one: Written) -> bool:
        """Removes a file that nothing names, without a trace; False where it was needed again in the meantime.

        It is moved aside before its time is looked at again: who stores the same bytes at this moment writes them anew.
        """
        path = Path(self._path(one.name[:64])).with_name(one.name)
        aside = path.with_name(f"{one.name[:64]}.{secrets.token_hex(8)}.part")
        try:
            path.rename(aside)
        except FileNotFoundError:
            return False
        if _written_at(aside) != one.at:
            aside.replace(path)
            return False
        aside.unlink()
        return True

    def _path(self, sha256: str) -> str:
        if _DIGEST.fullmatch(sha256) is None:
            raise Missing(f"{sha256[:80]!r} is not a sha256 in lower-case hexadecimal")
        return f"{self._root}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def _has_whole(self, path: str, size: int) -> bool:
        try:
            return int(self._files.info(path)["size"]) == size
        except FileNotFoundError:
            return False

    def _is_fresh(self, path: str) -> bool:
        """Whether a file of a folder was written lately; elsewhere nothing is discarded, so it does not matter."""
        at = _written_at(Path(path)) if self._is_local else datetime.now(UTC)
        return at is not None and datetime.now(UTC) - at < FRESH

    def _absence(self, sha256: str) -> Missing:
        stone = self.tombstone(sha256)
        if stone is None:
            return Missing(f"there is no blob {sha256}")
        return Erased(f"blob {sha256} was erased at {stone['erased_at']}: {stone['why']}")

    def _write(self, path: str, data: bytes) -> None:
        """Writes under another name and renames, so that nobody ever sees half a file."""
        if self._is_local:
            _write_local(Path(path), data)
            return
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        waiting = f"{path}.{secrets.token_hex(8)}.part"
        self._files.pipe_file(waiting, data)
        self._files.mv(waiting, path)


def _written_at(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def _write_local(path: Path, data: bytes) -> None:
    """As above, and on the disk before the caller goes on: the database must not know bytes that a power cut takes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        with waiting.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _protocols(protocol: str | tuple[str, ...]) -> tuple[str, ...]:
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)
