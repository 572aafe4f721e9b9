import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.desk import process
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.event import Event
from noticedesk.model.notice import Notice
from noticedesk.model.person import Role
from noticedesk.report import bundle
from noticedesk.report.bundle import verify
from noticedesk.store import proof, records
from tests.noticedesk.desk.factory import Mail, Web, deliver, opened, person, picture

EVIL = "<img src=x onerror=alert(1)>\u202etxt.exe"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home, web = tmp_path_factory.mktemp("desk"), Web()
    with opened(home, web) as made:
        url = web.listing("1", title=EVIL)
        deliver(home, {"1.eml": Mail(urls=(url,), picture=picture(1), subject=EVIL[:30]).raw()})
        ingest(made, made.sources[0])
        process.run_all(made)
        yield made


@pytest.fixture(scope="module")
def made(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "bundle.zip"
    bundle.make(desk, person(desk, Role.LEGAL), claim_of(desk).id, path)
    return path


def claim_of(desk: Desk) -> Claim:
    with desk.db.read() as look:
        (claim,) = records.find(look, Claim)
        return claim


def test_a_bundle_holds_the_bytes_the_letters_the_captures_and_the_events(desk: Desk, made: Path) -> None:
    with ZipFile(made) as archive:
        names = archive.namelist()
        lines = archive.read("events.jsonl").splitlines()
        listed = json.loads(archive.read("case.json"))
    folders = {name.partition("/")[0] for name in names if "/" in name}
    assert folders == {"notices", "texts", "letters", "captures", "pictures"}
    assert {"index.html", "verify.py", "manifest.json", "seal.txt", "left_out.json"} <= set(names)
    assert [json.loads(line)["seq"] for line in lines] == [event["seq"] for event in listed["events"]]
    assert any(name.endswith(".warc") for name in names)


def test_it_checks_itself_with_python_alone_as_an_archive_and_as_a_folder(made: Path, tmp_path: Path) -> None:
    with ZipFile(made) as archive:
        archive.extractall(tmp_path / "folder")
    alone = [sys.executable, "-I", "-S", "-B", str(tmp_path / "folder" / "verify.py")]
    for named in ([], [str(made)]):
        run = subprocess.run([*alone, *named], capture_output=True, text=True, timeout=60, check=False)
        assert (run.returncode, run.stdout) == (0, "The bundle is whole, and the chain of its events holds.\n")
    (tmp_path / "folder" / "seal.txt").write_text("0" * 64 + "\n", encoding="utf-8")
    run = subprocess.run(alone, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout) == (1, "the manifest is not the one that was sealed\n")


@settings(max_examples=150, derandomize=True, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_any_changed_byte_of_the_archive_is_found(made: Path, place: float, flip: int) -> None:
    data = bytearray(made.read_bytes())
    data[int(place * len(data))] ^= flip
    assert verify.of_archive(bytes(data))


@settings(max_examples=40, derandomize=True, deadline=None)
@given(cut=st.floats(0, 1, exclude_max=True), more=st.binary(min_size=1, max_size=9))
def test_a_cut_or_lengthened_archive_is_found(made: Path, cut: float, more: bytes) -> None:
    data = made.read_bytes()
    assert verify.of_archive(data) == []
    assert verify.of_archive(data[: int(cut * len(data))])
    assert verify.of_archive(data + more)
    assert verify.of_archive(more + data)


def test_who_changes_an_event_and_seals_anew_is_found_by_the_chain(made: Path) -> None:
    with ZipFile(made) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name not in ("manifest.json", "seal.txt")}
    assert verify.of_archive(verify.pack(verify.seal(files))) == []
    lines = files["events.jsonl"].splitlines(keepends=True)
    without = {**files, "events.jsonl": b"".join(lines[:2] + lines[3:])}
    changed = {**files, "events.jsonl": files["events.jsonl"].replace(b'"actor": "', b'"actor": "x', 1)}
    for forged in (without, changed):
        assert verify.of_archive(verify.pack(verify.seal(forged)))


def test_the_page_has_no_script_no_address_and_nothing_of_others_is_markup(made: Path) -> None:
    with ZipFile(made) as archive:
        page = archive.read("index.html").decode()
        names = archive.namelist()
    assert "<script" not in page and "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "\u202e" not in page
    assert 'src="http' not in page and "href=" not in page
    assert all(name in names for name in page.split('<img src="')[1:] for name in [name.split('"')[0]])
    assert "Sunset over the bay" in page
    assert not [name for name in names if name.endswith((".html", ".svg", ".htm")) and name != "index.html"]


def test_that_a_bundle_was_taken_is_logged_with_its_seal_and_the_chain_holds(desk: Desk, made: Path) -> None:
    with desk.db.read() as look:
        taken = [event for event in records.find(look, Event) if event.act == "case.exported"]
    with ZipFile(made) as archive:
        assert archive.read("seal.txt").decode().strip() in {event.details["manifest"] for event in taken}
    assert proof.verify(desk.db) == []


def test_who_may_neither_decide_nor_export_takes_nothing_out(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted, match="may not take the evidence of a case out of the desk"):
        bundle.make(desk, person(desk, Role.ADMIN, name="Bo"), claim_of(desk).id, tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()


def test_bytes_that_were_erased_are_told_and_the_rest_is_there(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        deliver(tmp_path, {"1.eml": Mail(urls=("https://shop.example/item/1",)).raw()})
        ingest(made, made.sources[0])
        with made.db.read() as look:
            notice = records.find(look, Notice)[0]
        made.blobs.remove(notice.sha256, "retention")
        taken = bundle.make(made, person(made, Role.LEGAL), claim_of(made).id, tmp_path / "x.zip")
        assert [what for what, _ in taken.left_out] == [f"notice {notice.id}"]
        assert verify.problems(tmp_path / "x.zip") == []


def test_what_is_flagged_for_safety_is_for_the_safety_team_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        deliver(tmp_path, {"1.eml": Mail(urls=("https://shop.example/item/1",)).raw()})
        ingest(made, made.sources[0])
        claim = claim_of(made)
        with made.db.write() as tx:
            records.replace(tx, replace(claim, lane=Lane.SAFETY))
        with pytest.raises(NotPermitted, match="of the safety team"):
            bundle.make(made, person(made, Role.LEGAL), claim.id, tmp_path / "x.zip")
        taken = bundle.make(made, person(made, Role.SAFETY, name="Sa"), claim.id, tmp_path / "x.zip")
        assert taken.left_out == ()
        with ZipFile(tmp_path / "x.zip") as archive:
            assert any(name.startswith("notices/") for name in archive.namelist())
