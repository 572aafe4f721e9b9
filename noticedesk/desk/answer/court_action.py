"""Court-action notices: legal sees each with its reasons, and only legal keeps material down.

Papers that look complete and came in time hold a put-back that has not left, so that it cannot cross them.
"""

from dataclasses import dataclass, replace

from noticedesk import store
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.answer import linking
from noticedesk.desk.answer.reply import Reply, judged, settle
from noticedesk.desk.answer.sides import is_notifier
from noticedesk.desk.cases.casefacts import PAPERS, About
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.mail import correspondence
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.event import Event
from noticedesk.model.verdict import Check, Status
from noticedesk.regime import Papers
from noticedesk.store import chain, outbox, records

_GIVEN = (Status.PRESENT, Status.REDACTED)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the papers are in the law of the claim, and every reason why they stop no clock as they stand."""

    papers: Papers | None
    against: tuple[str, ...]


def handle(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim) -> str:
    """Puts the papers before legal: as ones that may keep material down, or with the reasons why they do not."""
    named = linking.named(desk, tx, reply, claim)
    found = judged(desk, reply, claim)
    judgement = _judge(desk, tx, reply, claim, found)
    held = [one for one in named if one.state is AllegationState.COUNTERED]
    against = (*judgement.against, *_by_state(named, held, reply))
    notice = settle(tx, reply, claim)
    if held and judgement.papers and not against:
        for allegation in held:
            _hold(desk, tx, claim, allegation, judgement.papers, notice.id)
        routes.ask(desk, tx, "court_action", claim, f"They came with {notice.id}.")
        return "court action to legal"
    if any(one.state is AllegationState.KEPT_DOWN for one in named):
        routes.ask(desk, tx, "kept_down_news", claim, f"A message about it came with {notice.id}.")
        return "news of what is kept down"
    said = f"It came with {notice.id}: {'; '.join(against)}."
    if held:
        _ask_for_proof(desk, tx, claim, About(notice=notice, found=_only(found, judgement), allegation=held[0]))
        routes.ask(desk, tx, "court_action_lacking", claim, said)
        return "court action that stops nothing yet"
    routes.ask(desk, tx, "court_action_other", claim, said)
    return "court action without a running clock"


def pending(look: store.Look, allegation: Allegation) -> Event | None:
    """The latest papers about an allegation that look complete and that legal has not decided about."""
    events = records.find(look, Event, subject=allegation.id, act=PAPERS)
    return events[-1] if events and allegation.state is AllegationState.COUNTERED else None


def _judge(desk: Desk, tx: store.Transaction, reply: Reply, claim: Claim, found: Check) -> Judgement:
    papers = _papers_meant(clocks.law_of(desk, claim).version.counter_notice.papers, found)
    against = [] if is_notifier(tx, claim.id, reply) else ["it is not from the verified sender of the notice"]
    if papers is None:
        return Judgement(None, (*against, "the rules of this claim know no such ground"))
    status = {element.id: element.status for element in found.primary.elements}
    lacking = [rule for rule in papers.elements if rule.core and status.get(rule.id) not in _GIVEN]
    return Judgement(papers, (*against, *(f"not shown: {rule.asks.rstrip('.')}" for rule in lacking)))


def _papers_meant(known: tuple[Papers, ...], found: Check) -> Papers | None:
    """The first whose telling element is given; else the last, which need no telling word."""
    given = {element.id for element in found.primary.elements if element.status in _GIVEN}
    return next((papers for papers in known if papers.elements[0].id in given), known[-1] if known else None)


def _only(found: Check, judgement: Judgement) -> Check:
    """What was found of the papers that are meant: what other papers would need is not asked for."""
    asked = {rule.id for rule in judgement.papers.elements} if judgement.papers else set()
    elements = tuple(element for element in found.primary.elements if element.id in asked)
    return replace(found, primary=replace(found.primary, elements=elements))


def _by_state(named: list[Allegation], held: list[Allegation], reply: Reply) -> list[str]:
    if held:
        return []
    if any(one.state is AllegationState.RESTORED for one in named):
        return ["the material was available again before it came, and is not taken down on this ground"]
    if not named and reply.urls:
        return ["it names other material than the claim"]
    return ["no put-back is running"]


def _hold(desk: Desk, tx: store.Transaction, claim: Claim, allegation: Allegation, papers: Papers, notice: str) -> None:
    """Stops a put-back that has not left; the detail `clock` of the event names what the papers are in law."""
    outbox.cancel_unsent(tx, allegation.id, desk.now())
    told: dict[str, chain.Detail] = {"notice": notice, "clock": papers.event}
    chain.append(tx, ANSWER, PAPERS, allegation.id, claim.id, told)


def _ask_for_proof(desk: Desk, tx: store.Transaction, claim: Claim, about: About) -> None:
    """Asks the notifier for what the papers lack, once a claim."""
    if about.notice and not records.find(tx, Event, claim=claim.id, act="court_action.proof_asked"):
        chain.append(tx, ANSWER, "court_action.proof_asked", claim.id, claim.id, {"notice": about.notice.id})
        correspondence.on_event(desk, tx, claim, "lawsuit_announced", about)
