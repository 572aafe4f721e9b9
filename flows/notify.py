"""The flow that raises, tells and ends alarms."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from flows.turn import turn
from noticedesk import settings
from noticedesk.desk.desk import open_desk
from noticedesk.desk.notify import run
from noticedesk.desk.tally import Tally


@task(task_run_name="{name}", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def step(name: str) -> Tally:
    """Runs one step of the alarms."""
    with open_desk(settings.from_environment()) as desk:
        return run.run(desk, name)


@flow(name="notify")
async def notify() -> Tally:
    """Raises, tells and ends alarms."""
    total = Tally()
    with turn("notify") as mine:
        for one in run.STEPS if mine else ():
            total += step(one)
    return await report("notify", total)
