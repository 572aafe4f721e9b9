"""The people who stand behind a policy: a specialist, and somebody of legal."""

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.model.person import Person, Role
from tests.noticedesk.desk.factory import person


@pytest.fixture
def ann(desk: Desk) -> Person:
    return person(desk, Role.SPECIALIST)


@pytest.fixture
def lea(desk: Desk) -> Person:
    return person(desk, Role.LEGAL, name="Lea")
