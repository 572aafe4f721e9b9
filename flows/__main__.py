"""`python -m flows NAME...`: runs flows once, in the order given, and prints what they did."""

import asyncio
import sys

from flows.catalogue import FLOWS
from noticedesk.settings import SettingError, nearest


def main(names: list[str]) -> int:
    """Runs the named flows; exit code 0 done, 1 failed, 2 unknown flow."""
    for name in names:
        if name not in FLOWS:
            print(f"noticedesk: no flow {name}{nearest(name, FLOWS)}", file=sys.stderr)
            return 2
    for name in names:
        try:
            tally = asyncio.run(run(name))
        except (SettingError, RuntimeError) as error:
            print(f"noticedesk: {name}: {error}", file=sys.stderr)
            return 1
        for row in tally:
            print(f"{name:10} {row['count']:>7}  {row['what']}")
    return 0


async def run(name: str) -> list[dict[str, str | int]]:
    """Runs one flow and returns its tally as rows."""
    return (await FLOWS[name]()).table() or [{"what": "nothing due", "count": 0}]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
