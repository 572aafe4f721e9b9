"""`noticedesk db`: create and upgrade the claims database."""

from contextlib import closing

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
def status() -> None:
    """Say whether the database is of this version; exit code 3 if not."""
    from noticedesk import settings, store
    from noticedesk.cli import PROBLEMS

    with closing(store.open(settings.from_environment().database_url)) as db:
        current = store.is_current(db)
    click.echo("of this version" if current else "not of this version; run: noticedesk db upgrade")
    if not current:
        raise SystemExit(PROBLEMS)
