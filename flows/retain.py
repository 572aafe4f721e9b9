"""The flow that keeps what is due to be kept, erases the rest, and verifies the audit chain."""

from prefect import flow

from flows.stepwise import in_steps
from noticedesk.desk.retain import run as keeping
from noticedesk.desk.tally import Tally


@flow(name="retain")
async def retain() -> Tally:
    """Dates, erases and verifies."""
    return await in_steps("retain", keeping.STEPS)
