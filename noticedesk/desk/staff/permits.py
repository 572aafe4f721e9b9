"""Who may act: roles, and the separation of a takedown from the answer to it; held where decisions are saved."""

from noticedesk import store
from noticedesk.model.action import Action
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
    """Raises NotPermitted where the person decided what is answered, or confirmed it: the answer is another's.

    What was decided about an answer is no part of it, so that legal may judge the next answer too.
    """
    made = [item for item in records.find(look, Decision, allegation=allegation.id) if item.undone_at is None]
    rulings = _rulings(look, allegation)
    decided = any(item.decided_by == person.id and _is_contested(allegation, item, rulings) for item in made)
    confirmed = records.find(look, Event, subject=allegation.id, act=CONFIRMED, actor=person.id)
    if decided or confirmed:
        raise NotPermitted(f"{person.name} decided about {allegation.id} and cannot judge the answer to that decision")


def _is_contested(allegation: Allegation, decision: Decision, rulings: frozenset[str]) -> bool:
    """Whether an answer can be about a decision: a put-back where that stands, else what took down or refused."""
    if decision.action is Action.RESTORE:
        return allegation.state is AllegationState.RESTORED
    return decision.id not in rulings


def _rulings(look: store.Look, allegation: Allegation) -> frozenset[str]:
    """The decisions that kept a measure when an answer to it was judged: what was taken down stayed down by them."""
    kept = (f"allegation.{AllegationState.ACTIONED}", f"allegation.{AllegationState.KEPT_DOWN}")
    events = records.find(look, Event, subject=allegation.id, act=kept)
    return frozenset(str(event.details.get("decision")) for event in events if event.person)
