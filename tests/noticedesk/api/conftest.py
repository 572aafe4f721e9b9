"""The API on a desk of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noticedesk.desk.desk import Desk
from tests.noticedesk.api.factory import client, sender
from tests.noticedesk.desk.factory import Time, Web, opened


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def desk(tmp_path: Path, time: Time) -> Iterator[Desk]:
    with opened(tmp_path, Web(), time) as made:
        yield made


@pytest.fixture
def api(desk: Desk) -> Iterator[TestClient]:
    with client(desk) as made:
        yield made


@pytest.fixture
def maria(desk: Desk) -> dict[str, str]:
    """The header of a sender."""
    return sender(desk)[1]
