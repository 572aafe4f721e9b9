"""Notices that name nobody: where their law surely lets them stand, a letter may say that no name was given."""

from noticedesk import check, store
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.model.claim import Claim
from noticedesk.model.notice import OPENING, Notice
from noticedesk.regime import SURE
from noticedesk.store import records

WORD = "unnamed"
"""The words of a letter that stand for who gave no name."""


def stands(desk: Desk, look: store.Look, claim: Claim) -> bool:
    """Whether the claim's notices surely give no name, by a law that surely lets them stand without one.

    A name that could not be read, or that a person must look at, is not one that was not given.
    """
    law = law_of(desk, claim)
    rule = law.version.unnamed
    if rule is None or not rule.stands or rule.tag not in SURE:
        return False
    known = [notice for notice in records.find(look, Notice, claim=claim.id) if notice.kind in OPENING]
    return bool(known) and all(_names_nobody(desk, notice) for notice in known)


def _names_nobody(desk: Desk, notice: Notice) -> bool:
    try:
        document = desk.document(notice)
    except (store.Missing, store.Erased):
        return False
    return check.nameless(document, desk.reading, desk.service(notice.service).hosts)
