"""The command line: every command has help, errors say what to do, listings speak JSON Lines."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from noticedesk import store
from noticedesk.cli import COMMANDS, LazyGroup, cli, main
from noticedesk.cli.output import show
from noticedesk.desk import answer, process
from noticedesk.desk.ingest import ingest
from noticedesk.model.allegation import Allegation
from noticedesk.store import records
from tests.noticedesk.desk.factory import RETRACTION, Mail, Web, deliver, opened, picture


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with one case in review, and an admin's and a specialist's tokens."""
    web = Web()
    with opened(tmp_path, web) as desk:
        deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1", seed=7),), picture=picture(7)).raw()})
        ingest(desk, desk.sources[0])
        process.run_all(desk)
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    config = tmp_path / "config"
    from noticedesk.settings import data_folder

    shutil.copytree(data_folder("config"), config)
    services = (config / "services.yaml").read_text().replace("id: example", "id: shop")
    (config / "services.yaml").write_text(services.replace("marketplace.example,", "shop.example,"))
    monkeypatch.setenv("NOTICEDESK_CONFIG", str(config))
    yield tmp_path


def call(*arguments: str, **environment: str) -> click.testing.Result:
    return CliRunner().invoke(cli, arguments, env=environment, catch_exceptions=False)


def rows(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in call(*arguments, "--json").stdout.splitlines()]


def token(role: str, name: str) -> str:
    admin = call("users", "add", "Root", "root@shop.example", "--role", "admin")
    assert admin.exit_code == 0, admin.output
    root = call("users", "token", "root@shop.example").stdout.strip()
    added = call("users", "add", name, f"{name}@shop.example", "--role", role, NOTICEDESK_TOKEN=root)
    assert added.exit_code == 0, added.output
    return call("users", "token", f"{name}@shop.example", NOTICEDESK_TOKEN=root).stdout.strip()


def allegation(home: Path) -> Allegation:
    db = store.open(f"sqlite:///{home / 'claims.db'}")
    with db.read() as look:
        (found,) = records.find(look, Allegation)
    db.close()
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_ends_well(name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    command = LazyGroup(name="x").get_command(click.Context(cli), name)
    assert command is not None
    assert command.help, f"{name} is missing its help"


def test_an_unknown_command_is_told_the_nearest_one() -> None:
    result = call("qeue")
    assert result.exit_code == 2
    assert "did you mean queue?" in result.output


def test_an_unknown_setting_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NOTICEDESK_DATABSE", "x")
    with pytest.raises(SystemExit) as end:
        main(["queue"])
    assert end.value.code == 1
    assert "did you mean NOTICEDESK_DATABASE" in capsys.readouterr().err


def test_a_database_that_is_not_reached_is_one_line_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    monkeypatch.setenv("NOTICEDESK_DATABASE", "postgresql://nobody@127.0.0.1:1/claims")
    with pytest.raises(SystemExit) as end:
        main(["db", "upgrade"])
    assert end.value.code == 1
    assert "connection" in capsys.readouterr().err


def test_a_database_that_another_writer_holds_is_worth_another_try(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("noticedesk.store.database._PATIENCE_SECONDS", 0)
    with closing(sqlite3.connect(home / "claims.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(SystemExit) as end:
            main(["db", "upgrade"])
    assert end.value.code == 75
    assert "try again" in capsys.readouterr().err


def test_without_a_database_the_way_to_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
    result = call("claims")
    assert result.exit_code == 1
    assert "noticedesk db upgrade" in result.output
    assert call("db", "upgrade").exit_code == 0
    assert call("claims").exit_code == 0


def test_the_queue_says_what_is_proposed_and_in_which_version(home: Path) -> None:
    (row,) = rows("queue")
    assert row["schema"] == "queue/1"
    assert (row["subject"], row["proposal"], row["reason"]) == (allegation(home).id, "disable", "copy")
    assert row["version"] == allegation(home).version


@pytest.mark.parametrize(
    ("command", "schema"), [("claims", "claim/1"), ("letters list", "letter/1"), ("queue", "queue/1")]
)
def test_a_listing_names_its_schema_on_every_line(home: Path, command: str, schema: str) -> None:
    assert {row["schema"] for row in rows(*command.split())} == {schema}


def test_a_case_is_shown_whole(home: Path) -> None:
    claim = allegation(home).claim
    assert "Sunset over the bay" in call("show", claim, "--json").stdout
    shown = call("show", claim).stdout
    assert "strong: disable (copy)" in shown
    assert "claim.opened" in shown


def test_a_decision_is_the_token_owners(home: Path) -> None:
    ann = token("specialist", "ann")
    at = allegation(home)
    arguments = ("decide", at.id, "disable", "--reason", "copy", "--version", str(at.version))
    assert "set NOTICEDESK_TOKEN" in call(*arguments, NOTICEDESK_TOKEN="").output
    assert call(*arguments, NOTICEDESK_TOKEN=ann).exit_code == 0
    again = call(*arguments, NOTICEDESK_TOKEN=ann)
    assert again.exit_code == 75
    assert "allegation.approved" in again.output
    assert call("undo", at.id, NOTICEDESK_TOKEN=ann).exit_code == 0


def test_the_first_person_is_an_admin(home: Path) -> None:
    with pytest.raises(ValueError, match="the first person must be an admin"):
        call("users", "add", "Ann", "ann@shop.example", "--role", "specialist")


def test_only_an_admin_adds_people(home: Path) -> None:
    ann = token("specialist", "ann")
    with pytest.raises(ValueError, match="may not manage people"):
        call("users", "add", "Bo", "bo@shop.example", "--role", "legal", NOTICEDESK_TOKEN=ann)


def test_an_admin_cannot_approve(home: Path) -> None:
    root = token("admin", "boss")
    at = allegation(home)
    with pytest.raises(ValueError, match="may not decide"):
        call("decide", at.id, "disable", "--reason", "copy", "--version", str(at.version), NOTICEDESK_TOKEN=root)


def test_the_audit_log_is_verified_and_a_changed_byte_is_named(home: Path) -> None:
    assert call("audit", "verify").exit_code == 0
    import sqlite3

    with closing(sqlite3.connect(home / "claims.db", isolation_level=None)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE events SET actor = 'nobody' WHERE seq = 2")
    broken = call("audit", "verify", "--json")
    assert broken.exit_code == 3
    assert 2 in [json.loads(line)["seq"] for line in broken.stdout.splitlines()]


def test_a_question_is_asked_and_listed(home: Path) -> None:
    ann = token("specialist", "ann")
    claim = allegation(home).claim
    asked = call("escalate", "ask", claim, "public_policy", "Is this satire?", NOTICEDESK_TOKEN=ann)
    assert asked.exit_code == 0, asked.output
    assert [row["question"] for row in rows("escalate", "list")] == ["Is this satire?"]


def test_a_message_that_waits_is_listed_and_linked_to_its_claim(home: Path) -> None:
    claim = allegation(home).claim
    with opened(home, Web()) as desk:
        withdrawn = Mail(text=RETRACTION, signed=False, message_id="<late@lind.example>")
        deliver(home, {"late.eml": withdrawn.raw()})
        ingest(desk, desk.sources[0])
        process.run_all(desk)
        answer.answer(desk)
    (waits,) = rows("messages", "list")
    assert (waits["schema"], waits["kind"]) == ("message/1", "retraction")
    owner = token("specialist", "Ann")
    linked = call("messages", "link", str(waits["id"]), claim, "--sender-known", NOTICEDESK_TOKEN=owner)
    assert linked.stdout == f"{waits['id']}: retracted 1\n", linked.output
    assert rows("messages", "list") == []
    refused = CliRunner().invoke(
        cli, ("messages", "open", str(waits["id"]), "patent_notice"), env={"NOTICEDESK_TOKEN": owner}
    )
    assert refused.exit_code == 1 and "nobody is to say what it is" in str(refused.exception)


def test_a_letter_is_read_as_it_will_be_sent(home: Path) -> None:
    receipt = next(row for row in rows("letters", "list") if row["template"] == "any/receipt")
    assert "To: maria@lind.example" in call("letters", "show", str(receipt["id"])).stdout
    paper = home / "receipt.pdf"
    assert "is written to" in call("letters", "pdf", str(receipt["id"]), str(paper)).stdout
    assert "We received your notice" in PdfReader(paper).pages[0].extract_text()


def test_a_change_of_the_rules_names_the_open_cases_that_it_touches(home: Path) -> None:
    shutil.copytree(home / "config" / "regimes", home / "old")
    changed = home / "config" / "regimes" / "us_dmca_512c.yaml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("sla: PT24H", "sla: PT12H"), encoding="utf-8")
    said = rows("rules", "diff", str(home / "old"), str(home / "config" / "regimes"))
    touched = [row["claim"] for row in said if row["schema"] == "touched_claim/1"]
    assert touched == [allegation(home).claim]
    assert call("rules", "diff", str(home / "old"), str(home / "old")).stdout.strip() == "Nothing changed."


def test_control_characters_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"title": "\x1b[31mred\x07"}], "x/1", as_json=False)
    assert "\x1b" not in capsys.readouterr().out
