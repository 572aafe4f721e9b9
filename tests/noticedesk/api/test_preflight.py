"""POST /v1/check: the same answer as `noticedesk check --json`, of which nothing is kept."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from noticedesk.cli.check import command
from noticedesk.desk.desk import Desk
from noticedesk.store.columns import metadata
from tests.noticedesk.api.factory import OURS, complaint
from tests.noticedesk.desk.factory import LETTER, Mail

URL = "https://shop.example/item/a-1"


def everything(desk: Desk) -> dict[str, int]:
    """How many rows every table has, and how many files there are."""
    with desk.db.read() as look:
        rows = {name: look.run(table.select()).fetchall() for name, table in metadata.tables.items()}
    files = [path for path in desk.settings.home.rglob("*") if path.is_file() and not path.name.startswith("claims.db")]
    return {name: len(found) for name, found in rows.items()} | {"files": len(files)}


def sent(api: TestClient, raw: bytes, kind: str) -> dict[str, object]:
    if kind == "file":
        answer = api.post("/v1/check", files={"file": ("notice.eml", raw)})
    else:
        answer = api.post("/v1/check", content=raw, headers={"content-type": kind})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_it_answers_what_the_command_answers(api: TestClient, desk: Desk, tmp_path: Path) -> None:
    raw = Mail(urls=(URL,)).raw()
    (path := tmp_path / "notice.eml").write_bytes(raw)
    (line,) = sent(api, raw, "file")["notices"]  # type: ignore[misc]
    run = CliRunner().invoke(command, [str(path), "--json", "--host", "shop.example"])
    told = json.loads(run.stdout)
    # the command knows no service and so all law; the API the law of the service
    for key in told.keys() - {"path", "also"}:
        assert line[key] == told[key], key


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "file"])
def test_nothing_is_kept(api: TestClient, desk: Desk, kind: str) -> None:
    before = everything(desk)
    told = sent(api, Mail(urls=(URL,), picture=b"\x89PNG").raw(), kind)
    assert told["schema"] == "preflight/1" and told["notices"]
    api.post("/check", data={"text": LETTER.format(urls=URL)}, headers=OURS)
    assert everything(desk) == before


def test_json_is_read_as_the_form_that_it_is(api: TestClient, desk: Desk) -> None:
    told = sent(api, json.dumps(complaint(desk)).encode(), "application/json")
    assert told["notices"][0]["verdict"] == "effective"  # type: ignore[index]


def test_what_cannot_be_read_is_told(api: TestClient) -> None:
    (unread,) = sent(api, b"%PDF-1.4 nothing", "file")["unread"]  # type: ignore[misc]
    assert "PDF is broken" in unread["problem"]


def test_an_unknown_service_or_regime_is_named_with_the_nearest(api: TestClient) -> None:
    for query, near in (("service=shp", "shop"), ("regime=us_dmca_512", "us_dmca_512")):
        answer = api.post(f"/v1/check?{query}", content=b"x", headers={"content-type": "text/plain"})
        assert answer.status_code == 422 and near in answer.json()["detail"]


def test_the_page_says_it_in_words_and_escapes_what_it_shows(api: TestClient) -> None:
    text = LETTER.format(urls=URL).replace("/s/ Maria Lind", "/s/ <script>alert(1)</script>")
    page = api.post("/check", data={"text": text}, headers=OURS)
    assert page.status_code == 200 and "<script" not in page.text
    assert "Good faith statement: present" in page.text and URL in page.text
    short = api.post(
        "/check",
        data={"text": f"My photograph is copied at {URL}. Please remove it. Maria Lind, maria@lind.example"},
        headers=OURS,
    ).text
    assert "Good faith statement: missing" in short and "Something is missing that can still be supplied" in short
    assert "us_dmca" not in page.text + short


def test_a_page_without_text_or_file_says_so(api: TestClient) -> None:
    assert api.post("/check", data={"text": " "}, headers=OURS).status_code == 422
    assert api.post("/check", files={"file": ("", b"")}, headers=OURS).status_code in (400, 422)
