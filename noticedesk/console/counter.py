"""The desk of legal: what was answered, beside what we did and why, with the days on which it may come back."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.responses import Response

from noticedesk import store
from noticedesk.console import casefile
from noticedesk.console.calendar import calendar
from noticedesk.console.handling import BadForm, instant_of, one_of, version_of
from noticedesk.console.visit import Visit
from noticedesk.desk import review
from noticedesk.desk.answer import accept, answered, appeal, court_action
from noticedesk.desk.cases import waiting
from noticedesk.desk.chase import putback
from noticedesk.desk.chase.window import Window, window
from noticedesk.desk.staff import permits
from noticedesk.model.action import REASONS, Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.listing import Listing
from noticedesk.model.notice import OPENING
from noticedesk.model.person import Act, Person
from noticedesk.store import records

SHOWN = 25
ANSWERED = (AllegationState.COUNTERED, AllegationState.WITHDRAWN, AllegationState.KEPT_DOWN)
ACCEPTED = "counter_notice.accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One allegation that was answered: its window, what is open about it and whose, and who may not decide."""

    allegation: Allegation
    listing: Listing
    window: Window
    side: str
    countered: bool
    papers: Event | None
    accepted: bool
    approved: Decision | None
    barred: str

    @property
    def stands(self) -> str:
        """How it stands, in words."""
        if self.allegation.state is AllegationState.KEPT_DOWN:
            return "kept down for a court or board"
        if self.allegation.state is AllegationState.WITHDRAWN:
            return "the notice was withdrawn: put it back"
        if self.side:
            return f"appeal of the {self.side}"
        if not self.countered:
            return "the appeal is decided, and what was decided is not carried out yet"
        if self.papers:
            return "papers of a court or board came"
        if self.approved:
            return "comes back when its window opens"
        return "accepted, waits for its window" if self.accepted else "to be checked"


def show(visit: Visit) -> Response:
    """What was answered, in the order in which it presses, and below what is kept down."""
    with visit.desk.db.read() as look:
        page = waiting.page(
            look, waiting.Filters(desks=("legal",)), visit.query.text("after"), SHOWN, now=visit.desk.now()
        )
        found = [_answered(look, visit, item.subject) for item in page.items]
        kept = records.find(look, Allegation, state=AllegationState.KEPT_DOWN, limit=SHOWN)
        down = [_answered(look, visit, item.id) for item in kept]
    return visit.page("counter", rows=found, kept=down, page=page, now=visit.desk.now())


def one(visit: Visit) -> Response:
    """One answered allegation: the notice, our action and what was sent, the answer, its window, and the verbs."""
    with visit.desk.db.read() as look:
        at_stake = records.get(look, Allegation, visit.path["allegation"])
        shown = casefile.case(look, visit, at_stake.claim, at_stake.id)
        reply = _answered(look, visit, at_stake.id)
        events = records.find(look, Event, subject=at_stake.id)
    zone = ZoneInfo(visit.desk.service(shown.file.claim.service).agent.timezone)
    decided = [item for item in shown.focus.decisions if item.undone_at is None] if shown.focus else []
    return visit.page(
        "answered",
        case=shown,
        answered=reply,
        weeks=calendar(reply.window, visit.desk.now(), zone),
        zone=zone.key,
        notices=[told for told in shown.told if told.complaint.notice.kind in OPENING],
        answers=[told for told in shown.told if told.complaint.notice.kind not in OPENING],
        decided=sorted(decided, key=lambda item: item.decided_at),
        events=events,
        back=sorted(REASONS[Action.RESTORE]),
        says=visit.desk.reasons,
        now=visit.desk.now(),
    )


def accept_it(visit: Visit) -> Response:
    """Confirms the counter-notice: its clock is sure, and its copy goes to the claimant."""
    at_stake = _at_stake(visit)
    accept.accept(visit.desk, visit.who, at_stake.id, version_of(visit))
    return visit.go(f"/counter/{at_stake.id}")


def put_back(visit: Visit) -> Response:
    """Decides that it comes back: in its window, or at once where the reason needs no waiting."""
    return _decide(visit, Action.RESTORE, one_of(Reason, visit.form.text("reason")))


def keep_down(visit: Visit) -> Response:
    """Decides that the measure stays: the answer is refused, or a court or board has the matter."""
    at_stake = _at_stake(visit)
    with visit.desk.db.read() as look:
        made = [
            item
            for item in records.find(look, Decision, allegation=at_stake.id, undone_at=None)
            if item.action not in (Action.RESTORE, Action.NONE)
        ]
    last = max(made, key=lambda item: (item.decided_at, item.id), default=None)
    if last is None:
        raise BadForm(f"no measure was decided about {at_stake.id}; decide about it on the page of its case")
    court = visit.form.text("why") == "court"
    return _decide(visit, last.action, Reason.COURT_ACTION if court else last.reason, last)


def _decide(visit: Visit, action: Action, reason: Reason, last: Decision | None = None) -> Response:
    """The decision; what stays, stays where and as long as it was decided."""
    at_stake = _at_stake(visit)
    until = visit.form.text("until")
    ruling = review.Ruling(
        action=action,
        reason=reason,
        territories=last.territories if last else (),
        parts=last.parts if last else (),
        until=instant_of(until) if until else last.until if last else None,
        note=visit.form.text("note"),
    )
    decision = review.decide(visit.desk, visit.who, at_stake.id, ruling, version_of(visit))
    return visit.go("/counter", last=decision.id)


def _at_stake(visit: Visit) -> Allegation:
    with visit.desk.db.read() as look:
        at_stake = records.get(look, Allegation, visit.path["allegation"])
        casefile.admitted(look, visit, at_stake.claim)
    return at_stake


def _answered(look: store.Look, visit: Visit, id: str) -> Answered:
    at_stake = records.get(look, Allegation, id)
    claim = records.get(look, Claim, at_stake.claim)
    when = window(visit.desk, look, claim, at_stake)
    return Answered(
        allegation=at_stake,
        listing=records.get(look, Listing, at_stake.listing),
        window=when,
        side=appeal.open_side(look, id),
        countered=answered.by_counter_notice(look, at_stake),
        papers=court_action.pending(look, at_stake),
        accepted=bool(records.find(look, Event, subject=id, act=ACCEPTED, limit=1)),
        approved=putback.approval(look, at_stake, when) if at_stake.state is AllegationState.COUNTERED else None,
        barred=_barred(look, visit.who, at_stake),
    )


def _barred(look: store.Look, person: Person, at_stake: Allegation) -> str:
    """Why the person may not decide here; empty where they may."""
    try:
        permits.require(person, Act.DECIDE_COUNTER_NOTICE)
        permits.require_other_than_decider(look, person, at_stake)
    except permits.NotPermitted as why:
        return str(why)
    return ""
