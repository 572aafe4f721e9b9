"""The store and the person behind a command: opened late, so that --help stays light."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from noticedesk.desk.desk import Desk
    from noticedesk.model.person import Person
    from noticedesk.store import Database


@contextmanager
def the_store() -> Iterator["Database"]:
    """The claims database of the settings, which must be of this version."""
    from noticedesk import settings, store

    with closing(store.open(settings.from_environment().database_url)) as db:
        if not store.is_current(db):
            raise click.ClickException("there is no database of this version yet; run: noticedesk db upgrade")
        yield db


@contextmanager
def the_desk() -> Iterator["Desk"]:
    """The whole desk of the settings."""
    from noticedesk import settings
    from noticedesk.desk.desk import open_desk

    with open_desk(settings.from_environment()) as desk:
        yield desk


def the_person(db: "Database") -> "Person":
    """The owner of the token in NOTICEDESK_TOKEN: a name in an argument is never accepted."""
    from noticedesk import settings, store

    token = settings.from_environment().token
    if not token:
        raise click.ClickException(
            "this needs a person: set NOTICEDESK_TOKEN to a token made by `noticedesk users token`"
        )
    with db.read() as look:
        return store.people.person_of(look, token)
