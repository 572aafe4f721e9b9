"""The facts of a case as letters may state them, gathered from what is saved; nothing that is not in the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from noticedesk import draft, store
from noticedesk.desk.cases import foundwords, unnamed
from noticedesk.desk.deadlines.clocks import law_of, safe_window
from noticedesk.desk.desk import Desk
from noticedesk.model.action import DISMISSALS, OF_ACCOUNTS, Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.notice import OPENING, Notice, NoticeKind
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.right import Right, Work
from noticedesk.model.verdict import Check, Status
from noticedesk.regime import SURE, ElementRule, InForce, Version
from noticedesk.store import records


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter is about beside its claim: a message and its check, an allegation, what is decided or proposed.

    `question` is what a person asks, and `side` whom alone, where the letter may go to either. `done_at` is when the
    platform confirmed what was decided; what leaves no measure behind is known to be done by it alone. `until` is how
    long a measure about who sends notices holds, `to` the address that it is about. `law` is the one whose words it
    says, where that is not the claim's own.
    """

    notice: Notice | None = None
    found: Check | None = None
    allegation: Allegation | None = None
    decision: Decision | None = None
    reason: Reason | None = None
    text: str = field(default="", repr=False)
    notice_text: str = field(default="", repr=False)
    question: str = field(default="", repr=False)
    side: str = ""
    done_at: datetime | None = None
    until: datetime | None = None
    to: str = field(default="", repr=False)
    law: InForce | None = None


def facts(desk: Desk, look: store.Look, claim: Claim, about: About) -> draft.Facts:
    """Everything that a letter about this may state."""
    service = desk.service(claim.service)
    law = about.law or law_of(desk, claim)
    zone = ZoneInfo(service.agent.timezone)
    parties = records.find(look, Party, claim=claim.id)
    principal = _principal(parties, claim)
    if not principal and unnamed.stands(desk, look, claim):
        principal = desk.letters.word(claim.language, unnamed.WORD)
    rules = {rule.id: rule for rule in _rules(law.version)}
    clocks = _clocks(look, claim, about.allegation)
    asked = clocks.get(law.version.inquiry.timer) if law.version.inquiry else None
    answer = about.notice if about.notice and about.notice.kind not in OPENING else None
    window, answered = safe_window(desk, look, claim, about.allegation), clocks.get("putback_not_before")
    return draft.Facts(
        claim=claim.id,
        service=draft.ServiceFacts(
            name=service.name,
            agent_name=service.agent.name,
            agent_address=service.agent.address,
            agent_email=service.agent.email,
        ),
        claimant=_named(parties, PartyRole.AGENT) or principal or claim.principal,
        principal=principal,
        principals=tuple(dict.fromkeys(p.name for p in parties if p.role is PartyRole.PRINCIPAL and p.name)),
        received=_day(claim.received_at, zone),
        works=tuple(_work(work, principal) for work in _works(look, claim, about) if work.title or work.mark),
        listings=tuple(_listing(look, item, about, zone) for item in _allegations(look, claim, about)),
        law=draft.law_facts(law.version),
        answer_elements=draft.asked(law.version.counter_notice.elements),
        appeal_to=service.agent.email,
        refusals=tuple(desk.says(reason, claim.language) for reason in _reasons(about)),
        counter_notice_text=about.text,
        given=_given(about, rules, claim.language),
        missing=_missing(about, rules, claim.language),
        cure_by=_day(clocks["cure_reply"].due, zone) if "cure_reply" in clocks else None,
        counter_notice_received=_day(_countered_at(about.notice, answered), zone),
        restore_from=window.first if window else None,
        restore_until=window.last if window else None,
        notice_text=about.notice_text,
        answered_on=_day(answer.received_at, zone) if answer else None,
        answer_by=_day(asked.due, zone) if asked and asked.tag in SURE else None,
        spoiled=_spoiled(about, law.version),
        forwarded=next((_day(c.start, zone) for c in clocks.values() if c.start_event == FORWARDED), None),
        court_action=_court_action(look, about.allegation, clocks),
        retracted=_day(about.notice.received_at, zone) if _takes_back(about.notice) and about.notice else None,
        reasons=_explained(desk, look, about, claim.language),
        question=about.question,
        measure_until=_day(about.until, zone),
    )


def _named(parties: Sequence[Party], role: PartyRole) -> str:
    return next((party.name for party in parties if party.role is role and party.name), "")


def _principal(parties: Sequence[Party], claim: Claim) -> str:
    """Who claims, by name; empty where nobody is named, for the address that then stands for them is no name."""
    roles = (PartyRole.PRINCIPAL, PartyRole.SUBMITTER, PartyRole.AGENT, PartyRole.SENDER)
    named = next((name for role in roles if (name := _named(parties, role))), "")
    return named or ("" if "@" in claim.principal else claim.principal)


def _takes_back(notice: Notice | None) -> bool:
    return notice is not None and notice.kind is NoticeKind.RETRACTION


def _rules(version: Version) -> tuple[ElementRule, ...]:
    """Every rule about an element that a message under the version can have, or lack."""
    papers = (rule for papers in version.counter_notice.papers for rule in papers.elements)
    return (*papers, *version.elements, *version.counter_notice.elements)


def _clocks(look: store.Look, claim: Claim, allegation: Allegation | None) -> dict[str, Clock]:
    """The clocks by rule: of the claim, and before them those of the allegation that is meant."""
    known = records.find(look, Clock, claim=claim.id)
    mine = [item for item in known if allegation and item.allegation == allegation.id]
    rest = [item for item in known if item.allegation is None or allegation is None]
    return {item.rule: item for item in (*rest, *mine)}


def _countered_at(notice: Notice | None, waiting: Clock | None) -> datetime | None:
    """When the counter-notice came: the one that the letter is about, complete or not, else the one whose time runs."""
    if notice and notice.kind is NoticeKind.COUNTER_NOTICE:
        return notice.received_at
    return waiting.start if waiting else None


def _spoiled(about: About, version: Version) -> tuple[str, ...]:
    """The words of the notice that it may not contain."""
    forbidden = {rule.id for rule in version.forbidden}
    found = about.found.flags if about.found else ()
    return tuple(dict.fromkeys(flag.quote for flag in found if flag.id in forbidden))


def _court_action(look: store.Look, allegation: Allegation | None, clocks: Mapping[str, Clock]) -> bool | None:
    """Whether a court action keeps the material down; unknown once papers came that legal decided about."""
    if allegation is None:
        return None
    if allegation.state is AllegationState.KEPT_DOWN:
        return True
    came = records.find(look, Event, subject=allegation.id, act=PAPERS, limit=1)
    return False if "putback_not_before" in clocks and not came else None


PAPERS = "court_action.received"
"""The event that papers of a court or board about an allegation came."""

FORWARDED = "notice_forwarded"
"""The event that a notice was passed on."""


def _explained(desk: Desk, look: store.Look, about: About, language: str) -> draft.Reasons:
    """What is said of a decision: the facts it rests on, its reason in words, its basis, and what led to it."""
    decision = about.decision
    if decision is None:
        return draft.Reasons()
    before = [d for d in records.find(look, Decision, allegation=decision.allegation) if d.id != decision.id]
    return draft.Reasons(
        facts=foundwords.told(desk, look, decision, language),
        fresh_eyes=all(item.decided_by != decision.decided_by for item in before) if before else None,
        basis=decision.basis,
        ground=_ground(desk, look, decision),
        explanation=desk.says(decision.reason, language),
        from_notice=decision.source == NOTICE,
        automated_detection=decision.automated_detection,
        automated_preparation=bool(decision.thresholds),
        automated_decision=decision.automatic,
    )


NOTICE = "notice"
"""The source of a decision that a notice led to."""


def _ground(desk: Desk, look: store.Look, decision: Decision) -> str:
    """The right that the decision rests on, by its kind and number; where none is known, the rules by their title."""
    about = records.get(look, Allegation, decision.allegation)
    right = records.get(look, Right, about.right) if about.right else None
    if right is None or decision.basis != "law":
        return next((law.title for law in desk.law if law.id == decision.ground), decision.ground)
    number = " ".join(filter(None, (right.office, right.number)))
    return f"{right.kind} ({number})" if number else right.kind.value


def _reasons(about: About) -> tuple[Reason, ...]:
    """Why nothing is done, as decided, or as proposed as long as nothing is decided."""
    reason = about.decision.reason if about.decision else about.reason
    return (reason,) if reason in DISMISSALS else ()


def _day(instant: datetime | None, zone: ZoneInfo) -> date | None:
    return instant.astimezone(zone).date() if instant else None


def _works(look: store.Look, claim: Claim, about: About) -> list[Work]:
    works = records.find(look, Work, claim=claim.id)
    return [work for work in works if about.allegation is None or work.id == about.allegation.work]


def _work(work: Work, principal: str) -> draft.WorkFacts:
    return draft.WorkFacts(
        title=work.title or work.mark, mark=work.mark, registration=work.registration, principal=principal
    )


def _allegations(look: store.Look, claim: Claim, about: About) -> list[Allegation]:
    return [about.allegation] if about.allegation else records.find(look, Allegation, claim=claim.id)


def _listing(look: store.Look, item: Allegation, about: About, zone: ZoneInfo) -> draft.ListingFacts:
    listing, decision = records.get(look, Listing, item.listing), about.decision
    measures = records.find(look, Restriction, allegation=item.id)
    lasting = max((measure.since for measure in measures), default=None)
    warned = decision is not None and decision.action is Action.WARN_ACCOUNT
    # A measure that took another's place lifted it; as long as one lies there, nothing is back.
    standing = any(measure.lifted_at is None for measure in measures)
    off = max((measure.lifted_at for measure in measures if measure.lifted_at), default=None)
    return draft.ListingFacts(
        url=listing.url,
        title=listing.title,
        action=decision.action.value if decision else "",
        of_account=_of_account(measures, decision),
        territories=decision.territories if decision else (),
        until=_day(decision.until, zone) if decision else None,
        removed_at=about.done_at if warned else lasting,
        restored_at=None if standing else off,
    )


def _of_account(measures: Sequence[Restriction], decision: Decision | None) -> bool:
    """Whether it is about the account alone: what is decided, or, where it is lifted, what lay there."""
    if decision is not None and decision.action is not Action.RESTORE:
        return decision.action in OF_ACCOUNTS
    return bool(measures) and all(measure.action in OF_ACCOUNTS for measure in measures)


def _given(about: About, rules: Mapping[str, ElementRule], language: str) -> tuple[draft.ElementFacts, ...]:
    """The elements that were found, with the words that give them."""
    found = about.found.primary.elements if about.found else ()
    return tuple(
        draft.ElementFacts(id=item.id, asks=rules[item.id].words(language).asks, quote=item.quotes[0])
        for item in found
        if item.status is Status.PRESENT and item.quotes and item.id in rules
    )


def _missing(about: About, rules: Mapping[str, ElementRule], language: str) -> tuple[draft.ElementFacts, ...]:
    """The elements that are surely missing: what is not sure is for a person, and never asked for."""
    found = about.found.primary.elements if about.found else ()
    return tuple(
        _lacking(rules[item.id], item.cure, language)
        for item in found
        if item.status is Status.MISSING and item.id in rules
    )


def _lacking(rule: ElementRule, cure: str, language: str) -> draft.ElementFacts:
    """An element that is asked for; in English by the sentence that the check found to cure it."""
    words = rule.words(language)
    cured = words.cure if language in rule.spoken else cure or words.cure
    return draft.ElementFacts(id=rule.id, asks=words.asks, cure=cured, tag=rule.tag)
