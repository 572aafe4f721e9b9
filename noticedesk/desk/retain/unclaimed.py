"""Bytes that belong to nothing: of deliveries, captures and letters that were kept and then never saved."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from noticedesk.desk.actors import RETAIN
from noticedesk.desk.desk import Desk
from noticedesk.desk.retain import periods
from noticedesk.desk.tally import Tally
from noticedesk.model.notice import Notice
from noticedesk.store import chain, naming, search
from noticedesk.store.blobs import Written

_DIGEST = re.compile(r"[0-9a-f]{64}")

_LOOKED_AT = 2
"""A file is looked at until it is so many periods old: then it has been seen to belong to something, run after run."""

_EARLIER = timedelta(hours=1)
"""How long after its bytes were kept a delivery is saved at the latest, if nothing goes wrong."""


def drop_bytes(desk: Desk) -> Tally:
    """Removes what was written long enough ago and is named by no record, and what was left half written.

    What is enclosed in a message that is kept stays, named or not: a later reading of the message may name it.
    """
    rule = periods.rule_for(periods.load(desk), "bytes")
    end = desk.now() - rule.length
    old = {one.name: one for one in desk.blobs.written_before(end)}
    half = [one for name, one in old.items() if not _DIGEST.fullmatch(name)]
    within = {name for name, one in old.items() if _DIGEST.fullmatch(name) and one.at >= end - _LOOKED_AT * rule.length}
    with desk.db.read() as look:
        unnamed = naming.unnamed(look, within)
    loose = _not_enclosed(desk, {name: old[name] for name in unnamed})
    return _dropped(desk, [*half, *loose])


def _dropped(desk: Desk, files: Collection[Written]) -> Tally:
    tally = Tally()
    with desk.db.write() as tx:
        # asked again while nothing else is saved: whoever needed them meanwhile has written them anew, or named them
        free = naming.unnamed(tx, {one.name for one in files if _DIGEST.fullmatch(one.name)})
        count = sum(desk.blobs.discard(one) for one in files if one.name in free or not _DIGEST.fullmatch(one.name))
        if count:
            chain.append(tx, RETAIN, "bytes.dropped", "unclaimed_bytes", None, {"files": count})
            tally.counts["unclaimed bytes dropped"] += count
    return tally


def _not_enclosed(desk: Desk, files: dict[str, Written]) -> list[Written]:
    """Those that are enclosed in no message that was saved since about the time when they were kept."""
    left = dict(files)
    if not left:
        return []
    since = min(one.at for one in left.values()) - _EARLIER
    for notice in _saved_since(desk, since):
        if not left:
            break
        if desk.blobs.has(notice.sha256):
            for digest in desk.pictures(desk.blobs.get(notice.sha256)):
                left.pop(digest, None)
    return list(left.values())


def _saved_since(desk: Desk, since: datetime) -> list[Notice]:
    with desk.db.read() as look:
        return [one for one in search.since(look, Notice, "ingested_at", since)]
