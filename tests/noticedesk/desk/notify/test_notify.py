"""Alarms: once a day for each matter, told by mail and chat without a name in them, ended when the matter is."""

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
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
from noticedesk.desk.alarms import NATURE, Cause
from noticedesk.desk.chase import steps
from noticedesk.desk.deadlines import clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.escalation import escalate
from noticedesk.desk.notify import run
from noticedesk.desk.notify.channels import load
from noticedesk.desk.notify.found import FINDERS
from noticedesk.desk.notify.lasting import LASTING
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.alarm import Alarm, AlarmKind, Severity
from noticedesk.model.claim import Claim
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.notice import Notice
from noticedesk.model.person import Role
from noticedesk.store import records, sources
from tests.noticedesk.desk.chase.case import LATEST, alarms, claim, countered
from tests.noticedesk.desk.factory import CONFIG, NOW, Time, person


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


def watched(desk: Desk, home: Path, **entry: object) -> Desk:
    """The desk with one channel of alarms."""
    folder = home / "config"
    shutil.copytree(CONFIG, folder, dirs_exist_ok=True)
    (folder / "alarms.yaml").write_text(yaml.safe_dump([{"id": "ops", "role": "admin", "least": "warning", **entry}]))
    return replace(desk, settings=replace(desk.settings, config=folder, smtp="smtp://mail.example"))


def dead(desk: Desk, kind: OutboxKind = OutboxKind.WEBHOOK) -> Outbox:
    """An effect that is tried no more."""
    row = Outbox(id=new_id("X"), kind=kind, key=new_id("D"), state=OutboxState.DEAD, send_after=NOW, created_at=NOW)
    with desk.db.write() as tx:
        records.add(tx, row)
    return row


def go(desk: Desk) -> dict[str, int]:
    return dict(run.run_all(desk).counts)


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


def test_a_source_that_fails_or_is_silent_is_alarmed_and_falls_silent_when_it_works(
    desk: Desk, tmp_path: Path, time: Time
) -> None:
    source = replace(desk.sources[0], expect_every_hours=24.0)
    ours = replace(watched(desk, tmp_path), sources=(source,))
    notice = Notice(
        id=new_id("N"), service="shop", channel="inbox", delivery="d", sha256="0" * 64, received_at=NOW, ingested_at=NOW
    )
    with desk.db.write() as tx:
        records.add(tx, notice)
        sources.failed(tx, "inbox", "no such folder", NOW)
    time.now = NOW + timedelta(hours=24)
    go(ours)
    assert (len(alarms(desk, AlarmKind.SOURCE_FAILING)), alarms(desk, AlarmKind.SOURCE_SILENT)) == (1, [])
    time.pass_(seconds=1)
    go(ours)
    assert len(alarms(desk, AlarmKind.SOURCE_SILENT)) == 1
    with desk.db.write() as tx:
        records.add(tx, replace(notice, id=new_id("N"), delivery="e", ingested_at=time.now))
        sources.lease(tx, "inbox", "me", time.now)
        sources.advance(tx, "inbox", "me", "x", time.now)
    go(ours)
    with desk.db.read() as look:
        assert desk_alarms.open_alarms(look) == []


def test_a_sender_of_whose_messages_nothing_comes_is_told_without_the_address(desk: Desk, tmp_path: Path) -> None:
    base = Notice(
        id="", service="shop", channel="inbox", delivery="", sha256="0" * 64, received_at=NOW, ingested_at=NOW
    )
    made = claim(desk)
    with desk.db.write() as tx:
        for place in range(desk.policy.chase.fruitless_messages):
            for sender, of in (("vain@spam.example", None), ("fine@lind.example", made.id)):
                records.add(tx, replace(base, id=new_id("N"), delivery=f"{sender}{place}", sender=sender, claim=of))
    go(watched(desk, tmp_path))
    (alarm,) = alarms(desk, AlarmKind.SENDER_FRUITLESS)
    assert "spam.example" not in str(alarm)


def test_a_safety_claim_is_alarmed_daily_until_its_team_has_answered(desk: Desk, tmp_path: Path, time: Time) -> None:
    ours = watched(desk, tmp_path)
    made = claim(desk)
    with desk.db.write() as tx:
        asked = escalate.to_safety(desk, tx, made)
    for _ in range(2):
        go(ours)
        time.pass_(days=1)
    assert len(alarms(desk, AlarmKind.SAFETY_CLAIM)) == 2
    with desk.db.write() as tx:
        records.replace(tx, replace(asked, answered_at=time.now, answered_by="P-1"))
    go(ours)
    with desk.db.read() as look:
        assert desk_alarms.open_alarms(look) == []


def test_an_effect_that_is_not_confirmed_in_time_is_alarmed(desk: Desk, tmp_path: Path, time: Time) -> None:
    row = dead(desk)
    with desk.db.write() as tx:
        records.replace(tx, replace(row, state=OutboxState.SENT))
    time.now = NOW + timedelta(hours=desk.policy.confirmation_hours) - timedelta(seconds=1)
    ours = watched(desk, tmp_path)
    go(ours)
    assert alarms(desk, AlarmKind.CONFIRMATION_OVERDUE) == []
    time.pass_(seconds=1)
    go(ours)
    assert len(alarms(desk, AlarmKind.CONFIRMATION_OVERDUE)) == 1


def test_acknowledging_needs_a_person_of_the_role_and_ends_what_only_happened(desk: Desk, time: Time) -> None:
    with desk.db.write() as tx:
        raised = desk_alarms.raise_(desk, tx, Cause(kind=AlarmKind.LETTER_BOUNCED, subject="M-1"))
    assert raised is not None
    with pytest.raises(NotPermitted):
        desk_alarms.acknowledge(desk, person(desk, Role.ANALYST, name="An"), raised.id)
    taken = desk_alarms.acknowledge(desk, person(desk, Role.SPECIALIST, name="Bo"), raised.id)
    assert taken.ended_at == time.now
    time.pass_(days=1)
    with desk.db.write() as tx:
        assert desk_alarms.raise_(desk, tx, Cause(kind=AlarmKind.LETTER_BOUNCED, subject="M-1")) is None


def test_an_alarm_is_taken_back_with_the_transaction_that_it_tells_of(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.db.write() as tx:
        desk_alarms.raise_(desk, tx, Cause(kind=AlarmKind.LETTER_BOUNCED, subject="M-1"))
        raise RuntimeError("the disk is full")
    assert alarms(desk, AlarmKind.LETTER_BOUNCED) == []


def test_a_clock_on_the_wall_set_back_tells_nothing_twice(desk: Desk, time: Time) -> None:
    cause = Cause(kind=AlarmKind.SAFETY_CLAIM, subject="E-1")
    for days in (0, 3, -1, -2):
        time.now = NOW + timedelta(days=days)
        with desk.db.write() as tx:
            desk_alarms.raise_(desk, tx, cause)
    assert len(alarms(desk, AlarmKind.SAFETY_CLAIM)) == 2


@pytest.mark.parametrize("kind", AlarmKind, ids=str)
def test_every_kind_of_alarm_says_something_and_can_end(kind: AlarmKind) -> None:
    assert NATURE[kind].says
    ends = [kind in FINDERS, kind in LASTING, kind in desk_alarms.HAPPENED, kind is AlarmKind.AUDIT_BROKEN]
    assert any(ends)


def test_the_shipped_channels_can_be_read_and_two_of_one_id_are_refused(desk: Desk, tmp_path: Path) -> None:
    assert {channel.role for channel in load(desk)} >= {Role.LEGAL, Role.SAFETY, Role.ADMIN}
    entry = {"id": "a", "role": "legal", "least": Severity.WARNING.value}
    (tmp_path / "alarms.yaml").write_text(yaml.safe_dump([entry, entry]))
    with pytest.raises(settings.SettingError, match="stands twice"):
        load(replace(desk, settings=replace(desk.settings, config=tmp_path)))


def test_an_alarm_of_a_clock_ends_when_the_clock_does(desk: Desk, tmp_path: Path, time: Time) -> None:
    at_stake = countered(desk)
    time.now = LATEST - timedelta(hours=1)
    steps.run_all(desk)
    assert len(alarms(desk, AlarmKind.CLOCK_DUE)) == 1
    with desk.db.write() as tx:
        clocks.start(desk, tx, records.get(tx, Claim, at_stake.claim), {"material_restored": time.now}, at_stake)
    go(watched(desk, tmp_path))
    with desk.db.read() as look:
        assert records.find(look, Alarm, kind=AlarmKind.CLOCK_DUE, ended_at=None) == []


def test_letters_without_a_mail_server_are_alarmed_until_none_is_due(desk: Desk) -> None:
    letter = replace(dead(desk), kind=OutboxKind.MAIL, state=OutboxState.QUEUED)
    with desk.db.write() as tx:
        records.replace(tx, letter)
    assert dispatch(desk).taken == dispatch(desk).taken == 0
    run.run_all(desk)
    (alarm,) = alarms(desk, AlarmKind.NO_WAY_OUT)
    assert (alarm.subject, alarm.ended_at) == ("mail", None)
    with desk.db.write() as tx:
        records.replace(tx, replace(letter, state=OutboxState.CONFIRMED))
    run.run_all(desk)
    (alarm,) = alarms(desk, AlarmKind.NO_WAY_OUT)
    assert alarm.ended_at is not None
