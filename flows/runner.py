"""The runner behind `serve`: it starts a process for every run that is due."""

import sys

from prefect.client.orchestration import get_client
from prefect.runner import Runner

from flows.deployments import deployment
from noticedesk.desk.schedules import Planned

AT_ONCE = 4
"""Runs at the same time at most; each is a process of its own."""


class _Runner(Runner):
    """Prefect's runner, which ends at once when told to: what is under way is taken up again by its lease."""

    def handle_sigterm(self, *_: object, **__: object) -> None:
        sys.exit(0)


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
