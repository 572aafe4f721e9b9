"""docs/api.md is true: every example is sent, and answered as the page says."""

import json
import re
from pathlib import Path

from pydantic import TypeAdapter
from starlette.testclient import TestClient

from noticedesk.api.answers import News
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import takeover
from noticedesk.desk.portal.standing import Fate, Stage
from noticedesk.model.submission import SubmissionKind

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"```http\n(\w+) (\S+) HTTP/1\.1\n(.*?)\n```\n\n```json answer=(\d+) has=(\S+)\n(.*?)\n```", re.DOTALL
)


def test_every_example_is_answered_as_the_page_says(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    status, answered = "", 0
    for method, path, said, code, keys, shown in EXAMPLE.findall(PAGE):
        head, _, body = said.partition("\n\n")
        headers = dict(line.split(": ", 1) for line in head.splitlines())
        if "Authorization" in headers:
            headers["Authorization"] = maria["authorization"]
        answer = api.request(method, path.replace("STATUS", status), headers=headers, content=body.encode() or None)
        assert answer.status_code == int(code), answer.text
        given, told = answer.json(), json.loads(shown)
        assert set(keys.split(",")) <= given.keys() and told.keys() == given.keys()
        assert _alike(told, given), (told, given)
        if "Idempotency-Key" in headers:
            status = given["status_url"].removeprefix("https://notices.shop.example")
        takeover.take_over(desk)
        answered += 1
    assert answered == PAGE.count("```http") == 6


def test_the_message_to_a_sender_is_as_the_page_shows_it() -> None:
    (shown,) = re.findall(r"```json\n(\{\"type\".*?)\n```", PAGE, re.DOTALL)
    assert TypeAdapter(News).validate_python(json.loads(shown)).data.listings[0].fate == "acted"


def _alike(told: object, given: object) -> bool:
    """Whether what the page shows is what is answered, where it is no id, instant or shortened text."""
    if isinstance(told, dict) and isinstance(given, dict):
        return all(_alike(value, given[key]) for key, value in told.items())
    if isinstance(told, list) and isinstance(given, list):
        return len(told) <= len(given) and all(any(_alike(one, other) for other in given) for one in told)
    if isinstance(told, str) and isinstance(given, str):
        return told.endswith("...") or re.match(r"[CF]-|20\d\d-|https://api", told) is not None or told == given
    return told == given


def test_every_stage_fate_and_kind_is_named() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert {*(one.value for one in Stage), *(one.value for one in Fate)} <= named
    assert {one.value for one in SubmissionKind} - {"complaint"} <= named
