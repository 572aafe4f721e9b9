"""The flow that does, asks for and tells what is due."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from flows.turn import turn
from noticedesk import settings
from noticedesk.desk.chase import steps
from noticedesk.desk.desk import open_desk
from noticedesk.desk.tally import Tally


@task(task_run_name="{name}", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def step(name: str) -> Tally:
    """Runs one step over a chunk of what is due."""
    with open_desk(settings.from_environment()) as desk:
        return steps.run(desk, name)


@flow(name="chase")
async def chase() -> Tally:
    """Does, asks for and tells what is due."""
    total = Tally()
    with turn("chase") as mine:
        for one in steps.STEPS if mine else ():
            total += step(one)
    return await report("chase", total)
