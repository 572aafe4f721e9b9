"""The flows by name, in the order in which a claim meets them."""

from collections.abc import Awaitable, Callable

from flows.answer import answer
from flows.chase import chase
from flows.dispatch import dispatch
from flows.ingest import ingest
from flows.notify import notify
from flows.process import process
from flows.retain import retain
from flows.sweep import sweep
from noticedesk.desk.tally import Tally

FLOWS: dict[str, Callable[[], Awaitable[Tally]]] = {
    "ingest": ingest,
    "answer": answer,
    "process": process,
    "dispatch": dispatch,
    "chase": chase,
    "sweep": sweep,
    "notify": notify,
    "retain": retain,
}
