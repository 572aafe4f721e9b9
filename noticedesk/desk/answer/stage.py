"""The stage that links answers to their claims, and the registry of what each kind of answer does."""

from collections.abc import Callable, Sequence

from noticedesk import store
from noticedesk.desk.answer import (
    appeal,
    counter_notice,
    court_action,
    cure_reply,
    official,
    retraction,
    seller_response,
)
from noticedesk.desk.answer.aside import set_aside
from noticedesk.desk.answer.linking import linked
from noticedesk.desk.answer.reply import Reply, read
from noticedesk.desk.desk import Desk
from noticedesk.desk.stages.stage import Stage, run
from noticedesk.desk.tally import Tally
from noticedesk.model.claim import Claim
from noticedesk.model.notice import Notice, NoticeKind, NoticeState
from noticedesk.store import records

Handler = Callable[[Desk, store.Transaction, Reply, Claim], str]

HANDLERS: list[tuple[NoticeKind, Handler]] = [
    (NoticeKind.COUNTER_NOTICE, counter_notice.handle),
    (NoticeKind.RETRACTION, retraction.handle),
    (NoticeKind.COURT_ACTION, court_action.handle),
    (NoticeKind.CURE_REPLY, cure_reply.handle),
    (NoticeKind.APPEAL, appeal.handle),
    (NoticeKind.SELLER_RESPONSE, seller_response.handle),
]
"""What each kind of answer does once it is linked to one claim."""


def load(desk: Desk, look: store.Look, ids: Sequence[str]) -> list[Notice]:
    """The leased notices."""
    return [records.get(look, Notice, one) for one in ids]


def save(desk: Desk, tx: store.Transaction, notice: Notice, reply: Reply) -> str:
    """Links the answer and lets it take effect; what is ambiguous or not verified is set aside for a person."""
    found = linked(desk, tx, reply)
    if notice.kind in official.KINDS:
        return official.register(desk, tx, reply, records.get(tx, Claim, found.claims[0]) if found.sure else None)
    if not found.sure:
        several = ", ".join(found.claims) or "none"
        return set_aside(desk, tx, notice, f"which claim it answers is not clear (by {found.by}: {several})")
    return handle(desk, tx, reply, records.get(tx, Claim, found.claims[0]))


def handle(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """Lets a reply that is linked to a claim take its effect."""
    known = dict(HANDLERS)
    if reply.notice.kind not in known:
        return set_aside(desk, tx, reply.notice, f"a {reply.notice.kind.replace('_', ' ')} is for a person to read")
    return known[reply.notice.kind](desk, tx, reply, claim)


STAGE = Stage(
    name="answer",
    noun=Notice,
    states=(NoticeState.RECEIVED,),
    load=load,
    work=read,
    save=save,
    id_of=lambda notice: notice.id,
)


def answer(desk: Desk) -> Tally:
    """Links one chunk of the answers that came in."""
    return run(desk, STAGE)
