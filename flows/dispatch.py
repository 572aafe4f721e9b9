"""The flow that has the effects of the outbox carried out."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from flows.turn import turn
from noticedesk import settings
from noticedesk.desk import dispatch as desk_dispatch
from noticedesk.desk.desk import open_desk
from noticedesk.desk.tally import Tally


@task(name="send", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def send() -> Tally:
    """Asks the platform for every effect that is due."""
    with open_desk(settings.from_environment()) as desk:
        return desk_dispatch.dispatch(desk)


@flow(name="dispatch")
async def dispatch() -> Tally:
    """Has the due effects of the outbox carried out."""
    with turn("dispatch") as mine:
        tally = send() if mine else Tally()
    return await report("dispatch", tally)
