"""A reply: an answering notice, read again from its raw bytes and checked, with who may answer for what it names."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from noticedesk import check, gather, store
from noticedesk.desk.act import lookup
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import judge
from noticedesk.model.claim import Claim
from noticedesk.model.document import Document
from noticedesk.model.notice import Notice, NoticeKind, NoticeState
from noticedesk.model.verdict import Check, UrlRole
from noticedesk.store import moves

Item = tuple[str, str]
"""A listing by service and item id."""

OF_SELLERS = frozenset({NoticeKind.COUNTER_NOTICE, NoticeKind.APPEAL, NoticeKind.SELLER_RESPONSE})
"""The kinds that the holder of an account may send."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answering notice; `holders` are the addresses that the platform knows for the listings that it names.

    `vouched_by` is the person who linked it by hand and looked at who sent it, `said_about` the allegations that the
    person says it is about.
    """

    notice: Notice
    document: Document = field(repr=False)
    found: Check = field(repr=False)
    holders: Mapping[Item, str] = field(default_factory=dict)
    vouched_by: str = ""
    said_about: tuple[str, ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        """The listings that it names."""
        return self.found.urls_of(UrlRole.REPORTED)


def read(desk: Desk, notice: Notice) -> Reply:
    """Reads and checks the notice, and asks the platform who may answer for the listings that it names."""
    document = desk.document(notice)
    found = judge(desk, document, notice.service)
    holders: dict[Item, str] = {}
    if notice.kind in OF_SELLERS:
        places = [gather.identify(url, desk.services, desk.places) for url in found.urls_of(UrlRole.REPORTED)]
        for place in places:
            if place and (known := lookup.account(desk, place.item)) and known.contact:
                holders[place.service, place.item] = known.contact.lower()
    return Reply(notice, document, found, holders)


def judged(desk: Desk, reply: Reply, claim: Claim) -> Check:
    """The reply judged under the regime of the claim that it answers, in the version that the claim is under."""
    law = (law_of(desk, claim),)
    hosts = desk.service(claim.service).hosts
    return check.check(reply.document, law, desk.reading, hosts, primary=claim.regime, kind=reply.notice.kind)


def settle(tx: store.Transaction, reply: Reply, claim: Claim | None) -> Notice:
    """Marks the notice as read, and as part of its claim."""
    linked = replace(reply.notice, claim=claim.id if claim else None, problem="")
    return moves.move(tx, linked, NoticeState.READ, ANSWER)
