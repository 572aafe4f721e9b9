"""A known sender whose message is no claim is alarmed, once for all of a day; a stranger's question is not."""

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.notify import run
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.ids import new_id
from noticedesk.model.notice import Notice, NoticeKind, NoticeState, Verified
from noticedesk.store import records
from tests.noticedesk.desk.chase.case import alarms, claim


def message(desk: Desk, about: str | None, kind: NoticeKind, verified: Verified = Verified.DKIM) -> Notice:
    """A message of one sender, of a claim or of none."""
    id = new_id("N")
    made = Notice(
        id=id,
        service="shop",
        channel="inbox",
        delivery=id,
        sha256="0" * 64,
        received_at=desk.now(),
        ingested_at=desk.now(),
        state=NoticeState.READ,
        kind=kind,
        claim=about,
        sender="robot@agency.example",
        verified=verified,
    )
    with desk.db.write() as tx:
        records.add(tx, made)
    return made


@pytest.mark.parametrize(
    ("claims", "verified", "told"), [(3, Verified.DKIM, 1), (2, Verified.DKIM, 0), (3, Verified.NO, 0)]
)
def test_only_a_known_and_verified_senders_message_without_claim_is_alarmed(
    desk: Desk, claims: int, verified: Verified, told: int
) -> None:
    for _ in range(claims):
        message(desk, claim(desk).id, NoticeKind.COPYRIGHT_NOTICE)
    first = message(desk, None, NoticeKind.OTHER, verified)
    message(desk, None, NoticeKind.OTHER, verified)
    run.find(desk)
    run.find(desk)
    found = alarms(desk, AlarmKind.SENDER_WITHOUT_CLAIM)
    assert [alarm.subject for alarm in found] == [first.id] * told
