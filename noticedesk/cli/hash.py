"""noticedesk hash: the pictures of a folder or of a CSV of URLs hashed on all cores."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from noticedesk.cli.progress import tracked


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="FOLDER | URLS.csv")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here; a stopped run goes on.")
@click.option("--fast", is_flag=True, help="phash_fast instead of phash: several times quicker, a few bits off.")
def command(source: Path, out: Path | None, fast: bool) -> None:
    """Hash every picture of SOURCE as imagehash.phash does, one JSON line each.

    Exit code 75 where some could not be had now: run the same again.
    """
    from matchers.image.bulk import Variant
    from noticedesk.cli import TRY_AGAIN, hashing
    from noticedesk.cli.pairing import pool

    variant: Variant = "phash_fast" if fast else "phash"
    before = hashing.done(out, variant) if out else set()
    wanted = [name for name in hashing.names(source) if name not in before]
    again = 0
    with pool() as sandbox, _written(out) as file:
        for line in tracked(hashing.lines(sandbox, wanted, variant), "Hashing", len(wanted)):
            file.write(json.dumps(line.row(variant), ensure_ascii=False) + "\n")
            again += line.again
    if again:
        click.echo(f"{again} of {len(wanted)} could not be had now; run the same again", err=True)
        raise SystemExit(TRY_AGAIN)


@contextmanager
def _written(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    with out.open("a", encoding="utf-8", buffering=1) as file:
        yield file
