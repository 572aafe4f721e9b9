"""One artifact a run: what it did, by outcome, and the errors it met most."""

import logging

from prefect.artifacts import acreate_table_artifact

from noticedesk.desk import logs
from noticedesk.desk.tally import Tally

FAILURE_RATIO = 0.5
"""Above this share of errors a run counts as failed, so that an alert on failed runs means something."""


class TooManyErrors(RuntimeError):
    """A run in which most of what was taken met an error."""


async def report(key: str, tally: Tally) -> Tally:
    """Publishes the tally as the artifact of the run; raises TooManyErrors when most of it failed."""
    _log(key, tally)
    await acreate_table_artifact(table=tally.table() or [{"what": "nothing due", "count": 0}], key=key)
    if tally.taken and tally.errors.total() > FAILURE_RATIO * tally.taken:
        raise TooManyErrors(
            f"{tally.errors.total()} of {tally.taken} failed; most often: {tally.errors.most_common(1)[0][0]}"
        )
    return tally


def _log(flow: str, tally: Tally) -> None:
    """One line a run, and one for each type of error: the text of an error may quote a letter, so it stays out."""
    logs.say("run", {"flow": flow, "taken": tally.taken, "errors": tally.errors.total(), **tally.counts})
    types: dict[str, int] = {}
    for told, count in tally.errors.items():
        types[told.partition(":")[0]] = types.get(told.partition(":")[0], 0) + count
    for type_, count in sorted(types.items()):
        logs.say("failed", {"flow": flow, "error": type_, "count": count}, logging.WARNING)
