"""Letters compiled only from the facts of a case, and their fixed bytes."""

from noticedesk.draft.compile import Draft, blanks_in, draft, facts_of
from noticedesk.draft.exposure import Contact, exposures
from noticedesk.draft.facts import (
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
from noticedesk.draft.letters import FrontMatter, Letters, Template, load_letters
from noticedesk.draft.message import Head, Unsendable, message, reworded, words_in

__all__ = [
    "Contact",
    "Draft",
    "ElementFacts",
    "Facts",
    "FrontMatter",
    "Head",
    "LawFacts",
    "Letters",
    "ListingFacts",
    "Reasons",
    "ServiceFacts",
    "Template",
    "Unsendable",
    "WorkFacts",
    "asked",
    "blanks_in",
    "draft",
    "exposures",
    "facts_of",
    "law_facts",
    "load_letters",
    "message",
    "reworded",
    "words_in",
]
