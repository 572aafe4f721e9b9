"""The server of the tests."""

from collections.abc import Iterator

import pytest

from tests.noticedesk.loopback import Loopback


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as made:
        yield made
