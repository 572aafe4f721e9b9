"""The flow that links answers (counter-notices, retractions) to their claims."""

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.report import report
from flows.turn import turn
from noticedesk import settings
from noticedesk.desk import answer as desk_answer
from noticedesk.desk.desk import open_desk
from noticedesk.desk.tally import Tally


@task(name="link-answers", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE, persist_result=False)
def link() -> Tally:
    """Links a chunk of the answers that came in."""
    with open_desk(settings.from_environment()) as desk:
        return desk_answer.answer(desk)


@flow(name="answer")
async def answer() -> Tally:
    """Links every answer that came in to its claim."""
    total = Tally()
    with turn("answer") as mine:
        while mine and (tally := link()).taken:
            total += tally
    return await report("answer", total)
