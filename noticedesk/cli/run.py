"""`noticedesk run`: run flows now, in a process that is replaced by theirs."""

import os
import sys

import click


@click.command()
@click.argument("flows", nargs=-1, required=True, metavar="FLOW...")
@click.option("--once", is_flag=True, help="One pass; without it, passes are repeated until one finds nothing to do.")
def command(flows: tuple[str, ...], once: bool) -> None:
    """Run FLOWs now, in the order given: ingest, answer, process, dispatch, chase, sweep, notify, retain."""
    # -P: a folder named flows in the user's directory must not shadow ours.
    arguments = [*flows, *(["--once"] if once else [])]
    os.execv(sys.executable, [sys.executable, "-P", "-m", "flows", *arguments])
