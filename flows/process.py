"""The flow that takes claims from received to a proposal before a person."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from flows.turn import turn
from noticedesk import settings
from noticedesk.desk import process as desk_process
from noticedesk.desk.desk import open_desk
from noticedesk.desk.tally import Tally


@flow(name="process")
async def process() -> Tally:
    """Runs every stage in turn, chunk by chunk, until nothing is due."""
    total = Tally()
    with turn("process") as mine, open_desk(settings.from_environment()) as desk:
        # Made here around the open desk: to open it takes a second, and Prefect would walk through an argument.
        @task(task_run_name="{name}", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
        def stage(name: str) -> Tally:
            """Runs one stage over a chunk of what is due."""
            return desk_process.run(desk, name)

        for name in desk_process.STAGES:
            while mine and (tally := stage(name)).taken:
                total += tally
    return await report("process", total)
