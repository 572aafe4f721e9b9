"""The desk of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from noticedesk.desk.desk import Desk
from tests.noticedesk.desk.factory import Time, Web, opened


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
