"""`noticedesk serve`: run every flow by its schedule, in a process that is replaced by theirs."""

import os
import sys

import click


@click.command()
def command() -> None:
    """Run the flows by the schedules of config/sources.yaml and config/schedules.yaml until stopped.

    Without PREFECT_API_URL it starts a Prefect server on loopback, on NOTICEDESK_PREFECT_PORT or any free port, which
    ends with it.
    """
    # -P: a folder named flows in the user's directory must not shadow ours.
    os.execv(sys.executable, [sys.executable, "-P", "-m", "flows", "serve"])
