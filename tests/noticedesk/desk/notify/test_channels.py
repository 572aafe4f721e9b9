"""Alarms are told by mail and chat, once a day for each matter, without a name in them."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from noticedesk import settings
from noticedesk.desk import alarms as desk_alarms
from noticedesk.desk.act import chat, smtp
from noticedesk.desk.desk import Desk
from noticedesk.desk.notify.channels import load
from noticedesk.model.alarm import AlarmKind, Severity
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.desk.chase.case import alarms
from tests.noticedesk.desk.factory import Time, person
from tests.noticedesk.desk.notify.watch import dead, go, watched


@dataclass
class Server:
    """A chat service on loopback: what it was told, and how it answers."""

    url: str = ""
    answers: int = 200
    told: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if state.answers == 200:
                state.told.append(json.loads(body))
            self.send_response(state.answers)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *given: object) -> None:
            """Says nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        state.url = f"json://127.0.0.1:{http.server_port}/hook"
        yield state
        http.shutdown()
        thread.join()


def rows(desk: Desk, kind: OutboxKind) -> list[Outbox]:
    with desk.db.read() as look:
        return records.find(look, Outbox, kind=kind)


def test_a_matter_is_told_once_a_day_into_the_chat_and_ends_with_its_cause(
    desk: Desk, tmp_path: Path, time: Time, server: Server
) -> None:
    ours, row = watched(desk, tmp_path, chat=[server.url]), dead(desk)
    for _ in range(3):
        go(ours)
        time.pass_(minutes=5)
    (told,) = server.told
    assert row.id in told["message"]
    with desk.db.write() as tx:
        records.replace(tx, replace(row, state=OutboxState.CONFIRMED))
    go(ours)
    with desk.db.read() as look:
        assert desk_alarms.open_alarms(look) == []
    assert len(alarms(desk, AlarmKind.EFFECT_DEAD)) == len(server.told) == 1


def test_a_chat_that_fails_is_asked_again_later_and_holds_nothing_up(
    desk: Desk, tmp_path: Path, time: Time, server: Server
) -> None:
    ours = watched(desk, tmp_path, chat=["json://127.0.0.1:9/closed", server.url])
    dead(desk)
    server.answers = 503
    go(ours)
    assert {row.state for row in rows(desk, OutboxKind.CHAT)} == {OutboxState.FAILED}
    assert server.told == []
    server.answers = 200
    time.pass_(minutes=2)
    assert go(ours)["alarm told"] == 1
    assert sorted(row.state for row in rows(desk, OutboxKind.CHAT)) == ["confirmed", "failed"]
    for _ in range(12):
        time.pass_(hours=7)
        go(ours)
    assert sorted(row.state for row in rows(desk, OutboxKind.CHAT)) == ["confirmed", "dead"]
    assert len(server.told) == 1, "that telling failed is listed, and not told by the way that failed"


def test_the_host_is_named_in_an_error_and_the_secret_is_not() -> None:
    with pytest.raises(chat.NotSaid) as error:
        chat.say("json://user:secret@127.0.0.1:9/token-abc", "title", "text")
    assert "127.0.0.1" in str(error.value)
    assert "secret" not in str(error.value) and "token-abc" not in str(error.value)
    with pytest.raises(chat.NotSaid, match="no service is known"):
        chat.say("nonsense://somewhere", "title", "text")


def test_mail_goes_to_the_people_of_the_role_with_fixed_bytes(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[bytes, str]] = []
    monkeypatch.setattr(smtp.Line, "send", lambda self, raw, sender, to: sent.append((raw, to)))
    monkeypatch.setattr(smtp, "_opened", lambda to: type("Client", (), {"quit": lambda self: None})())
    admin = person(desk, Role.ADMIN, name="Root")
    person(desk, Role.SPECIALIST, name="Bo")
    row = dead(desk)
    assert go(watched(desk, tmp_path, people=True, mail=["pager@ops.example"]))["alarm told"] == 2
    assert {to for _, to in sent} == {admin.email, "pager@ops.example"}
    mails = [message_from_bytes(raw, EmailMessage, policy=SMTP) for raw, _ in sent]
    assert all(row.id in mail.get_content() and mail["Auto-Submitted"] == "auto-generated" for mail in mails)
    assert {item.state for item in rows(desk, OutboxKind.ALARM)} == {OutboxState.CONFIRMED}


def test_without_a_mail_server_alarms_are_listed_and_no_mail_waits(desk: Desk, tmp_path: Path) -> None:
    person(desk, Role.ADMIN, name="Root")
    dead(desk)
    ours = watched(desk, tmp_path, people=True)
    go(replace(ours, settings=replace(ours.settings, smtp="")))
    assert rows(desk, OutboxKind.ALARM) == []
    with desk.db.read() as look:
        assert len(desk_alarms.open_alarms(look)) == 1


def test_the_shipped_channels_can_be_read_and_two_of_one_id_are_refused(desk: Desk, tmp_path: Path) -> None:
    assert {channel.role for channel in load(desk)} >= {Role.LEGAL, Role.SAFETY, Role.ADMIN}
    entry = {"id": "a", "role": "legal", "least": Severity.WARNING.value}
    (tmp_path / "alarms.yaml").write_text(yaml.safe_dump([entry, entry]))
    with pytest.raises(settings.SettingError, match="stands twice"):
        load(replace(desk, settings=replace(desk.settings, config=tmp_path)))
