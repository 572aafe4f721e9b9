"""The flow that compares new listings with what was decided before, and puts what it finds before a person."""

from prefect import flow

from flows.stepwise import in_steps
from noticedesk.desk.sweep import steps
from noticedesk.desk.tally import Tally


@flow(name="sweep")
async def sweep() -> Tally:
    """Sweeps one chunk of the catalogue."""
    return await in_steps("sweep", steps.STEPS)
