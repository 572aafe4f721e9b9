"""A flow whose desk room has steps: each is one task, all in one run."""

import time
from collections.abc import Callable, Mapping

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from flows.turn import turn
from noticedesk import settings
from noticedesk.desk.desk import Desk, open_desk
from noticedesk.desk.tally import Tally


async def in_steps(flow: str, steps: Mapping[str, Callable[[Desk], Tally]], budget: float = 0.0) -> Tally:
    """Runs every step, unless another run of the flow goes on; a step gets on for at most `budget` seconds.

    Without a budget each runs once. What is beyond that is due at the next run.
    """
    total = Tally()
    with turn(flow) as mine, open_desk(settings.from_environment()) as desk:

        @task(task_run_name="{name}", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
        def step(name: str) -> Tally:
            """Runs one step over a chunk of what is due."""
            return steps[name](desk)

        for name in steps if mine else ():
            until = time.monotonic() + budget
            total += (tally := step(name))
            while tally.counts and time.monotonic() < until:
                total += (tally := step(name))
    return await report(flow, total)
