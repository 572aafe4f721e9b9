"""A flow whose desk room has steps: each is one task, all in one run."""

from collections.abc import Callable, Mapping

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from flows.turn import turn
from noticedesk import settings
from noticedesk.desk.desk import Desk, open_desk
from noticedesk.desk.tally import Tally


async def in_steps(flow: str, steps: Mapping[str, Callable[[Desk], Tally]]) -> Tally:
    """Runs every step once, unless another run of the flow goes on; what is beyond a chunk is due at the next run."""
    total = Tally()
    with turn(flow) as mine, open_desk(settings.from_environment()) as desk:

        @task(task_run_name="{name}", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
        def step(name: str) -> Tally:
            """Runs one step over a chunk of what is due."""
            return steps[name](desk)

        for name in steps if mine else ():
            total += step(name)
    return await report(flow, total)
