"""`noticedesk demo`: the main job on a small marketplace with known truth."""

import os
import sys
import tempfile
from pathlib import Path

import click

KEPT = Path("noticedesk-demo")


@click.command()
@click.option("--keep", is_flag=True, help=f"Leave the database, evidence and letters in ./{KEPT} to look at.")
@click.option(
    "--images",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Make the products from a folder of real photographs.",
)
def command(keep: bool, images: Path | None) -> None:
    """Run the main job on a small marketplace with known truth, and print what came of each complaint."""
    if keep and KEPT.exists():
        raise click.ClickException(f"./{KEPT} is there from an earlier run; remove it first")
    home = KEPT.absolute() if keep else Path(tempfile.mkdtemp(prefix="noticedesk-demo-"))
    # Nothing of the caller's own desk is touched: every setting is the demo's.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NOTICEDESK_")}
    arguments = [*(["--keep"] if keep else []), *(["--images", str(images.absolute())] if images else [])]
    program = [sys.executable, "-P", "-m", "flows.demo", *arguments]
    os.execve(sys.executable, program, environment | {"NOTICEDESK_HOME": str(home)})
