"""`noticedesk run`: run flows now, in a process that is replaced by theirs."""

import os
import sys

import click


@click.command()
@click.argument("flows", nargs=-1, required=True, metavar="FLOW...")
@click.option("--once", is_flag=True, help="Run each once and end; this is what happens in any case without `serve`.")
def command(flows: tuple[str, ...], once: bool) -> None:
    """Run FLOWs now, in the order given: ingest, process, dispatch, answer."""
    # -P: a folder named flows in the user's directory must not shadow ours.
    os.execv(sys.executable, [sys.executable, "-P", "-m", "flows", *flows])
