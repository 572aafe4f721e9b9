"""Reading: by the rules of this desk's own folder, up to a size, and nothing larger is taken apart."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.desk import reading
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.reading import How
from noticedesk.intake import parts
from noticedesk.model.document import Field
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.sandbox import Sandbox
from noticedesk.settings import data_folder
from noticedesk.store import records
from tests.noticedesk.desk.factory import Mail, deliver

RULES = data_folder("config") / "reading"
TABLE = b"Funny place,Item ID\nhttps://m.example/1,0012\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1) as sandbox:
        yield sandbox


def test_a_column_that_only_this_desk_knows_is_read(sandbox: Sandbox, tmp_path: Path) -> None:
    own = tmp_path / "reading"
    shutil.copytree(RULES, own)
    columns = own / "columns.yaml"
    said = columns.read_text()
    columns.write_text(said.replace("  infringing_url:\n    [", "  infringing_url:\n    [funny place, ", 1))
    for folder, fields in ((RULES, set()), (own, {Field.INFRINGING_URL})):
        (document,) = reading.documents(sandbox, TABLE, "a.csv", How(folder, 1000))
        assert {answer.field for answer in document.answers if answer.field} - {Field.ITEM_ID} == fields


def test_what_is_too_large_is_kept_and_goes_to_a_person_without_being_taken_apart(
    sandbox: Sandbox, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(raw: bytes) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(parts, "parsed", never)
    raw = Mail(text="My picture is at {urls}.", urls=("https://shop.example/item/a-1",)).raw()
    how = How(RULES, len(raw) - 1)
    small = replace(
        desk,
        open_bytes=lambda raw, name, servers: reading.documents(sandbox, raw, name, replace(how, servers=servers)),
        pictures=lambda raw: reading.pictures(sandbox, raw, how),
    )
    deliver(tmp_path, {"a.eml": raw})
    assert ingest(small, small.sources[0]).counts == {"unreadable": 1}
    with desk.db.read() as look:
        (notice,) = records.find(look, Notice)
    assert notice.state is NoticeState.UNREADABLE and desk.blobs.get(notice.sha256) == raw
    assert notice.problem == f"{len(raw):,} bytes are more than the {len(raw) - 1:,} that are read"
