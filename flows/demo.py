"""`python -m flows.demo`: plays the demo with every flow in this one process."""

import argparse
import asyncio
import shutil
import sys
from pathlib import Path

from flows.catalogue import FLOWS
from noticedesk.demo.accounts import accounts
from noticedesk.demo.play import Stage, play
from noticedesk.demo.table import show
from noticedesk.settings import from_environment


def main() -> int:
    """Plays the demo in the home of the settings; exit code 1 when a row of its table is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--images", type=Path)
    asked = parser.parse_args()
    home = from_environment().home
    try:
        played = play(
            Stage(home), lambda name: asyncio.run(run(name)), asked.images, lambda line: print(line, flush=True)
        )
    finally:
        if not asked.keep:
            shutil.rmtree(home)
    show(played, home if asked.keep else None, accounts() if asked.keep else ())
    return 0 if all(row.right for row in played) else 1


def say(line: str) -> None:
    """Prints a line at once, also into a pipe."""
    print(line, flush=True)


async def run(name: str) -> object:
    """Runs one flow."""
    return await FLOWS[name]()


if __name__ == "__main__":
    sys.exit(main())
