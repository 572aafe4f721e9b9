"""What `serve` runs by schedule: one deployment for each source, and one for each other flow."""

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval
from prefect.types.entrypoint import EntrypointType

from flows.catalogue import FLOWS
from noticedesk.desk.schedules import Planned
from noticedesk.settings import SettingError


async def deployment(planned: Planned) -> RunnerDeployment:
    """The deployment of one planned thing; raises SettingError where its cron expression is none."""
    flow = FLOWS[planned.flow]
    assert isinstance(flow, Flow)
    try:
        schedule = Interval(planned.interval) if planned.interval else Cron(planned.cron or "")
        return await flow.ato_deployment(
            planned.name,
            schedule=schedule,
            parameters={"source": planned.source} if planned.source else {},
            # By module: a flow loaded by its path would leave our folder on the search path.
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
    except ValueError as error:
        raise SettingError(f"the schedule of {planned.name}: {planned.cron!r}: {error}") from None
