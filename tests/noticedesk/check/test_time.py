import time

import pytest

from tests.noticedesk.check.factory import checked

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


@pytest.mark.parametrize("piece", HARD.values(), ids=HARD)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def took(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        checked(text)
        return time.process_time() - began

    took(1_000)
    assert took(100_000) < 8 * took(25_000) + 0.5


@pytest.mark.soak
@pytest.mark.parametrize("piece", HARD.values(), ids=HARD)
def test_a_million_letters_are_read_in_seconds(piece: str) -> None:
    began = time.process_time()
    checked(piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 20
