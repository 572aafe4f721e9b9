"""`noticedesk policy` from the proposal to its end, as two different persons."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from noticedesk.cli import cli
from noticedesk.desk.actors import acting
from noticedesk.model.person import Role
from noticedesk.store import people
from tests.noticedesk.desk.factory import NOW, opened, person

PROPOSAL = [
    "--service",
    "example",
    "--claimant",
    "Nordlicht GmbH",
    "--sender",
    "nordlicht.example",
    "--right",
    "trademark",
]
ENDING = ["--action", "disable", "--reason", "identical_sign", "--sample", "5"]


@pytest.fixture
def tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    with opened(tmp_path) as desk:
        made = {}
        for name, role in (("Ann", Role.SPECIALIST), ("Lea", Role.LEGAL)):
            who = person(desk, role, name=name)
            with desk.db.write() as tx:
                made[name] = people.issue_token(tx, who.id, acting(who), now=NOW)
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    yield made


def run(monkeypatch: pytest.MonkeyPatch, token: str, *arguments: str) -> str:
    monkeypatch.setenv("NOTICEDESK_TOKEN", token)
    ended = CliRunner().invoke(cli, ["policy", *arguments])
    return ended.output if ended.exit_code == 0 else str(ended.exception)


def test_a_policy_is_proposed_confirmed_listed_and_revoked(
    tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, "", "list") == "No policy: every decision is a person's.\n"
    said = run(monkeypatch, tokens["Ann"], "propose", *PROPOSAL, *ENDING)
    id = said.split()[0]
    assert "is proposed" in said
    assert "may not confirm policy" in run(monkeypatch, tokens["Ann"], "confirm", id)
    assert run(monkeypatch, tokens["Lea"], "confirm", id) == f"{id} is in force\n"
    assert '"standing": "in force"' in run(monkeypatch, "", "list", "--json")
    assert run(monkeypatch, tokens["Ann"], "revoke", id) == f"{id} is revoked\n"
    assert '"standing": "revoked"' in run(monkeypatch, "", "list", "--json")
    assert run(monkeypatch, "", "samples") == "No sample waits.\n"
