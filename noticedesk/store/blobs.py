"""Bytes by their sha256, in a folder or on any fsspec URL: written whole or not at all, and verified when read."""

import hashlib
import json
import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

import fsspec

from noticedesk.store.errors import Missing, StoreError

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
TOMBSTONE: Final = ".erased"
"""What the name of erased bytes ends in."""


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
        """Stores the bytes and returns their sha256; what is there already is not written again."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if not self._has_whole(path, len(data)):
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

    def _path(self, sha256: str) -> str:
        if _DIGEST.fullmatch(sha256) is None:
            raise Missing(f"{sha256[:80]!r} is not a sha256 in lower-case hexadecimal")
        return f"{self._root}/{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def _has_whole(self, path: str, size: int) -> bool:
        try:
            return int(self._files.info(path)["size"]) == size
        except FileNotFoundError:
            return False

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
