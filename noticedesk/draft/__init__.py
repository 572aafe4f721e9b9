"""Letters compiled only from the facts of a case, and their fixed bytes."""

from noticedesk.draft.compile import Draft, blanks_in, check_copies, draft, facts_of
from noticedesk.draft.exposure import Contact, exposures
from noticedesk.draft.facts import (
    FALLBACK,
    ElementFacts,
    Facts,
    LawFacts,
    ListingFacts,
    Reasons,
    ServiceFacts,
    WorkFacts,
    asked,
    law_facts,
)
from noticedesk.draft.found import Match, found
from noticedesk.draft.held import held
from noticedesk.draft.letters import FrontMatter, Letters, Template, load_letters
from noticedesk.draft.markup import html
from noticedesk.draft.message import Head, Unsendable, message, reworded, words_in
from noticedesk.draft.paper import NotPrintable, pdf

__all__ = [
    "FALLBACK",
    "Contact",
    "Draft",
    "ElementFacts",
    "Facts",
    "FrontMatter",
    "Head",
    "LawFacts",
    "Letters",
    "ListingFacts",
    "Match",
    "NotPrintable",
    "Reasons",
    "ServiceFacts",
    "Template",
    "Unsendable",
    "WorkFacts",
    "asked",
    "blanks_in",
    "check_copies",
    "draft",
    "exposures",
    "facts_of",
    "found",
    "held",
    "html",
    "law_facts",
    "load_letters",
    "message",
    "pdf",
    "reworded",
    "words_in",
]
