"""The flow that finds what is wrong or due, and tells people by mail and chat."""

from prefect import flow

from flows.stepwise import in_steps
from noticedesk.desk.notify import run as alarms
from noticedesk.desk.tally import Tally


@flow(name="notify")
async def notify() -> Tally:
    """Raises, ends and sends alarms."""
    return await in_steps("notify", alarms.STEPS)
