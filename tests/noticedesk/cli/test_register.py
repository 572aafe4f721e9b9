"""`noticedesk mandates`, `rights`, `sanctions`, `senders known`: kept by specialists, read by programs."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from noticedesk.cli import cli
from noticedesk.desk.registry.proofs import BadDocument
from noticedesk.desk.staff.permits import NotPermitted


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner on a fresh database; Ada is admin, Sue, whose token acts, a specialist."""
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    runner = CliRunner()
    runner.invoke(cli, ["db", "upgrade"], catch_exceptions=False)
    for name, role in (("ada", "admin"), ("sue", "specialist")):
        runner.invoke(cli, ["users", "add", name, f"{name}@shop.example", "--role", role], catch_exceptions=False)
        token = runner.invoke(cli, ["users", "token", f"{name}@shop.example"], catch_exceptions=False).output.strip()
        monkeypatch.setenv("NOTICEDESK_TOKEN", token)
        monkeypatch.setenv("TOKEN_OF_" + name.upper(), token)
    return runner


def ask(run: CliRunner, *arguments: str) -> str:
    return run.invoke(cli, list(arguments), catch_exceptions=False).output


def test_a_mandate_is_kept_and_ended(run: CliRunner) -> None:
    said = ask(run, "mandates", "add", "Lind  Photo", "@Agency.example", "--proof", "letter", "--territory", "de")
    assert "@agency.example may speak for lind photo" in said
    line = json.loads(ask(run, "mandates", "list", "--principal", "LIND PHOTO", "--json"))
    assert (line["schema"], line["territory"], line["expires"]) == ("mandate/1", ["DE"], None)
    ask(run, "mandates", "end", line["id"])
    assert json.loads(ask(run, "mandates", "list", "--json"))["expires"]


def test_the_document_of_a_mandate_is_kept(run: CliRunner, tmp_path: Path) -> None:
    ask(run, "mandates", "add", "Lind Photo", "Agency", "--proof", "letter")
    (line,) = map(json.loads, ask(run, "mandates", "list", "--json").splitlines())
    (tmp_path / "proof.pdf").write_bytes(b"%PDF-1.7 we authorise")
    digest = hashlib.sha256(b"%PDF-1.7 we authorise").hexdigest()
    assert digest in ask(run, "mandates", "prove", line["id"], str(tmp_path / "proof.pdf"))
    assert json.loads(ask(run, "mandates", "list", "--json"))["document"] == digest
    (tmp_path / "page.pdf").write_text("<html>")
    with pytest.raises(BadDocument, match="by its contents"):
        ask(run, "mandates", "prove", line["id"], str(tmp_path / "page.pdf"))


def test_a_registration_is_checked_again_under_one_id(run: CliRunner) -> None:
    about = ("rights", "check", "trademark", "Lind Photo", "EUIPO", "0123")
    first, second = ask(run, *about, "--status", "active"), ask(run, *about, "--status", "expired")
    assert first.split()[0] == second.split()[0]
    line = json.loads(ask(run, "rights", "list", "--holder", "lind photo", "--json"))
    assert (line["status"], line["number"]) == ("expired", "0123") and line["checked_by"] and line["checked_at"]


def test_who_may_not_keep_the_register_is_refused(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("NOTICEDESK_TOKEN", os.environ["TOKEN_OF_ADA"])
    with pytest.raises(NotPermitted):
        ask(run, "mandates", "add", "Lind Photo", "Agency", "--proof", "letter")


def test_nothing_is_proposed_on_an_empty_desk(run: CliRunner) -> None:
    assert "Nothing is proposed" in ask(run, "sanctions", "list")
    assert "No verified sender" in ask(run, "senders", "known")
