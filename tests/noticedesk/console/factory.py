"""A console on a small desk: cases that came by mail, people with passwords, and a browser without scripts."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from noticedesk.console.app import application
from noticedesk.console.rules import Rules
from noticedesk.desk import process
from noticedesk.desk.cases.showing import Easel
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.allegation import Allegation
from noticedesk.model.event import Actor
from noticedesk.model.person import Credential, Person, Role
from noticedesk.store import credentials, records
from tests.noticedesk.desk.factory import Mail, Web, deliver, opened, person, picture

URL = "http://127.0.0.1:8765"
PASSWORD = "a long sentence about harbours"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2 for tests: as strong as nothing, and quick."""

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


def rules(**changed: object) -> Rules:
    """The shipped rules for a console on this machine, where only borderline cases ask for an answer first."""
    return Rules(**({"url": URL, "first_answer_percent": 0} | changed))  # type: ignore[arg-type]


def with_password(desk: Desk, *roles: Role, name: str = "Ann") -> Person:
    """Somebody of the desk who has chosen a password."""
    made = person(desk, *roles, name=name)
    with desk.db.write() as tx:
        link = credentials.invite(tx, made.id, Actor(name="test"), now=desk.now())
        credentials.accept(tx, link, QUICK.hash(PASSWORD), now=desk.now())
    return made


@dataclass
class Visitor:
    """A browser without scripts."""

    client: TestClient

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (answer.status_code, answer.text[:2000])
        return answer.text

    def post(self, path: str, status: int = 200, **fields: str) -> str:
        answer = self.client.post(path, data=fields, headers=SAME_ORIGIN)
        assert answer.status_code == status, (answer.status_code, answer.text[:2000])
        return answer.text

    def sign_in(self, who: Person, code: str = "") -> str:
        return self.post("/sign-in", email=who.email, password=PASSWORD, code=code)


@contextmanager
def visiting(desk: Desk, **changed: object) -> Iterator[Visitor]:
    """A browser on the console of a desk."""
    app = application(desk, Easel(), rules(**changed))
    with TestClient(app, base_url=URL, follow_redirects=True) as client:
        yield Visitor(client)


def cases(desk: Desk, home: Path, count: int = 1, listings: int = 1) -> list[Allegation]:
    """Complaints with a picture that is on their listings, brought before a person; the people of the desk stay."""
    with desk.db.read() as look:
        staff = [*records.find(look, Person), *records.find(look, Credential)]
    desk.db.close()
    ready = prepared(count, listings)
    for left in home.glob("claims.db*"):
        left.unlink()
    shutil.copy(ready / "claims.db", home / "claims.db")
    shutil.copytree(ready / "blobs", home / "blobs", dirs_exist_ok=True)
    with desk.db.write() as tx:
        records.add(tx, staff)
    with desk.db.read() as look:
        return records.find(look, Allegation)


@cache
def prepared(count: int, listings: int) -> Path:
    """The home of a desk with that many complaints about so many listings each, made once."""
    home, web = Path(tempfile.mkdtemp(prefix="noticedesk-tests-")), Web()
    with opened(home, web) as desk:
        for number in range(count):
            urls = tuple(
                web.listing(f"c{number}-{item}", title=f"Sunset print {number}.{item}", seed=7 + number)
                for item in range(listings)
            )
            sender, id = f"owner{number}@lind{number}.example", f"<n{number}@lind.example>"
            mail = Mail(urls=urls, picture=picture(7 + number), sender=sender, message_id=id)
            deliver(home, {f"{number}.eml": mail.raw()})
        ingest(desk, desk.sources[0])
        process.run_all(desk)
    return home


def hidden(html: str, form: str) -> dict[str, str]:
    """The hidden fields of the form that posts to a path."""
    found = re.search(rf'<form method="post" action="{re.escape(form)}".*?</form>', html, re.DOTALL)
    assert found, f"no form posts to {form}"
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', found[0]))
