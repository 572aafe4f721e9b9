"""A source of config/sources.yaml, what it hands over, and how a channel that reads it is asked."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from noticedesk.intake.channels.token import OAuth2
from noticedesk.settings import shape

_MESSAGE_ID = re.compile(rb"^message-id:[ \t\r\n]*(<[^<>\r\n]{1,990}>)", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


class SourceError(OSError):
    """A source of which a part could not be fetched; names the source, the place and the reason."""


@shape
class Source:
    """A channel of config/sources.yaml. `servers` are our own mail servers, as they name themselves in headers.

    `path` is a folder, or a URL (imaps://user@host/folder; any fsspec URL of a drop folder); secrets stand in the
    environment. `done` is the mailbox that saved mail is moved to, `authorities` a file of certificates to trust,
    `host_key` the public key of an SFTP server. `every` or `cron` is how often the source is read, where that differs
    from schedules.yaml. When nothing has come for `expect_every_hours`, operations is alarmed.
    """

    id: str
    kind: Literal["folder", "maildir", "imap", "drop"]
    path: str
    service: str
    servers: tuple[str, ...] = ()
    every: str | None = None
    cron: str | None = None
    expect_every_hours: float | None = None
    done: str = ""
    authorities: str = ""
    host_key: str = ""
    oauth2: OAuth2 | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel hands over: `key` stays the same when it is handed over again, `arrived` when it came in.

    `place` is where it lies, `cursor` how far the source has been read once this delivery is saved; empty for a
    channel that needs none.
    """

    key: str
    raw: bytes
    name: str
    arrived: datetime | None
    place: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """What reading begins with: the cursor of the last saved delivery, and the secret of the source."""

    cursor: str = ""
    secret: str = field(default="", repr=False)


class Inbox(Protocol):
    """A source that has been opened."""

    def deliveries(self) -> Iterator[Delivery]:
        """Everything that waits, oldest first; it waits until it is acknowledged.

        What cannot be read does not stop the others: SourceError names it after the last one.
        """

    def acknowledge(self, delivery: Delivery) -> None:
        """Takes a delivery that has been saved out of the way; once more does nothing."""


class Channel(Protocol):
    """A file of this folder that reads one kind of source."""

    KIND: str

    def opened(self, source: Source, start: Start) -> AbstractContextManager[Inbox]:
        """The source, opened for reading; raises SourceError, or SettingError for what cannot be meant."""


def delivery_key(raw: bytes, name: str) -> str:
    """The identity of a delivery: Message-ID and digest of a mail, else digest and name.

    One Message-ID with two contents makes two deliveries: whoever reuses an id must not hide a notice.
    """
    digest = hashlib.sha256(raw).hexdigest()
    headers = _BLANK_LINE.split(raw[:200_000], maxsplit=1)[0]
    message_id = _MESSAGE_ID.search(headers)
    return f"{message_id.group(1).decode('ascii', 'replace')} {digest}" if message_id else f"{digest} {name}"
