"""`noticedesk db`: create and upgrade the claims database."""

from contextlib import closing
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Create and upgrade the claims database."""


@command.command()
def upgrade() -> None:
    """Create the database, or bring it to this version. Safe to repeat."""
    from noticedesk import settings, store

    chosen = settings.from_environment()
    chosen.home.mkdir(parents=True, exist_ok=True)
    with closing(store.open(chosen.database_url)) as db:
        store.migrate(db)
    click.echo(f"{db.url.render_as_string(hide_password=True)} is of this version")


@command.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Copy the database (SQLite) and the blobs into FOLDER while the desk works; again copies only what is new.

    To restore: copy FOLDER into an empty home, then `noticedesk db upgrade` and `noticedesk audit verify`.
    """
    from noticedesk import settings, store
    from noticedesk.store.backup import back_up, back_up_blobs

    chosen = settings.from_environment()
    with closing(store.open(chosen.database_url)) as db:
        click.echo(f"the database lies in {back_up(db, folder)}")
    if not chosen.blobs_url.startswith("file://"):
        click.echo(f"the blobs lie at {chosen.blobs_url}: back them up by the means of that store, after the database")
        return
    copied = back_up_blobs(Path(chosen.blobs_url.removeprefix("file://")), folder / "blobs")
    click.echo(f"{copied} blobs were new and lie in {folder / 'blobs'}")


@command.command()
def status() -> None:
    """Say whether the database is of this version; exit code 3 if not."""
    from noticedesk import settings, store
    from noticedesk.cli import PROBLEMS

    with closing(store.open(settings.from_environment().database_url)) as db:
        current = store.is_current(db)
    click.echo("of this version" if current else "not of this version; run: noticedesk db upgrade")
    if not current:
        raise SystemExit(PROBLEMS)
