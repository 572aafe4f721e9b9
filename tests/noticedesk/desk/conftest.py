"""The desk of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.model.person import Person, Role
from tests.noticedesk.desk.factory import Time, Web, opened, person
from tests.noticedesk.desk.receiver import Receiver, connect


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def desk(tmp_path: Path, web: Web, time: Time) -> Iterator[Desk]:
    with opened(tmp_path, web, time) as made:
        yield made


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def connected(tmp_path: Path, web: Web, receiver: Receiver, time: Time) -> Iterator[Desk]:
    with connect(tmp_path, receiver, web, time) as desk:
        yield desk


@pytest.fixture
def ann(desk: Desk) -> Person:
    return person(desk, Role.SPECIALIST)


@pytest.fixture
def lea(desk: Desk) -> Person:
    return person(desk, Role.LEGAL, name="Lea")
