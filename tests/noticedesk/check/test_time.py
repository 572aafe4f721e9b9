import os
from collections.abc import Iterator

import pytest

from noticedesk.sandbox import Sandbox
from tests.noticedesk.check.factory import checked

LETTERS = 1_000_000 if os.environ.get("NOTICEDESK_SOAK") else 200_000

HARD = {
    "blanks": " ",
    "brackets": "[",
    "tags": "<a ",
    "host parts": "a.",
    "letters": "a",
    "half a statement": "good faith ",
    "not": "not ",
    "half a question": "Are you the copyright ",
    "closings": "Regards\n[private]\n",
    "quoting marks": "> a\n",
    "Chinese": "漢",
    "addresses on one line": "https://github.com/a/b ",
    "addresses line by line": "https://github.com/owner/repository/blob/main/source/a file.py\n",
    "wide marks": "http://a.test/" + "，漢" * 200 + " ",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1, seconds=20) as one:
        yield one


@pytest.mark.parametrize("piece", HARD.values(), ids=HARD)
def test_long_hostile_text_is_read_before_the_sandbox_ends_it(sandbox: Sandbox, piece: str) -> None:
    assert sandbox.call(regimes_tried, piece * (LETTERS // len(piece))) > 0


def regimes_tried(text: str) -> int:
    found = checked(text)
    return len([found.primary, *found.also])
