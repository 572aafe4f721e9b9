"""The steps of a chase: clocks, periods, put-backs, visits, and what lies still."""

from collections.abc import Callable

from noticedesk.desk.answer import inquiry
from noticedesk.desk.chase import due, expiry, overdue, putback, visits
from noticedesk.desk.desk import Desk
from noticedesk.desk.misuse import strikes
from noticedesk.desk.tally import Tally

STEPS: dict[str, Callable[[Desk], Tally]] = {
    "clocks": due.move_clocks,
    "periods": expiry.end_periods,
    "silent sellers": inquiry.fallen_silent,
    "put-backs": putback.put_back,
    "kept down": putback.review_kept_down,
    "visits": visits.visit,
    "lying still": overdue.tell,
    "conduct": strikes.propose,
}
"""The steps in their order: clocks first, so that the others see how each stands."""


def run(desk: Desk, step: str) -> Tally:
    """Runs one step over one chunk of what is due."""
    return STEPS[step](desk)


def run_all(desk: Desk) -> Tally:
    """Runs every step once."""
    total = Tally()
    for step in STEPS:
        total += run(desk, step)
    return total
