"""What nobody came back for: submissions that never became a notice, and senders who may not send any more."""

from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import func, or_, select

from noticedesk.model.submission import Sender, SenderToken, Submission
from noticedesk.store import records
from noticedesk.store.database import Look, Transaction
from noticedesk.store.mapping import mapper
from noticedesk.store.tables.submissions import sender_tokens, senders, submissions

ERASED = "erased:"


def never_taken(look: Look, end: datetime, limit: int) -> list[Submission]:
    """The submissions that were never taken over, whose status address stopped working before the end."""
    way = mapper(Submission)
    old = submissions.c.taken_at.is_(None), submissions.c.expires_at < end, submissions.c.email != ""
    query = select(*way.columns).where(*old).order_by(submissions.c.expires_at, submissions.c.id).limit(limit)
    return [cast(Submission, way.noun(row)) for row in look.run(query)]


def retired(look: Look, end: datetime, limit: int) -> list[Sender]:
    """The senders who are not let in any more, and whose tokens were last used or taken back before the end."""
    way, used = mapper(Sender), sender_tokens.c
    late = or_(used.last_used_at >= end, used.revoked_at >= end, used.created_at >= end)
    since = select(func.count()).where(used.sender == senders.c.id, late).correlate(senders).scalar_subquery()
    old = senders.c.active.is_(False), senders.c.created_at < end, senders.c.name != "", since == 0
    query = select(*way.columns).where(*old).order_by(senders.c.id).limit(limit)
    return [cast(Sender, way.noun(row)) for row in look.run(query)]


def blank_submission(tx: Transaction, one: Submission) -> Submission:
    """The submission without whose it was; when it came, what it was and the digest of its bytes stay."""
    return records.replace(tx, replace(one, email="", problem="", key=ERASED + one.id))


def blank_sender(tx: Transaction, one: Sender) -> Sender:
    """The sender without name and address; that there was one, and its tokens' digests, stay."""
    for token in records.find(tx, SenderToken, sender=one.id, revoked_at=None):
        records.replace(tx, replace(token, sha256=""))
    return records.replace(tx, replace(one, name="", email=ERASED + one.id))
