"""Submissions: what comes in through the API or a form is saved as received, before anything else happens to it."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from noticedesk import store
from noticedesk.desk.actors import API
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal.terms import terms_of
from noticedesk.model.ids import new_id
from noticedesk.model.submission import Sender, Submission, SubmissionKind
from noticedesk.store import chain, records
from noticedesk.store.secret import carried, digest, new_secret


class KeyReused(ValueError):
    """An Idempotency-Key that came with another body before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Something to be saved: its bytes as received, and what they say of themselves.

    `sender` and the token `shown` are those of the API; a form has neither, and gives the `email` of who fills it in.
    """

    raw: bytes = field(repr=False)
    service: str
    kind: SubmissionKind
    email: str
    sender: Sender | None = None
    shown: str = field(default="", repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A submission as saved; `status` is what its status address ends in, `repeated` that it was saved before."""

    submission: Submission
    status: str = field(repr=False)
    repeated: bool = False


def service_of(desk: Desk, named: str) -> str:
    """The service that a submission names, or the only one; raises SettingError with the nearest."""
    if named or len(desk.services) > 1:
        return desk.service(named).id
    return desk.services[0].id


def accept(desk: Desk, incoming: Sequence[Incoming]) -> list[Accepted]:
    """Saves all of it or nothing; raises KeyReused. The same key with the same bytes is the same submission."""
    with desk.db.read() as look:
        for one in incoming:
            _known(look, one)
    for one in incoming:
        desk.blobs.put(one.raw)
    lasts = timedelta(days=terms_of(desk.settings).status_days)
    with desk.db.write() as tx:
        return [_save(desk, tx, one, lasts) for one in incoming]


def found(look: store.Look, status: str) -> Submission | None:
    """The submission whose status address ends so; None for anything else, an expired one included."""
    return carried(look, Submission, status)


def _save(desk: Desk, tx: store.Transaction, one: Incoming, lasts: timedelta) -> Accepted:
    known = _known(tx, one)
    if known:
        secret = _proved(one.shown, known.id)
        if known.sha256 != digest(secret):
            # Another token of the same sender asks again: the status address is that token's from now on.
            known = records.replace(tx, replace(known, sha256=digest(secret)))
        return Accepted(known, f"{known.id}_{secret}", repeated=True)
    now, id = desk.now(), new_id("F")
    secret = _proved(one.shown, id) if one.shown else new_secret()[0]
    submission = Submission(
        id=id,
        sender=one.sender.id if one.sender else None,
        key=one.key or id,
        service=one.service,
        kind=one.kind,
        email=one.email.strip().lower(),
        body=_digest(one.raw),
        sha256=digest(secret),
        received_at=now,
        expires_at=now + lasts,
    )
    records.add(tx, submission)
    chain.append(tx, API, "submission.received", id, None, {"sha256": submission.body, "kind": one.kind.value})
    return Accepted(submission, f"{id}_{secret}")


def _known(look: store.Look, one: Incoming) -> Submission | None:
    """What was saved under the key before; raises KeyReused where it was something else."""
    if not one.key or one.sender is None:
        return None
    known = records.find(look, Submission, sender=one.sender.id, key=one.key)
    if known and (known[0].body != _digest(one.raw)):
        raise KeyReused(f"the Idempotency-Key {one.key} came with another body before; take a new one for a new body")
    return known[0] if known else None


def _proved(shown: str, id: str) -> str:
    """The secret of a status address, made from the token so that the same request gets the same answer."""
    return hmac.new(shown.encode(), id.encode(), hashlib.sha256).hexdigest()


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
