"""The runner behind `serve`: it starts a process for every run that is due."""

import asyncio
from typing import Any

from prefect.client.orchestration import get_client
from prefect.runner import Runner

from flows.deployments import deployment
from noticedesk.desk.schedules import Planned

AT_ONCE = 4
"""Runs at the same time at most; each is a process of its own."""


class _Runner(Runner):
    """Prefect's runner, which ends at once when told to: what is under way is taken up again by its lease.

    An exit inside the handler would tear asyncio's loop; what is cancelled ends in order.
    """

    def __init__(self, **how: Any) -> None:
        """Ends the task in which it is made."""
        super().__init__(**how)
        self._running = asyncio.current_task()

    def handle_sigterm(self, *_: object, **__: object) -> None:
        if self._running:
            self._running.get_loop().call_soon_threadsafe(self._running.cancel)


async def run(plan: list[Planned]) -> None:
    """Runs everything planned, once now and then by its schedule, until stopped."""
    deployments = [await deployment(planned) for planned in plan]
    # The schedules stay on when we end: a second machine may serve them.
    runner = _Runner(name="noticedesk", pause_on_shutdown=False, limit=AT_ONCE)
    async with get_client() as client:
        for planned, item in zip(plan, deployments, strict=True):
            made = await runner.aadd_deployment(item)
            if planned.interval:
                await client.create_flow_run_from_deployment(made)
    print(f"serving {', '.join(f'{item.flow_name}/{item.name}' for item in deployments)}", flush=True)
    await runner.start()
