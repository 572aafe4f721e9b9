"""Reads a mailbox over IMAP (RFC 9051): mail is fetched unseen, and moved or marked once it is saved."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from noticedesk.intake.channels.mailserver import MailServer, encoded, mail_server, signed_in, telling
from noticedesk.intake.channels.source import Delivery, Inbox, Source, SourceError, Start, delivery_key
from noticedesk.intake.dates import instant

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

KIND = "imap"

TAKEN = "NoticedeskTaken"
"""The keyword on mail that has been saved and stays where it lies."""

_NAME = "message.eml"
_UID = re.compile(rb"\bUID (\d+)")
_ARRIVED = re.compile(rb'\bINTERNALDATE "([^"]*)"')


@contextmanager
def opened(source: Source, start: Start) -> Iterator[Inbox]:
    """The mailbox, signed in to and selected; the connection ends with the context."""
    server = mail_server(source)
    box = signed_in(server, source, start.secret)
    try:
        with telling(source):
            inbox = _Mailbox(box, server, source, start.cursor)
        yield inbox
    finally:
        # The work is done; whether the server takes leave of us does not matter.
        with suppress(Exception):
            box.logout()


class _Mailbox:
    """A selected mailbox; the cursor is `UIDVALIDITY:UID`, under which a message is the same for ever."""

    def __init__(self, box: "BaseMailBox", server: MailServer, source: Source, cursor: str) -> None:
        self._box, self._source = box, source
        self._done, self._done_encoded = source.done, encoded(source.done)
        capabilities = box.client.capability()[1][0].split()
        if self._done and b"MOVE" not in capabilities:
            raise SourceError(f"source {source.id}: its server cannot move mail; leave `done` away, and it is marked")
        if self._done and not box.folder.exists(self._done):
            box.folder.create(self._done)
        box.folder.set(server.folder)
        self._validity = int(_first(box.client.response("UIDVALIDITY")[1]) or 0)
        self._marks = not self._done and self._may_mark()
        validity, _, uid = cursor.partition(":")
        self._last = int(uid) if uid.isdecimal() and validity == str(self._validity) else 0

    def deliveries(self) -> Iterator[Delivery]:
        failed: list[str] = []
        for uid in self._waiting():
            with telling(self._source):
                delivery, why = self._fetched(uid)
            if delivery:
                # The cursor must not pass a message that could not be had.
                yield replace(delivery, cursor="") if failed else delivery
            elif why:
                failed.append(f"message {uid} ({why})")
        if failed:
            raise SourceError(f"source {self._source.id}: could not read {', '.join(failed[:10])}")

    def acknowledge(self, delivery: Delivery) -> None:
        validity, _, uid = delivery.place.partition(":")
        if validity != str(self._validity):
            return
        with telling(self._source):
            # The library's own move and flag expunge, and with it whatever else was marked for deletion.
            if self._done:
                self._told("MOVE", uid, self._done_encoded)
            elif self._marks:
                self._told("STORE", uid, "+FLAGS.SILENT", f"({TAKEN})")

    def _told(self, command: str, *arguments: str) -> None:
        kind, answer = self._box.client.uid(command, *arguments)
        if kind != "OK":
            raise SourceError(
                f"source {self._source.id}: {command} failed: {_first(answer)[:200].decode('utf-8', 'replace')}"
            )

    def _may_mark(self) -> bool:
        """Whether the server keeps keywords that it did not know before (RFC 9051, 7.1: PERMANENTFLAGS)."""
        permanent = _first(self._box.client.response("PERMANENTFLAGS")[1])
        return b"\\*" in permanent or TAKEN.encode() in permanent

    def _waiting(self) -> list[int]:
        """What has not been acknowledged; where nothing can be marked, what lies behind the cursor."""
        wanted = "UNDELETED" if self._done else f"UNDELETED UNKEYWORD {TAKEN}"
        if not (self._done or self._marks):
            wanted = f"UNDELETED UID {self._last + 1}:*"
        with telling(self._source):
            found = sorted(map(int, self._box.uids(wanted, charset=None)))
        # The server answers "7:*" with message 6 where that is the last one (RFC 9051, 6.4.8).
        return found if self._done or self._marks else [uid for uid in found if uid > self._last]

    def _fetched(self, uid: int) -> tuple[Delivery | None, str]:
        """One message as it came, or why it cannot be had; neither where it has gone in the meantime."""
        kind, answer = self._box.client.uid("FETCH", str(uid), "(UID INTERNALDATE BODY.PEEK[])")
        if kind != "OK":
            return None, str(_first(answer)[:200], "utf-8", "replace")
        for number, item in enumerate(answer):
            if not isinstance(item, tuple):
                continue
            behind = answer[number + 1] if number + 1 < len(answer) else b""
            about = item[0] + (behind if isinstance(behind, bytes) else b"")
            named = _UID.search(about)
            if named and int(named.group(1)) == uid:
                return self._delivery(uid, about, item[1]), ""
        return None, ""

    def _delivery(self, uid: int, about: bytes, raw: bytes) -> Delivery:
        arrived = _ARRIVED.search(about)
        place = f"{self._validity}:{uid}"
        return Delivery(
            key=delivery_key(raw, _NAME),
            raw=raw,
            name=_NAME,
            arrived=instant(arrived.group(1).decode("ascii", "replace").strip()) if arrived else None,
            place=place,
            cursor=f"{self._validity}:{max(uid, self._last)}",
        )


def _first(answer: list[bytes | None] | None) -> bytes:
    """The first line of an untagged response; the empty string where there was none."""
    return (answer[0] if answer else None) or b""
