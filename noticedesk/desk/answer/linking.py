"""Linking: which claim a message answers, by its thread, a token of ours, a listing, or what its sender awaits."""

import re

from noticedesk import store
from noticedesk.desk.answer.reply import OF_SELLERS, Reply
from noticedesk.desk.answer.sides import is_notifier, is_seller
from noticedesk.desk.arrival.threads import Linked, allegations_named, by_listing, by_thread
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.notice import NoticeKind
from noticedesk.model.party import Party, PartyRole
from noticedesk.store import records

A = AllegationState

TOKEN = re.compile(r"\bC-[0-9A-HJKMNP-TV-Z]{16}\b")
"""A claim's id, as our letters show it in their subject and at their end."""

ANSWERABLE: dict[NoticeKind, frozenset[AllegationState]] = {
    NoticeKind.COUNTER_NOTICE: frozenset({A.APPROVED, A.DISPATCHING, A.ACTIONED, A.COUNTERED, A.KEPT_DOWN}),
    NoticeKind.RETRACTION: frozenset(A) - {A.WITHDRAWN, A.DISMISSED, A.RESTORED},
    NoticeKind.COURT_ACTION: frozenset({A.ACTIONED, A.COUNTERED, A.KEPT_DOWN, A.RESTORED}),
    NoticeKind.APPEAL: frozenset({A.ACTIONED, A.DISMISSED, A.KEPT_DOWN, A.RESTORED, A.NOT_OURS}),
    NoticeKind.SELLER_RESPONSE: frozenset(A) - {A.WITHDRAWN},
    NoticeKind.CURE_REPLY: frozenset(A),
}
"""The states in which an allegation can be what such a message is about."""

_AWAITING_CURE = (ClaimState.NEEDS_CURE, ClaimState.EXPIRED)


def named(desk: Desk, look: store.Look, reply: Reply, claim: Claim) -> list[Allegation]:
    """What of the claim the reply is about: what a person says, else what it names, or all where it names nothing."""
    answerable = ANSWERABLE[reply.notice.kind]
    if reply.said_about:
        return records.find(look, Allegation, claim=claim.id, id=reply.said_about, state=answerable)
    return allegations_named(desk, look, claim, reply.urls, answerable)


def linked(desk: Desk, tx: store.Transaction, reply: Reply) -> Linked:
    """The claim that the reply answers, by the first of the ways that knows any; several claims are for a person.

    Where the thread names one claim and a token in the words another, both are given.
    """
    threaded, token = by_thread(tx, reply.document.envelope), by_token(tx, reply)
    if threaded.claims or token.claims:
        return _agreed(threaded, token)
    listed = _mine(desk, tx, reply, by_listing(desk, tx, reply.urls, ANSWERABLE.get(reply.notice.kind, frozenset(A))))
    if listed.claims:
        return listed
    return by_what_is_awaited(tx, reply)


def by_token(look: store.Look, reply: Reply) -> Linked:
    """The claims whose id stands in the subject or in the sender's own words."""
    document = reply.document
    own = _without_quotes(document.text, document.quoted)
    named = dict.fromkeys(TOKEN.findall(f"{document.envelope.subject}\n{own}"))
    return Linked(tuple(one for one in named if records.find(look, Claim, id=one)), "token")


def by_what_is_awaited(look: store.Look, reply: Reply) -> Linked:
    """The claims of the sender that wait for something to be supplied, where the message supplies it."""
    if reply.notice.kind is not NoticeKind.CURE_REPLY or not reply.notice.sender:
        return Linked((), "content")
    parties = records.find(look, Party, role=PartyRole.SENDER, email=reply.notice.sender)
    claims = [records.get(look, Claim, party.claim) for party in parties]
    return Linked(tuple(claim.id for claim in claims if claim.state in _AWAITING_CURE), "content")


def _agreed(threaded: Linked, token: Linked) -> Linked:
    if not threaded.claims:
        return token
    both = tuple(claim for claim in threaded.claims if claim in token.claims)
    if both or not token.claims:
        return Linked(both or threaded.claims, "thread")
    return Linked((*threaded.claims, *token.claims), "thread and token, which differ")


def _mine(desk: Desk, tx: store.Transaction, reply: Reply, listed: Linked) -> Linked:
    """Of several claims about a listing, those in which the sender is the side that such a message comes from."""
    mine = tuple(claim for claim in listed.claims if _of_side(tx, reply, claim))
    return Linked(mine or listed.claims, listed.by)


def _of_side(tx: store.Transaction, reply: Reply, claim: str) -> bool:
    if reply.notice.kind not in (OF_SELLERS - {NoticeKind.APPEAL}) and is_notifier(tx, claim, reply):
        return True
    if reply.notice.kind not in OF_SELLERS:
        return False
    allegations = records.find(tx, Allegation, claim=claim, state=ANSWERABLE[reply.notice.kind])
    return any(is_seller(tx, one, reply) for one in allegations)


def _without_quotes(text: str, quoted: tuple[tuple[int, int], ...]) -> str:
    kept, at = [], 0
    for start, end in sorted(quoted):
        kept.append(text[at:start])
        at = max(at, end)
    return "".join((*kept, text[at:]))
