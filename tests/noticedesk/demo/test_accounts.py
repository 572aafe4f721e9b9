"""Accounts of a demo that is kept: each password opens the console, and none stands anywhere in the clear."""

from contextlib import closing
from pathlib import Path

import pytest

from noticedesk import store
from noticedesk.demo.accounts import accounts
from noticedesk.demo.people import PEOPLE
from noticedesk.demo.table import show
from noticedesk.model.person import Credential
from noticedesk.store import credentials, records
from tests.noticedesk.console.factory import QUICK


def test_everybody_of_the_demo_gets_a_password_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(credentials, "hasher", QUICK)
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    with closing(store.open(f"sqlite:///{tmp_path / 'claims.db'}")) as db:
        store.migrate(db)
        with db.write() as tx:
            records.add(tx, PEOPLE)
        made = accounts()
        with db.read() as look:
            kept = {item.id: item.password for item in records.find(look, Credential)}
    assert [person for person, _ in made] == list(PEOPLE) and len({password for _, password in made}) == len(PEOPLE)
    for person, password in made:
        assert QUICK.verify(kept[person.id], password) and password not in kept[person.id]
    show([], tmp_path, made)
    said = capsys.readouterr().out
    assert all(password in said and person.email in said for person, password in made)


def test_a_demo_that_is_not_kept_says_how_to_keep_it(capsys: pytest.CaptureFixture[str]) -> None:
    show([], None)
    assert "noticedesk demo --keep" in capsys.readouterr().out
