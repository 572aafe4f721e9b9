"""Files of this machine that wait to be read, oldest first, and their moving away."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from noticedesk.intake.channels.source import Delivery, Source, SourceError

UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
"""How the names of files end that somebody is still writing."""


def waiting(folder: Path, source: Source) -> Iterator[tuple[Path, bytes]]:
    """The whole files in a folder, oldest first; links and other special files are left alone."""
    if not folder.is_dir():
        raise SourceError(f"source {source.id}: {folder} is no folder; create it or change path in sources.yaml")
    failed = []
    for path in sorted(folder.iterdir(), key=_age):
        try:
            if _is_whole(path):
                yield path, path.read_bytes()
        except FileNotFoundError:
            # Somebody else took it between the listing and now.
            continue
        except OSError as error:
            failed.append(f"{path.name} ({error.strerror})")
    if failed:
        raise SourceError(f"source {source.id}: could not read {', '.join(failed)} in {folder}")


def finished(name: str) -> bool:
    """Whether a file of that name is to be read: neither hidden nor still being written."""
    return not name.startswith(".") and not name.lower().endswith(UNFINISHED)


def move(delivery: Delivery, to: Path, otherwise: Path) -> None:
    """Moves the file of a delivery, unless it is gone or holds something new by now."""
    try:
        if Path(delivery.place).read_bytes() == delivery.raw:
            os.replace(delivery.place, otherwise if to.exists() else to)
    except FileNotFoundError:
        return


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.lstat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name


def _is_whole(path: Path) -> bool:
    return finished(path.name) and stat.S_ISREG(path.lstat().st_mode)
