"""The approval of legal that a put-back needs: asked for daily from a day of policy.yaml on, then of a second."""

from noticedesk import store
from noticedesk.desk import alarms
from noticedesk.desk.alarms import Cause
from noticedesk.desk.chase.days import business_day
from noticedesk.desk.chase.window import Window
from noticedesk.desk.desk import Desk
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.person import Act, Person
from noticedesk.store import records


def ask(desk: Desk, tx: store.Transaction, claim: Claim, allegation: Allegation, when: Window) -> str:
    """Alarms legal when its approval is outstanding; what was newly told, in a word."""
    raised = [alarms.raise_(desk, tx, cause) for cause in causes(desk, tx, claim, allegation, when)]
    return "approval of a put-back asked for" if any(raised) else ""


def causes(desk: Desk, look: store.Look, claim: Claim, allegation: Allegation, when: Window) -> list[Cause]:
    """Why legal is to be alarmed about an approval that is outstanding."""
    kinds = _kinds(desk, claim, when)
    people = _may_approve(look, allegation) if kinds else []
    return [_cause(kind, claim, allegation, people) for kind in kinds]


def _kinds(desk: Desk, claim: Claim, when: Window) -> list[AlarmKind]:
    if not when.waits or when.since is None:
        # nothing to wait for, or the waiting time has not begun: legal is asked as soon as it is in its queue
        return [AlarmKind.PUTBACK_APPROVAL] if not when.waits else []
    policy, now = desk.policy.chase, desk.now()
    days = {
        AlarmKind.PUTBACK_APPROVAL: policy.putback_alarm_day,
        AlarmKind.PUTBACK_SECOND_PERSON: policy.putback_second_day,
    }
    due = [kind for kind, day in days.items() if now >= business_day(desk, claim, when.event, when.since, day)]
    return due + ([AlarmKind.PUTBACK_WITHOUT_WINDOW] if when.empty else [])


def _may_approve(look: store.Look, allegation: Allegation) -> list[Person]:
    """Who may approve, in the order in which they came to the desk: of legal, and not who decided the takedown."""
    decided = {item.decided_by for item in records.find(look, Decision, allegation=allegation.id)}
    everybody = records.find(look, Person, active=True)
    return [one for one in everybody if one.may(Act.DECIDE_COUNTER_NOTICE) and one.id not in decided]


def _cause(kind: AlarmKind, claim: Claim, allegation: Allegation, people: list[Person]) -> Cause:
    place = 1 if kind is AlarmKind.PUTBACK_SECOND_PERSON else 0
    asked = people[place].id if len(people) > place else ""
    detail = "" if asked else "nobody else of legal may approve it"
    return Cause(kind=kind, subject=allegation.id, claim=claim.id, person=asked, detail=detail)
