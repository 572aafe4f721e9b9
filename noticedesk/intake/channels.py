"""Where deliveries come from: a folder of files, or a maildir; each is moved away only once it has been saved."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from noticedesk.settings import shape

_MESSAGE_ID = re.compile(rb"^message-id:[ \t\r\n]*(<[^<>\r\n]{1,990}>)", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_DONE = "done"
_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")


class SourceError(OSError):
    """A source of which a part could not be fetched; names the source, the place and the reason."""


@shape
class Source:
    """A channel of config/sources.yaml. `servers` are our own mail servers, as they name themselves in headers.

    `every` or `cron` is how often it is read, where that differs from schedules.yaml. When nothing has come for
    `expect_every_hours`, operations is alarmed.
    """

    id: str
    kind: Literal["folder", "maildir"]
    path: str
    service: str
    servers: tuple[str, ...] = ()
    every: str | None = None
    cron: str | None = None
    expect_every_hours: float | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel hands over: `key` stays the same when it is handed over again, `arrived` when it came in."""

    key: str
    raw: bytes
    name: str
    arrived: datetime | None
    place: str = ""


def fetch(source: Source) -> Iterator[Delivery]:
    """Everything that waits at a source, oldest first; it waits until it is acknowledged.

    A file that cannot be read does not stop the others: SourceError names it after the last one.
    """
    return _CHANNELS[source.kind].fetch(source)


def acknowledge(source: Source, delivery: Delivery) -> None:
    """Moves a delivery that has been saved out of the way, under a name of its own; once more does nothing."""
    _CHANNELS[source.kind].acknowledge(source, delivery)


def delivery_key(raw: bytes, name: str) -> str:
    """The identity of a delivery: Message-ID and digest of a mail, else digest and name.

    One Message-ID with two contents makes two deliveries: whoever reuses an id must not hide a notice.
    """
    digest = hashlib.sha256(raw).hexdigest()
    headers = _BLANK_LINE.split(raw[:200_000], maxsplit=1)[0]
    message_id = _MESSAGE_ID.search(headers)
    return f"{message_id.group(1).decode('ascii', 'replace')} {digest}" if message_id else f"{digest} {name}"


def _waiting(folder: Path, source: Source) -> Iterator[tuple[Path, bytes]]:
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


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.lstat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name


def _is_whole(path: Path) -> bool:
    hidden = path.name.startswith(".") or path.name.lower().endswith(_UNFINISHED)
    return not hidden and stat.S_ISREG(path.lstat().st_mode)


def _fetch_folder(source: Source) -> Iterator[Delivery]:
    for path, raw in _waiting(Path(source.path), source):
        yield Delivery(delivery_key(raw, path.name), raw, path.name, None, str(path))


def _acknowledge_folder(source: Source, delivery: Delivery) -> None:
    done = Path(source.path) / _DONE
    done.mkdir(exist_ok=True)
    digest = hashlib.sha256(delivery.raw).hexdigest()
    _move(delivery, done / delivery.name, done / f"{digest[:16]}-{delivery.name}")


def _fetch_maildir(source: Source) -> Iterator[Delivery]:
    for path, raw in _waiting(Path(source.path) / "new", source):
        yield Delivery(delivery_key(raw, path.name), raw, path.name, _delivered(path.name), str(path))


def _acknowledge_maildir(source: Source, delivery: Delivery) -> None:
    kept = Path(source.path) / "cur" / f"{delivery.name.partition(':')[0]}:2,S"
    _move(delivery, kept, kept)


def _delivered(name: str) -> datetime | None:
    """The instant in the name of a maildir file, which our own delivery agent gave it."""
    seconds = name.partition(".")[0]
    if not (seconds.isdecimal() and len(seconds) <= 11):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def _move(delivery: Delivery, to: Path, otherwise: Path) -> None:
    """Moves the file of a delivery, unless it is gone or holds something new by now."""
    try:
        if Path(delivery.place).read_bytes() == delivery.raw:
            os.replace(delivery.place, otherwise if to.exists() else to)
    except FileNotFoundError:
        return


@dataclass(frozen=True, slots=True)
class _Channel:
    """The two acts of a kind of source."""

    fetch: Callable[[Source], Iterator[Delivery]]
    acknowledge: Callable[[Source, Delivery], None]


_CHANNELS = {
    "folder": _Channel(_fetch_folder, _acknowledge_folder),
    "maildir": _Channel(_fetch_maildir, _acknowledge_maildir),
}
