"""Flows run now, one after the other, and what they did."""

import asyncio
import sys

from flows.catalogue import FLOWS
from flows.report import TooManyErrors
from noticedesk.desk.tally import Tally
from noticedesk.settings import nearest


def run_until_done(names: list[str], *, once: bool) -> int:
    """Runs the named flows, again until a pass finds nothing; exit code 0 done, 1 failed, 2 unknown flow."""
    for name in names:
        if name not in FLOWS:
            print(f"noticedesk: no flow {name}{nearest(name, FLOWS)}", file=sys.stderr)
            return 2
    try:
        while any([_run(name) for name in names]) and not once:
            pass
    except TooManyErrors as error:
        print(f"noticedesk: {error}", file=sys.stderr)
        return 1
    return 0


def _run(name: str) -> int:
    """Runs one flow and prints its tally; how much it got done. An error is no progress: it is tried again later."""
    tally = asyncio.run(run(name))
    for row in tally.table() or [{"what": "nothing due", "count": 0}]:
        print(f"{name:10} {row['count']:>7}  {row['what']}")
    return tally.counts.total()


async def run(name: str) -> Tally:
    """Runs one flow."""
    return await FLOWS[name]()
