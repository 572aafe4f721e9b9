"""`noticedesk db`: create and upgrade the claims database."""

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
    db = store.open(chosen.database_url)
    store.migrate(db)
    click.echo(f"{db.url.render_as_string(hide_password=True)} is of this version")


@command.command()
def status() -> None:
    """Say whether the database is of this version; exit code 3 if not."""
    from noticedesk import settings, store
    from noticedesk.cli import PROBLEMS

    db = store.open(settings.from_environment().database_url)
    current = store.is_current(db)
    click.echo("of this version" if current else "not of this version; run: noticedesk db upgrade")
    if not current:
        raise SystemExit(PROBLEMS)
