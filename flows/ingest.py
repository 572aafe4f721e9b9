"""The flow that takes in what every source holds."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from noticedesk import settings
from noticedesk.desk import ingest as desk_ingest
from noticedesk.desk.desk import open_desk
from noticedesk.desk.portal import takeover
from noticedesk.desk.tally import Tally


@task(name="ingest-source", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def ingest_source(source: str) -> Tally:
    """Takes in what one source holds, or what came in through the API."""
    with open_desk(settings.from_environment()) as desk:
        if source == takeover.CHANNEL:
            return takeover.take_over(desk)
        return desk_ingest.ingest(desk, desk.source(source))


@flow(name="ingest")
async def ingest(source: str | None = None) -> Tally:
    """Takes in what one source holds; without a name what every source and the API hold, one after the other."""
    total = Tally()
    with open_desk(settings.from_environment()) as desk:
        names = [source] if source else [*(one.id for one in desk.sources), takeover.CHANNEL]
    for name in names:
        total += ingest_source(name)
    return await report("ingest", total)
