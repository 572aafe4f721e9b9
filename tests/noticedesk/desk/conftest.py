"""The desk of the tests."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.demo.origin import Origin
from noticedesk.desk.desk import Desk
from noticedesk.desk.policy import Platform
from tests.noticedesk.desk.factory import Time, Web, opened
from tests.noticedesk.desk.receiver import INBOUND, SECRET, Receiver


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
    """A desk whose platform is the receiver, and where nothing waits to be taken back."""
    with Origin(receiver) as origin, opened(tmp_path, web, time, undo_minutes=0) as desk:
        chosen = replace(desk.settings, webhook_secret=SECRET, platform_secret=INBOUND)
        yield replace(desk, platform=Platform(webhook=f"{origin.url}/actions"), settings=chosen)
