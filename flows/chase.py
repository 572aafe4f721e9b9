"""The flow that chases: clocks, put-backs, periods, visits to what was removed, and what lies still."""

from prefect import flow

from flows.stepwise import in_steps
from noticedesk.desk.chase import steps
from noticedesk.desk.tally import Tally


@flow(name="chase")
async def chase() -> Tally:
    """Chases what is due, one step after the other."""
    return await in_steps("chase", steps.STEPS)
