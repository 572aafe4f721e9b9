"""Files from outside: scanned when they are kept and whenever they are handed out, or not handed out at all."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.malware import Scanner
from noticedesk.model.notice import Notice
from noticedesk.model.party import Mandate
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.clamd import EICAR, clamd
from tests.noticedesk.console.factory import SAME_ORIGIN, cases, visiting, with_password
from tests.noticedesk.console.test_register import MANDATE, PDF

OUTER = "https://desk.example"


@pytest.fixture
def legal(desk: Desk) -> Person:
    return with_password(desk, Role.SPECIALIST, Role.LEGAL)


@pytest.fixture
def scanned() -> Iterator[Scanner]:
    with clamd() as (address, _):
        yield Scanner(address)


def handed_out(desk: Desk, claim: str) -> tuple[str, str]:
    """The addresses of a complaint as it came, and of a mandate's proof, both of which the scanner knows."""
    poison = PDF + EICAR
    with desk.db.write() as tx:
        (notice,) = records.find(tx, Notice, claim=claim)
        records.replace(tx, replace(notice, sha256=desk.blobs.put(poison)))
        proved = Mandate(id="M-1", principal="a", agent="b", proof="c", document=desk.blobs.put(poison))
        records.add(tx, proved)
    return f"/case/{claim}/original/{notice.id}", "/register/proof/M-1"


def test_what_a_scanner_knows_is_handed_out_to_nobody(
    desk: Desk, tmp_path: Path, legal: Person, scanned: Scanner, caplog: pytest.LogCaptureFixture
) -> None:
    (one,) = cases(desk, tmp_path)
    addresses = handed_out(desk, one.claim)
    with visiting(replace(desk, scanner=scanned)) as visitor:
        visitor.sign_in(legal)
        for address in addresses:
            page = visitor.get(address, 403)
            assert "Eicar-Test-Signature" in page and "EICAR-STANDARD" not in page
        assert "a malicious file was kept back" in caplog.text
        with pytest.raises(AssertionError, match="403"):
            visitor.post(f"/case/{one.claim}/evidence")


def test_what_a_scanner_clears_is_handed_out_byte_for_byte(
    desk: Desk, tmp_path: Path, legal: Person, scanned: Scanner
) -> None:
    (one,) = cases(desk, tmp_path)
    with desk.db.read() as look:
        (notice,) = records.find(look, Notice, claim=one.claim)
    with visiting(replace(desk, scanner=scanned)) as visitor:
        visitor.sign_in(legal)
        answer = visitor.client.get(f"/case/{one.claim}/original/{notice.id}")
        assert answer.content == desk.blobs.get(notice.sha256)
        archive = visitor.client.post(f"/case/{one.claim}/evidence", headers=SAME_ORIGIN)
        assert zipfile.ZipFile(io.BytesIO(archive.content)).testzip() is None


def test_while_the_scanner_does_not_answer_nothing_is_handed_out(desk: Desk, tmp_path: Path, legal: Person) -> None:
    (one,) = cases(desk, tmp_path)
    addresses = handed_out(desk, one.claim)
    with visiting(replace(desk, scanner=Scanner(f"unix://{tmp_path / 'gone'}"))) as visitor:
        visitor.sign_in(legal)
        for address in addresses:
            assert "does not answer" in visitor.get(address, 503)


@pytest.mark.parametrize(("said", "status"), [("", 503), ("none", 200)])
def test_other_machines_get_files_only_where_somebody_said_who_scans(
    desk: Desk, tmp_path: Path, legal: Person, said: str, status: int
) -> None:
    (one,) = cases(desk, tmp_path)
    with desk.db.read() as look:
        (notice,) = records.find(look, Notice, claim=one.claim)
    with visiting(replace(desk, scanner=Scanner(said)), url=OUTER) as visitor:
        visitor.client.base_url = OUTER  # type: ignore[assignment]
        visitor.sign_in(legal)
        visitor.get(f"/case/{one.claim}/original/{notice.id}", status)


def test_a_document_that_the_scanner_knows_is_not_kept(desk: Desk, legal: Person, scanned: Scanner) -> None:
    with visiting(replace(desk, scanner=scanned)) as visitor:
        visitor.sign_in(legal)
        sent = visitor.client.post(
            "/register/mandates", data=MANDATE, files={"document": ("proof.pdf", PDF + EICAR)}, headers=SAME_ORIGIN
        )
    assert sent.status_code == 403 and "Eicar-Test-Signature" in sent.text
    with desk.db.read() as look:
        assert records.find(look, Mandate) == []
