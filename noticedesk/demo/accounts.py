"""Accounts for the console of a demo that is kept: a random password each, told once and kept nowhere in the clear."""

import secrets
from contextlib import closing
from datetime import UTC, datetime

from noticedesk import settings, store
from noticedesk.demo.people import PEOPLE
from noticedesk.desk.staff.people import INSTALLATION
from noticedesk.model.person import Person
from noticedesk.store import credentials

_BYTES = 18


def accounts() -> list[tuple[Person, str]]:
    """The people of the demo in the home of the settings, each with a new password."""
    now = datetime.now(UTC)
    made = [(person, secrets.token_urlsafe(_BYTES)) for person in PEOPLE]
    with closing(store.open(settings.from_environment().database_url)) as db, db.write() as tx:
        for person, password in made:
            link = credentials.invite(tx, person.id, INSTALLATION, now=now)
            credentials.accept(tx, link, credentials.hashed(password, person), now=now)
    return made
