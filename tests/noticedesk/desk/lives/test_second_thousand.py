"""The second thousand random histories keep the rules, whatever happens in any order and twice."""

from pathlib import Path

import pytest

from tests.noticedesk.desk.lives.many import broken, parts


@pytest.mark.parametrize("numbers", parts(range(1_000, 2_000)), ids=str)
def test_whatever_happens_in_any_order_and_twice_keeps_the_rules(tmp_path: Path, numbers: range) -> None:
    assert broken(tmp_path, numbers) == ""
