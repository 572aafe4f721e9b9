"""`noticedesk senders`: only an admin lets somebody in, and a token that is taken back is shown no more."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from noticedesk.cli import cli
from noticedesk.desk.portal.senders import UnknownSender
from noticedesk.desk.staff.permits import NotPermitted


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner on a fresh database, for its first person, an admin."""
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    runner = CliRunner()
    runner.invoke(cli, ["db", "upgrade"], catch_exceptions=False)
    runner.invoke(cli, ["users", "add", "Ada", "ada@shop.example", "--role", "admin"], catch_exceptions=False)
    token = runner.invoke(cli, ["users", "token", "ada@shop.example"], catch_exceptions=False).output.strip()
    monkeypatch.setenv("NOTICEDESK_TOKEN", token)
    return runner


def ask(run: CliRunner, *arguments: str) -> str:
    return run.invoke(cli, ["senders", *arguments], catch_exceptions=False).output


def test_a_sender_gets_a_token_and_loses_it(run: CliRunner) -> None:
    assert "Nobody yet" in ask(run, "list")
    assert "<maria@lind.example>" in ask(run, "add", "Lind Photo", "Maria@Lind.example")
    token = ask(run, "token", "maria@lind.example").strip()
    assert re.fullmatch(r"nds_T-[0-9A-Z]{16}_[0-9a-f]{64}", token)
    line = json.loads(ask(run, "list", "--json"))
    assert line["schema"] == "senders/1" and line["tokens"] == [token.split("_")[1]]
    ask(run, "revoke", token.split("_")[1])
    assert json.loads(ask(run, "list", "--json"))["tokens"] == []


def test_a_sender_is_told_somewhere_else_with_another_secret_and_nowhere(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(run, "add", "Lind Photo", "maria@lind.example")
    monkeypatch.setenv("NOTICEDESK_SENDER_SECRET", "a secret that only the tests know")
    assert "is told nowhere" in ask(run, "webhook", "maria@lind.example")
    first = ask(run, "webhook", "maria@lind.example", "https://lind.example/told")
    assert "is told at https://lind.example/told" in first and re.search(r"secret: whsec_[A-Za-z0-9+/]{43}=", first)
    assert ask(run, "webhook", "maria@lind.example") == first
    changed = ask(run, "webhook", "maria@lind.example", "--new-secret")
    assert changed.splitlines()[0] == first.splitlines()[0] and changed != first
    assert json.loads(ask(run, "list", "--json"))["webhook"] == "https://lind.example/told"
    assert "is told nowhere" in ask(run, "webhook", "maria@lind.example", "--off")
    with pytest.raises(UnknownSender, match="not on the public Internet"):
        ask(run, "webhook", "maria@lind.example", "https://127.0.0.1/told")


def test_what_is_not_known_is_named(run: CliRunner) -> None:
    with pytest.raises(UnknownSender, match="senders list"):
        ask(run, "token", "nobody@lind.example")
    with pytest.raises(UnknownSender, match="between the two underscores"):
        ask(run, "revoke", "T-1")
    with pytest.raises(UnknownSender, match="no e-mail address"):
        ask(run, "add", "Lind", "lind.example")


def test_who_is_no_admin_lets_nobody_in(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    run.invoke(cli, ["users", "add", "Lou", "lou@shop.example", "--role", "legal"], catch_exceptions=False)
    token = run.invoke(cli, ["users", "token", "lou@shop.example"], catch_exceptions=False).output.strip()
    monkeypatch.setenv("NOTICEDESK_TOKEN", token)
    with pytest.raises(NotPermitted):
        ask(run, "add", "Lind Photo", "maria@lind.example")
