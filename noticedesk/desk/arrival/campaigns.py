"""Campaigns: one template and many listings, shown as one group; found by the words that a letter has of its own."""

import re

from matchers.text.sketch import alike, bands, sketch
from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.desk.misuse.conduct import Campaigns, conduct
from noticedesk.model.conduct import Fingerprint
from noticedesk.model.document import Document, Field
from noticedesk.model.notice import Notice
from noticedesk.model.verdict import Check, Status
from noticedesk.store import campaigns, records

_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_OWN_ANSWERS = (Field.MESSAGE, Field.WORK_DESCRIPTION, Field.MATERIAL_DESCRIPTION)


def note(desk: Desk, tx: store.Transaction, notice: Notice, document: Document, found: Check) -> Fingerprint | None:
    """The fingerprint of a notice that opened or joined a claim, kept with its campaign; None for too few words.

    A letter that is like none before begins a campaign of its own, which is shown once a second one belongs to it.
    """
    rules = conduct(desk).campaigns
    made = sketch(own_words(document, found, rules))
    if not made or notice.claim is None:
        return None
    keys = list(bands(made))
    known = _nearest(tx, made, keys, rules.alike)
    if known is None:
        campaigns.keep_bands(tx, notice.id, notice.id, keys)
    print_ = Fingerprint(id=notice.id, campaign=known or notice.id, claim=notice.claim, sketch=made)
    records.add(tx, print_)
    return print_


def own_words(document: Document, found: Check, rules: Campaigns) -> str:
    """What a letter says in words of its own: no quotation, no address, nothing that the law words for everybody.

    Of a form only what was written freely: its questions are everybody's.
    """
    free = [answer.value for answer in document.answers if answer.field in _OWN_ANSWERS]
    if document.answers:
        return _ADDRESS.sub(" ", "\n".join(free)[: rules.longest])
    worded = [
        span
        for element in found.primary.elements
        if element.id in rules.without and element.status is Status.PRESENT
        for span in element.spans
    ]
    text = document.text[: rules.longest]
    for start, end in (*document.quoted, *worded):
        text = text[:start] + " " * (min(end, len(text)) - min(start, len(text))) + text[end:]
    return _ADDRESS.sub(" ", text)


def _nearest(look: store.Look, made: tuple[str, ...], keys: list[str], least: float) -> str | None:
    """The campaign whose first letter is most like this one, if it is like enough."""
    likeness = {
        campaign: alike(made, print_.sketch)
        for campaign, example in campaigns.near(look, keys)
        for print_ in records.find(look, Fingerprint, id=example)
    }
    best = max(likeness, key=lambda campaign: likeness[campaign], default=None)
    return best if best is not None and likeness[best] >= least else None
