"""What is remembered: made once, no more than there is room for, and nothing that was erased."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noticedesk.console import app
from noticedesk.console.remembered import Remembered
from noticedesk.console.visit import House
from noticedesk.desk.cases.showing import Easel
from noticedesk.desk.desk import Desk
from noticedesk.desk.retain import erase
from noticedesk.model.keeping import Tombstone
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.console.factory import URL, Visitor, cases, rules, with_password
from tests.noticedesk.desk.retain.test_erase import claims, finish


def buried(desk: Desk, id: str) -> None:
    with desk.db.write() as tx:
        stone = Tombstone(id=id, about="C-1", erased_at=desk.now(), erased_by="A-1", why="asked for", rule="request")
        records.add(tx, stone)


def looked(desk: Desk, known: Remembered) -> None:
    with desk.db.read() as look:
        known.forget_erased(look)


def test_a_result_is_made_once() -> None:
    known, made = Remembered(), iter("ab")
    assert [known.get("key", lambda: next(made)) for _ in range(3)] == ["a", "a", "a"]


def test_what_was_not_asked_for_longest_makes_room() -> None:
    known = Remembered(most=2)
    for key in ("a", "b", "a", "c"):
        known.get(key, lambda key=key: key)  # type: ignore[misc]
    assert known.get("a", lambda: "made again") == "a"
    assert known.get("b", lambda: "made again") == "made again"


def test_pictures_have_so_many_bytes_together_and_no_more() -> None:
    known = Remembered(most_bytes=10)
    for key in "abc":
        known.get(key, lambda: b"12345")
    assert len(known) == 2
    known.get("large", lambda: b"1" * 11)
    assert len(known) == 0


def test_everything_is_forgotten_when_something_was_erased_and_once(desk: Desk) -> None:
    known = Remembered()
    looked(desk, known)
    known.get("key", lambda: "words")
    looked(desk, known)
    assert len(known) == 1
    buried(desk, "S-1")
    looked(desk, known)
    assert len(known) == 0
    known.get("key", lambda: "words")
    looked(desk, known)
    assert len(known) == 1


def test_what_was_read_while_something_was_erased_is_not_kept(desk: Desk) -> None:
    known = Remembered()
    looked(desk, known)

    def slowly() -> str:
        buried(desk, "S-1")
        looked(desk, known)
        return "words of before"

    assert known.get("key", slowly) == "words of before"
    assert len(known) == 0


def test_the_console_forgets_a_case_that_another_process_erased(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    houses: list[House] = []
    monkeypatch.setattr(app, "House", lambda **given: houses.append(House(**given)) or houses[-1])
    (one,) = cases(desk, tmp_path)
    legal = with_password(desk, Role.SPECIALIST, Role.LEGAL)
    with TestClient(app.application(desk, Easel(), rules()), base_url=URL) as client:
        visitor = Visitor(client)
        visitor.sign_in(legal)
        visitor.get(f"/case/{one.claim}")
        assert len(houses[0].remembered) > 0
        finish(desk, legal, claims(desk)[0])
        erase.erase(desk, legal, one.claim, "asked for by the data subject")
        visitor.get("/you")
        assert len(houses[0].remembered) == 0
