"""What a person is told when an act could not be done: in plain words, with what to do next."""

import logging
from dataclasses import dataclass

from noticedesk import store
from noticedesk.console.pace import TooOften
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.malware import Malicious, NotScanned

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal as a page: its status, its title and what it says."""

    status: int
    title: str
    says: str


_KINDS: list[tuple[type[Exception], int, str]] = [
    (NotPermitted, 403, "You may not do this"),
    (store.Missing, 404, "There is no such thing"),
    (store.Erased, 410, "This was erased"),
    (store.Busy, 503, "The desk is busy"),
    (TooOften, 429, "Too many tries"),
    (Malicious, 403, "This file is kept back"),
    (NotScanned, 503, "This file was not scanned"),
]
_TOLD: dict[type[Exception], str] = {
    NotPermitted: "somebody tried what they may not",
    Malicious: "a malicious file was kept back",
    NotScanned: "a file was kept back because it could not be scanned",
}


def fault(error: Exception, who: str = "nobody", where: str = "") -> Fault:
    """The page for an error; what was not permitted or is malicious, and what is not ours, is written to the log."""
    for kind, status, title in _KINDS:
        if isinstance(error, kind):
            if kind in _TOLD:
                logger.warning(_TOLD[kind], extra={"who": who, "where": where})
            return Fault(status, title, str(error))
    if isinstance(error, ValueError) and type(error).__module__.split(".")[0] in {"noticedesk", "matchers"}:
        return Fault(422, "This could not be done", str(error))
    logger.error("a page failed", exc_info=error)
    return Fault(500, "Something went wrong", "Nothing was saved. Try again; if it stays, tell who runs the desk.")
