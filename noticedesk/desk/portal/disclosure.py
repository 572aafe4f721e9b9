"""Disclosure: what the law asks a sender to swear, and what of a message will be passed on to whom, before it is sent.

All of it is read from the regime and from the letters that its duties name; nothing of law stands here.
"""

import re
from dataclasses import dataclass
from itertools import chain

from noticedesk import draft, regime
from noticedesk.desk.desk import Desk
from noticedesk.model.notice import NoticeKind
from noticedesk.model.verdict import Element

_QUOTED = re.compile(r'"([^"]{20,})"')

_AFTER: dict[NoticeKind, tuple[str, ...]] = {
    NoticeKind.COUNTER_NOTICE: ("counter_notice_received",),
    NoticeKind.RETRACTION: ("retraction_received",),
    NoticeKind.APPEAL: ("appeal_received", "appeal_decided"),
}
_OF_NOTICES = ("notice_received", "material_disabled")
"""The events after which letters speak of a message of a kind."""


@dataclass(frozen=True, slots=True)
class Sworn:
    """A statement that the law asks for: its words as the cure sentence quotes them, empty where the words are free."""

    element: str
    asks: str
    words: str
    reference: str


@dataclass(frozen=True, slots=True)
class Passed:
    """What is passed on: to which side, by which duty, which facts of the message its letter states, without what."""

    to: str
    duty: str
    reference: str
    facts: tuple[str, ...]
    withholds: tuple[str, ...] = ()


def law_for(desk: Desk, service: str, kind: NoticeKind) -> regime.InForce | None:
    """The regime that a message of the kind is judged under first at a service; None where none takes it."""
    law = desk.in_force(desk.now(), service)
    wanted = desk.reading.kinds.regimes.get(kind, ())
    named = (force for name in wanted for force in law if force.id == name)
    taking = (force for force in law if kind in force.regime.kinds)
    return next(chain(named, taking), None)


def asked(desk: Desk, law: regime.InForce, kind: NoticeKind) -> tuple[Sworn, ...]:
    """The statements that the regime asks of a message of the kind, in its order."""
    counter = kind is NoticeKind.COUNTER_NOTICE
    rules = law.version.counter_notice.elements if counter else law.version.elements
    ways = desk.reading.elements.elements
    return tuple(
        Sworn(rule.id, rule.asks, _words(rule.cure), rule.reference)
        for rule in rules
        if rule.required and rule.id in ways and ways[rule.id].by == "statement"
    )


def sworn(missing: Element) -> Sworn:
    """A statement that a message lacks, as it is asked for."""
    return Sworn(missing.id, missing.cure, _words(missing.cure), missing.reference)


def passed_on(desk: Desk, law: regime.InForce, kind: NoticeKind) -> tuple[Passed, ...]:
    """What will be passed on of a message of the kind, to the other side of whoever sends it."""
    events = _AFTER.get(kind, _OF_NOTICES)
    other = "seller" if kind not in _AFTER else "claimant" if kind is NoticeKind.COUNTER_NOTICE else "both"
    return tuple(
        Passed(
            duty.to,
            duty.do,
            duty.reference,
            draft.facts_of(desk.letters, duty.letter),
            duty.copy.withholds if duty.copy else (),
        )
        for duty in law.version.duties
        if duty.after in events and duty.letter and (duty.to == other or "both" in (other, duty.to))
    )


def told(law: regime.InForce, sentence: str) -> str:
    """A sentence of the regime that letters may quote; empty where it has none that is sure enough."""
    sure = (one for one in law.version.sentences if one.tag in regime.SURE and one.language == "en")
    return next((one.text for one in sure if one.id == sentence), "")


def _words(cure: str) -> str:
    quoted = _QUOTED.search(cure)
    return quoted[1] if quoted else ""
