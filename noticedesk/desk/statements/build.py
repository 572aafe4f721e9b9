"""One statement, built from what was decided and confirmed; no word of a party stands in it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from noticedesk import store
from noticedesk.desk.act import dsa
from noticedesk.desk.cases.casefacts import NOTICE
from noticedesk.desk.deadlines import beside
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.desk.statements.privacy import personal
from noticedesk.desk.statements.rules import Ground, Measure, More, Rules, rules
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Decision
from noticedesk.model.listing import Listing, Restriction
from noticedesk.model.party import Party
from noticedesk.model.right import Right
from noticedesk.model.verdict import Verdict
from noticedesk.store import records

IP = "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS"

_ENDS = {
    "decision_visibility": "end_date_visibility_restriction",
    "decision_monetary": "end_date_monetary_restriction",
    "decision_provision": "end_date_service_restriction",
    "decision_account": "end_date_account_restriction",
}
"""Where the end of each kind of measure stands."""

_WORDS = ("decision_facts", "illegal_content_legal_ground", "illegal_content_explanation")
_OTHER_WORDS = ("incompatible_content_ground", "incompatible_content_explanation", "decision_visibility_other")
FREE = (*_WORDS, *_OTHER_WORDS, "category_specification_other")
"""The fields of free text."""


@dataclass(frozen=True, slots=True)
class Built:
    """A statement, and why it must not be sent, if it must not."""

    puid: str
    fields: dsa.Statement
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A decision with what it is about; `measure` is what the platform confirmed, None before that."""

    decision: Decision
    allegation: Allegation
    claim: Claim
    listing: Listing
    right: Right | None
    measure: Restriction | None


def puid(desk: Desk, decision: Decision) -> str:
    """The identifier of the decision's statement: the same for the same decision, whenever it is asked for."""
    return f"{rules(desk).puid}{decision.id}-sor"


def case_of(look: store.Look, decision: Decision) -> Case:
    """The decision with everything that its statement is built from."""
    allegation = records.get(look, Allegation, decision.allegation)
    measures = records.find(look, Restriction, allegation=allegation.id, action=decision.action)
    mine = [item for item in measures if item.since >= decision.decided_at]
    return Case(
        decision=decision,
        allegation=allegation,
        claim=records.get(look, Claim, allegation.claim),
        listing=records.get(look, Listing, allegation.listing),
        right=records.get(look, Right, allegation.right) if allegation.right else None,
        measure=min(mine, key=lambda item: item.since, default=None),
    )


def is_due(desk: Desk, case: Case) -> bool:
    """Whether the law of the claim asks for a statement: a confirmed measure that has effect where that law holds."""
    known = rules(desk)
    if case.measure is None or case.decision.undone_at or case.decision.action not in known.actions:
        return False
    others = (duty for law in beside.laws(desk, case.claim, case.listing) for duty in beside.duties(law))
    owed = any(duty.id == known.duty for duty in (*law_of(desk, case.claim).version.duties, *others))
    return owed and bool(_scope(desk, case, known))


def build(desk: Desk, look: store.Look, case: Case) -> Built:
    """The statement of a case in which one is due, held against the published rules and against personal data."""
    known = rules(desk)
    fields = {
        "puid": puid(desk, case.decision),
        **_measure(case, known.actions[case.decision.action], _zone(desk, case)),
        **_ground(desk, case, known),
        **_category(case, known),
        "content_type": list(known.content_types.get(case.claim.service, known.content_types["any"])),
        "territorial_scope": _scope(desk, case, known),
        **({"content_date": case.decision.content_date} if case.decision.content_date else _since(case)),
        "decision_facts": _facts(desk, case, known),
        "source_type": _source(case),
        "automated_detection": "Yes" if case.decision.automated_detection else "No",
        "automated_decision": _automation(case.decision),
    }
    language = case.listing.language.upper()
    if len(language) == 2 and language.isalpha() and language.isascii():
        fields["content_language"] = language
    return Built(str(fields["puid"]), fields, (*dsa.problems(fields), *_personal(look, case, fields)))


def ended(case: Case) -> datetime | None:
    """When the measure was lifted, or its period ends, whichever comes first."""
    times = (case.measure.lifted_at, case.measure.until) if case.measure else ()
    return min((time for time in times if time), default=None)


def _measure(case: Case, stands: Measure, zone: ZoneInfo) -> dsa.Statement:
    visible = stands.field == "decision_visibility"
    told: dict[str, object] = {stands.field: [stands.value] if visible else stands.value}
    if stands.other:
        told[f"{stands.field}_other"] = stands.other
    if case.measure:
        told["application_date"] = _day(case.measure.since, zone)
    end = ended(case)
    return told | ({_ENDS[stands.field]: _day(end, zone)} if end else {})


def _ground(desk: Desk, case: Case, known: Rules) -> dsa.Statement:
    explanation = desk.reasons[case.decision.reason]
    if case.decision.basis == "terms":
        return {
            "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
            "incompatible_content_ground": known.terms,
            "incompatible_content_explanation": explanation,
        }
    right = _right(case, known)
    return {
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "illegal_content_legal_ground": right.ground if right else "",
        "illegal_content_explanation": explanation,
    }


def _category(case: Case, known: Rules) -> dsa.Statement:
    right, more = _right(case, known), known.reasons.get(case.decision.reason, More())
    keywords = sorted({*(right.keywords if right else ()), *more.keywords})
    told: dict[str, object] = {"category": IP, "category_specification": keywords}
    if more.categories:
        told["category_addition"] = sorted(more.categories)
    if right and right.other:
        told["category_specification_other"] = right.other
    return told


def _right(case: Case, known: Rules) -> Ground | None:
    return known.rights.get(case.right.kind) if case.right else None


def _scope(desk: Desk, case: Case, known: Rules) -> list[str]:
    """The member states in which the measure has effect: those named, else those of the service, else all."""
    named = case.decision.territories or desk.service(case.claim.service).countries or known.states
    return sorted(set(known.states) & {state.upper() for state in named})


def _since(case: Case) -> dsa.Statement:
    created = case.listing.created_at
    return {"content_date": created.date().isoformat()} if created else {}


def _facts(desk: Desk, case: Case, known: Rules) -> str:
    decision = case.decision
    how = known.by_policy if decision.automatic else known.prepared if decision.thresholds else known.by_hand
    return " ".join((known.facts.get(decision.source, known.facts["own"]), how, desk.reasons[decision.reason]))


def _source(case: Case) -> str:
    if case.decision.source != NOTICE:
        return "SOURCE_VOLUNTARY"
    if case.claim.verdict != Verdict.EFFECTIVE:
        return "SOURCE_TYPE_OTHER_NOTIFICATION"
    return "SOURCE_TRUSTED_FLAGGER" if case.claim.lane is Lane.TRUSTED_FLAGGER else "SOURCE_ARTICLE_16"


def _automation(decision: Decision) -> str:
    if decision.automatic:
        return "AUTOMATED_DECISION_FULLY"
    return "AUTOMATED_DECISION_PARTIALLY" if decision.thresholds else "AUTOMATED_DECISION_NOT_AUTOMATED"


def _personal(look: store.Look, case: Case, fields: dsa.Statement) -> list[str]:
    """Which fields hold personal data, by kind; never the data."""
    parties = records.find(look, Party, claim=case.claim.id)
    said = (word for party in parties for word in (party.name, party.email, party.phone, party.account))
    names = {name for name in (*said, case.claim.principal, case.listing.account) if name.strip()}
    return [
        f"/{field}: holds {kind}, and no personal data may stand there"
        for field in FREE
        for kind in personal(str(fields.get(field, "")), names)
    ]


def _zone(desk: Desk, case: Case) -> ZoneInfo:
    return ZoneInfo(desk.service(case.claim.service).agent.timezone)


def _day(instant: datetime, zone: ZoneInfo) -> str:
    day: date = instant.astimezone(zone).date()
    return day.isoformat()
