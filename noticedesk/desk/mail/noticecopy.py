"""Copies of notices: the words of a notice in a letter to the seller, where the rules of the claim say so."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from noticedesk import check, store
from noticedesk.desk.cases.casefacts import About
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.document import Span
from noticedesk.model.listing import Listing
from noticedesk.model.notice import OPENING, Notice, NoticeKind
from noticedesk.regime import Withheld
from noticedesk.store import records

CONTACT, LISTING = "withheld_contact", "withheld_listing"
"""The words of a letter that stand for what is withheld."""


def carried(desk: Desk, look: store.Look, claim: Claim, letter: str, about: About) -> About:
    """What a letter is about, with the notice where a duty says that the letter carries it.

    Where its bytes are gone the text stays empty, which holds the letter.
    """
    duties = law_of(desk, claim).version.duties
    copy = next((duty.copy for duty in duties if duty.letter == letter and duty.copy), None)
    if copy is None:
        return about
    texts = (_text(desk, notice) for notice in _notice(desk, look, claim, about.allegation))
    whole = "\n\n".join(text for text in texts if text)
    language = desk.letters.find(letter, claim.language).front.language
    spans = [
        (span, desk.letters.word(language, word))
        for part in copy.withholds
        for span, word in _WITHHELD[part](desk, look, about, whole)
    ]
    return replace(about, notice_text=_without(whole, spans))


def _notice(desk: Desk, look: store.Look, claim: Claim, about: Allegation | None) -> list[Notice]:
    """The newest notice of the claim that names the listing, and what completed it."""
    known = sorted(records.find(look, Notice, claim=claim.id), key=lambda item: (item.received_at, item.id))
    opening = [notice for notice in known if notice.kind in OPENING]
    naming = [notice for notice in opening if about and about.url in _text(desk, notice)] if opening[1:] else []
    chosen = (naming or opening)[-1:]
    later = known[known.index(chosen[0]) :] if chosen else []
    return [*chosen, *(item for item in later if item.kind is NoticeKind.CURE_REPLY)]


def _text(desk: Desk, notice: Notice) -> str:
    try:
        return desk.document(notice).text.strip()
    except (store.Missing, store.Erased):
        return ""


def _contact(desk: Desk, look: store.Look, about: About, text: str) -> Iterable[tuple[Span, str]]:
    return ((span, CONTACT) for span in check.reach(text, desk.reading))


def _other_listings(desk: Desk, look: store.Look, about: About, text: str) -> Iterable[tuple[Span, str]]:
    """Where the text names listings of other accounts, or of accounts that nobody knows."""
    if about.allegation is None:
        return []
    mine = records.get(look, Listing, about.allegation.listing)
    items = records.find(look, Allegation, claim=about.allegation.claim)
    listings = {item.url: records.get(look, Listing, item.listing) for item in items}
    others = [url for url, one in listings.items() if one.id != mine.id and not (one.account == mine.account != "")]
    return ((found.span(), LISTING) for url in others for found in re.finditer(rf"{re.escape(url)}(?![\w/-])", text))


_WITHHELD: dict[Withheld, Callable[[Desk, store.Look, About, str], Iterable[tuple[Span, str]]]] = {
    "contact": _contact,
    "other_listings": _other_listings,
}
"""Where each thing that may be withheld stands in a text, and the word that takes its place."""


def _without(text: str, spans: Iterable[tuple[Span, str]]) -> str:
    """The text with words in the place of the spans; where two overlap, with those of the first."""
    parts, at = list[str](), 0
    for (start, end), word in sorted(spans):
        if start >= at:
            parts += [text[at:start], word]
        at = max(at, end)
    return "".join((*parts, text[at:]))
