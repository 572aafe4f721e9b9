"""Who may act: roles, and the separation of a takedown from the answer to it; held where decisions are saved."""

from noticedesk import store
from noticedesk.model.allegation import Allegation
from noticedesk.model.decision import Decision
from noticedesk.model.person import Act, Person
from noticedesk.store import records


class NotPermitted(ValueError):
    """An act that the person's role, or their part in the case, does not allow."""


def require(person: Person, act: Act) -> None:
    """Raises NotPermitted unless one of the person's roles permits the act."""
    if not person.may(act):
        held = ", ".join(person.roles) or "no role"
        raise NotPermitted(f"{person.name} ({held}) may not {act.value.replace('_', ' ')}")


def require_other_than_decider(look: store.Look, person: Person, allegation: Allegation) -> None:
    """Raises NotPermitted where the person decided about this allegation before: the answer is another's to judge."""
    if any(decision.decided_by == person.id for decision in records.find(look, Decision, allegation=allegation.id)):
        raise NotPermitted(f"{person.name} decided about {allegation.id} and cannot judge the answer to that decision")
