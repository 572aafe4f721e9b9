"""The facts that a letter may state: the fields named here are the only variables that a template knows."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from noticedesk.regime import SURE, ElementRule, Sentence, Tag, Version
from noticedesk.settings import SettingError, nearest

FALLBACK = "en"
"""The language of a letter that has no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """The site that writes, and its designated agent."""

    name: str
    agent_name: str = ""
    agent_address: str = ""
    agent_email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """A work or mark as the notice names it."""

    title: str = ""
    mark: str = ""
    registration: str = ""
    office: str = ""
    principal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFacts:
    """A listing and its fate.

    `removed_at` and `restored_at` are confirmations of the platform, never intentions, with the agent's offset: of the
    measure, whatever it was, and of its end. `of_account` says that it is about the account behind the listing.
    """

    url: str
    title: str = ""
    action: str = ""
    of_account: bool = False
    territories: tuple[str, ...] = ()
    until: date | None = None
    why: str = ""
    removed_at: datetime | None = None
    restored_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementFacts:
    """An element of a notice: what the law asks, the sentence that cures, and the words that were found for it.

    `tag` says how sure the rule is; an element that is less than sure blocks the letter that would state it.
    """

    id: str
    asks: str = ""
    cure: str = ""
    quote: str = ""
    tag: Tag = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFacts:
    """Sentences of the regime that are sure enough to stand in a letter, with the same in other languages."""

    language: str = FALLBACK
    answer: str = ""
    putback: str = ""
    redress: str = ""
    neutral: str = ""
    translations: tuple["LawFacts", ...] = ()

    def spoken(self, language: str) -> "LawFacts":
        """The sentences in a language; none of them where the regime does not have it, which a letter shows."""
        each = (law for law in (self, *self.translations) if law.language == language)
        return next(each, LawFacts(language=language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What a statement of reasons says of a decision: the facts, the basis (law or terms), ground, and automation.

    `automated_detection` is how the content came to light, `automated_preparation` whether software compared it before
    a person decided. `fresh_eyes` says that whoever decided a complaint or appeal had not decided before.
    """

    facts: str = ""
    basis: str = ""
    ground: str = ""
    explanation: str = ""
    from_notice: bool | None = None
    automated_detection: bool | None = None
    automated_preparation: bool | None = None
    automated_decision: bool | None = None
    fresh_eyes: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that a letter may state. What is None or empty is not in the case, and no sentence about it renders.

    `claimant` sent the notice, `principal` owns the right; every name that the case knows for the principal stands in
    `principals`. `refusals` are reasons in words. `answered_on` is when an answer came, `answer_by` until when
    one is asked for; `spoiled` are words that a notice may not contain. Dates are legal dates in the agent's zone.
    `question` is what a person of the desk asks, `measure_until` how long a measure about the addressee holds.
    """

    claim: str = ""
    service: ServiceFacts | None = None
    addressee: str = ""
    claimant: str = ""
    principal: str = ""
    principals: tuple[str, ...] = ()
    received: date | None = None
    works: tuple[WorkFacts, ...] = ()
    listings: tuple[ListingFacts, ...] = ()
    given: tuple[ElementFacts, ...] = ()
    missing: tuple[ElementFacts, ...] = ()
    cure_by: date | None = None
    refusals: tuple[str, ...] = ()
    law: LawFacts = LawFacts()
    answer_elements: tuple[ElementFacts, ...] = ()
    appeal_to: str = ""
    appeal_until: date | None = None
    reasons: Reasons = Reasons()
    notice_text: str = ""
    counter_notice_received: date | None = None
    counter_notice_text: str = ""
    restore_from: date | None = None
    restore_until: date | None = None
    answered_on: date | None = None
    answer_by: date | None = None
    spoiled: tuple[str, ...] = ()
    retracted: date | None = None
    forwarded: date | None = None
    court_action: bool | None = None
    confirm_url: str = ""
    confirm_until: date | None = None
    question: str = ""
    measure_until: date | None = None


def law_facts(version: Version) -> LawFacts:
    """The sentences of a regime version that letters may quote; those less than sure are left out."""
    known = {field.name for field in fields(LawFacts)} - {"language", "translations"}
    for sentence in version.sentences:
        if sentence.id not in known:
            raise SettingError(f"no letter can quote sentence {sentence.id}{nearest(sentence.id, known)}")
    sure = [sentence for sentence in version.sentences if sentence.tag in SURE]
    languages = dict.fromkeys(sentence.language for sentence in sure if sentence.language != FALLBACK)
    return replace(_spoken(sure, FALLBACK), translations=tuple(_spoken(sure, language) for language in languages))


def _spoken(sentences: Iterable[Sentence], language: str) -> LawFacts:
    texts = {sentence.id: sentence.text for sentence in sentences if sentence.language == language}
    return LawFacts(
        language=language,
        answer=texts.get("answer", ""),
        putback=texts.get("putback", ""),
        redress=texts.get("redress", ""),
        neutral=texts.get("neutral", ""),
    )


def asked(rules: Iterable[ElementRule]) -> tuple[ElementFacts, ...]:
    """Elements as a letter lists them: what is asked, and the sentence that gives it."""
    return tuple(
        ElementFacts(id=rule.id, asks=rule.asks, cure=rule.cure, tag=rule.tag) for rule in rules if rule.required
    )
