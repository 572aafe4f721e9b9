"""The flow that keeps what is due to be kept, erases the rest, and verifies the audit chain."""

from prefect import flow

from flows.stepwise import in_steps
from noticedesk.desk.retain import run as keeping
from noticedesk.desk.tally import Tally

_BUDGET_SECONDS = 1800.0
"""How long a step may go on from chunk to chunk: it runs once a day, and what is due may be many chunks."""


@flow(name="retain")
async def retain() -> Tally:
    """Dates, erases and verifies."""
    return await in_steps("retain", keeping.STEPS, budget=_BUDGET_SECONDS)
