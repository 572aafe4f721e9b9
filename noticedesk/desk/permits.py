"""Who may act: roles, and the separation of a takedown from the answer to it; held where decisions are saved."""

from noticedesk import store
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.person import Act, Person
from noticedesk.store import records

CONFIRMED = "decision.confirmed"
"""The event that a second person confirmed a decision about its subject."""


class NotPermitted(ValueError):
    """An act that the person's role, or their part in the case, does not allow."""


def require(person: Person, act: Act) -> None:
    """Raises NotPermitted unless one of the person's roles permits the act."""
    if not person.may(act):
        held = ", ".join(person.roles) or "no role"
        raise NotPermitted(f"{person.name} ({held}) may not {act.value.replace('_', ' ')}")


def require_other_than_decider(look: store.Look, person: Person, allegation: Allegation) -> None:
    """Raises NotPermitted where the person decided about this allegation, or confirmed it: the answer is another's."""
    made = records.find(look, Decision, allegation=allegation.id)
    decided = any(item.decided_by == person.id and not _answers(allegation, item) for item in made)
    confirmed = records.find(look, Event, subject=allegation.id, act=CONFIRMED, actor=person.id)
    if decided or confirmed:
        raise NotPermitted(f"{person.name} decided about {allegation.id} and cannot judge the answer to that decision")


_ANSWERED = frozenset({AllegationState.COUNTERED, AllegationState.KEPT_DOWN, AllegationState.WITHDRAWN})


def _answers(allegation: Allegation, decision: Decision) -> bool:
    """Whether a decision was itself about the answer that is open, and not about what is answered."""
    about = decision.action is Action.RESTORE or decision.reason is Reason.COURT_ACTION
    return about and allegation.state in _ANSWERED
