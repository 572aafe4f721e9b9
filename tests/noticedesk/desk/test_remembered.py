"""A picture is described once, as long as there is room; what failed is tried again."""

import pytest

from matchers import image
from noticedesk.compare import Described
from noticedesk.desk import remembered
from tests.noticedesk.desk.factory import picture


def test_a_picture_is_described_once_and_an_unreadable_one_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    def describe(body: bytes) -> Described:
        asked.append(body)
        return image.describe(body)

    monkeypatch.setattr(remembered, "MOST", 2)
    again = remembered.remembered(describe)
    one, two, three = picture(1), picture(2), picture(3)
    assert again(one) is again(one)
    for body in (b"junk", b"junk", two, one, three, one, two):
        again(body)
    assert asked == [one, b"junk", b"junk", two, three, two]
