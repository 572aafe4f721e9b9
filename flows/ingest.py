"""The flow that takes in what every source holds."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from noticedesk import settings
from noticedesk.desk import ingest as desk_ingest
from noticedesk.desk.desk import open_desk
from noticedesk.desk.tally import Tally


@task(name="ingest-source", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def ingest_source(source: str) -> Tally:
    """Takes in what one source holds."""
    with open_desk(settings.from_environment()) as desk:
        return desk_ingest.ingest(desk, desk.source(source))


@flow(name="ingest")
async def ingest(source: str | None = None) -> Tally:
    """Takes in what one source holds; without a name what every source holds, one after the other."""
    total = Tally()
    with open_desk(settings.from_environment()) as desk:
        names = [desk.source(source).id] if source else [source.id for source in desk.sources]
    for name in names:
        total += ingest_source(name)
    return await report("ingest", total)
