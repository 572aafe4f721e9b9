"""A desk with its console, new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.model.person import Person, Role
from noticedesk.store import credentials
from tests.noticedesk.console.factory import QUICK, Visitor, visiting, with_password
from tests.noticedesk.desk.factory import Time, Web, opened


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "hasher", QUICK)


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def desk(tmp_path: Path, web: Web, time: Time) -> Iterator[Desk]:
    with opened(tmp_path, web, time) as desk:
        yield desk


@pytest.fixture
def visitor(desk: Desk) -> Iterator[Visitor]:
    with visiting(desk) as visitor:
        yield visitor


@pytest.fixture
def ann(desk: Desk) -> Person:
    return with_password(desk, Role.SPECIALIST)
