"""What a document is worth under a regime: its elements, a verdict, and the duties that it brings."""

from collections.abc import Iterable

from noticedesk.check.elements import Elements
from noticedesk.check.reading import Reading
from noticedesk.model.notice import OPENING, NoticeKind
from noticedesk.model.verdict import Element, Flag, RegimeVerdict, Status, Verdict
from noticedesk.regime import ElementRule, InForce

_GIVEN = (Status.PRESENT, Status.REDACTED)


def verdict_of(
    force: InForce, kind: NoticeKind, elements: Elements, reading: Reading, flags: Iterable[Flag], *, safety: bool
) -> RegimeVerdict:
    """A document of a kind judged under one regime."""
    rules = rules_for(force, kind)
    found = tuple(_element(rule, elements) for rule in rules)
    if kind is NoticeKind.RETRACTION:
        found = tuple(_bare(name, force, elements, reading) for name in reading.elements.retraction)
    raised = {flag.id for flag in flags}
    verdict = Verdict.SAFETY if safety else _verdict(force, kind, rules, found, raised)
    return RegimeVerdict(
        regime=force.id,
        version=force.version.version,
        verdict=verdict,
        elements=found,
        duties=_duties(force, kind, verdict),
    )


def rules_for(force: InForce, kind: NoticeKind) -> tuple[ElementRule, ...]:
    """The elements that a regime asks of a document of a kind."""
    if kind is NoticeKind.COUNTER_NOTICE:
        return force.version.counter_notice.elements
    if kind is NoticeKind.COURT_ACTION:
        of_papers = (rule for papers in force.version.counter_notice.papers for rule in papers.elements)
        return tuple({rule.id: rule for rule in of_papers}.values())
    return force.version.elements if kind in OPENING else ()


def _element(rule: ElementRule, elements: Elements) -> Element:
    found = elements.of(rule.id)
    lacking = found.status not in _GIVEN
    return Element(
        id=rule.id,
        status=found.status,
        quotes=found.quotes,
        spans=found.spans,
        reference=rule.reference,
        cure=rule.cure if lacking else "",
    )


def _bare(name: str, force: InForce, elements: Elements, reading: Reading) -> Element:
    """An element that no regime asks for: with the reference of the rule of that name, if there is one."""
    found = elements.of(name)
    rule = next((rule for rule in force.version.elements if rule.id == name), None)
    cure = "" if found.status in _GIVEN else reading.elements.retraction_cure
    reference = rule.reference if rule else ""
    return Element(id=name, status=found.status, quotes=found.quotes, spans=found.spans, reference=reference, cure=cure)


def _verdict(
    force: InForce, kind: NoticeKind, rules: tuple[ElementRule, ...], found: tuple[Element, ...], raised: set[str]
) -> Verdict:
    if kind is NoticeKind.COUNTER_NOTICE and not force.version.counter_notice.enabled:
        return Verdict.WRONG_REGIME
    if kind not in OPENING and kind is not NoticeKind.COUNTER_NOTICE:
        return Verdict.NOT_A_CLAIM
    if kind in OPENING and kind not in force.regime.kinds:
        return Verdict.WRONG_REGIME
    if raised & {rule.id for rule in force.version.forbidden}:
        return Verdict.INEFFECTIVE
    return _by_absence([(rule, element.status) for rule, element in zip(rules, found, strict=True) if rule.required])


def _by_absence(judged: list[tuple[ElementRule, Status]]) -> Verdict:
    """The verdict by what the absence of each required element does; a doubt about one keeps it open."""
    missing = [rule for rule, status in judged if status is Status.MISSING]
    if any(rule.core and rule.absence_effect != "weakens_knowledge" for rule in missing):
        return Verdict.INEFFECTIVE
    if any(rule.absence_effect in ("ineffective", "no_duty") for rule in missing):
        return Verdict.INEFFECTIVE
    if any(status is Status.NEEDS_REVIEW for _, status in judged):
        return Verdict.NEEDS_REVIEW
    return Verdict.DEFICIENT_CURABLE if missing else Verdict.EFFECTIVE


_EVENT = {
    (NoticeKind.COUNTER_NOTICE, Verdict.EFFECTIVE): "counter_notice_received",
    (NoticeKind.COUNTER_NOTICE, Verdict.INEFFECTIVE): "deficient_counter_notice_received",
    (NoticeKind.RETRACTION, Verdict.NOT_A_CLAIM): "retraction_received",
}
_NOTICE_EVENT = {Verdict.EFFECTIVE: "notice_received", Verdict.DEFICIENT_CURABLE: "deficient_notice_received"}


def _duties(force: InForce, kind: NoticeKind, verdict: Verdict) -> tuple[str, ...]:
    """The duties of the regime that the arrival of such a document brings at once."""
    event = _EVENT.get((kind, verdict)) or (_NOTICE_EVENT.get(verdict) if kind in OPENING else None)
    return tuple(duty.id for duty in force.version.duties if event is not None and duty.after == event)
