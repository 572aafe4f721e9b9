"""Who works at the demo's desk, and what its specialist decides without asking anybody."""

from datetime import UTC, datetime

from noticedesk.model.action import Action, Reason
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.person import Person, Role

_SINCE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

SPECIALIST = Person(
    id="U-demo-specialist",
    name="Sam Okafor",
    email="sam@marketplace.example",
    roles=(Role.SPECIALIST,),
    created_at=_SINCE,
)
LEGAL = Person(
    id="U-demo-legal",
    name="Rena Vasquez",
    email="rena@marketplace.example",
    roles=(Role.LEGAL,),
    created_at=_SINCE,
)
PEOPLE = (SPECIALIST, LEGAL)
"""The people of the demo's desk."""


def decide_clear(proposal: Proposal) -> tuple[Action, Reason] | None:
    """What the specialist decides on a proposal that is clear; None leaves it in the queue.

    Strong evidence and a proposal to do nothing are confirmed; where nothing alike was found, the specialist has looked
    at both pictures. Everything between waits for somebody with more time.
    """
    if proposal.band is Band.STRONG or proposal.action is Action.NONE:
        return (proposal.action, proposal.reason) if proposal.action and proposal.reason else None
    return (Action.NONE, Reason.NOT_SAME) if proposal.band is Band.NONE else None
