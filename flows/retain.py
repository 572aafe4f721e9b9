"""The flow that erases what has been kept long enough."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from flows.turn import turn
from noticedesk import settings
from noticedesk.desk.desk import open_desk
from noticedesk.desk.retain import run
from noticedesk.desk.tally import Tally


@task(task_run_name="{name}", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def step(name: str) -> Tally:
    """Runs one step over a chunk of what is over."""
    with open_desk(settings.from_environment()) as desk:
        return run.run(desk, name)


@flow(name="retain")
async def retain() -> Tally:
    """Erases what has been kept long enough."""
    total = Tally()
    with turn("retain") as mine:
        for one in run.STEPS if mine else ():
            total += step(one)
    return await report("retain", total)
