"""The post: what a person sees of a letter when the mail server takes it, refuses it, puts it off, or says nothing."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.demo.sink import Sink
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.ingest import ingest
from noticedesk.desk.mail import bounces, post
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.event import Event
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxState
from noticedesk.settings import SettingError
from noticedesk.store import outbox, records
from tests.noticedesk.desk.factory import LETTER, Mail, Time, Web, deliver
from tests.noticedesk.desk.mail.servers import Recipients, Scripted, certificate

CLAIMANT = "maria@lind.example"


def reached(desk: Desk, sink: Sink) -> Desk:
    """The desk with the sink as its mail server."""
    return replace(desk, settings=replace(desk.settings, smtp=sink.url))


@pytest.fixture
def receipt(desk: Desk, tmp_path: Path, web: Web) -> Letter:
    """The receipt of a notice, queued."""
    return receipts(desk, tmp_path, web, 1)[0]


def receipts(desk: Desk, home: Path, web: Web, count: int) -> list[Letter]:
    for number in range(count):
        mail = Mail(urls=(web.listing(f"a{number}"),), message_id=f"<n{number}@lind.example>")
        mail = replace(mail, text=LETTER.replace("Sunset", f"Sunset {number}"))
        deliver(home, {f"{number}.eml": mail.raw()})
    ingest(desk, desk.sources[0])
    with desk.db.read() as look:
        return records.find(look, Letter, state=LetterState.QUEUED)


def letter(desk: Desk, id: str) -> Letter:
    with desk.db.read() as look:
        return records.get(look, Letter, id)


def row(desk: Desk, id: str) -> Outbox:
    with desk.db.read() as look:
        return records.find(look, Outbox, letter=id)[0]


def acts(desk: Desk, id: str) -> list[str]:
    with desk.db.read() as look:
        return [event.act for event in records.find(look, Event, subject=id)]


def test_a_letter_leaves_with_the_bytes_that_are_kept(desk: Desk, receipt: Letter, time: Time) -> None:
    with Sink() as sink:
        assert post.send_due(reached(desk, sink)).counts == {"letter sent": 1}
    (taken,) = sink.taken
    assert taken.raw == desk.blobs.get(receipt.sha256)
    assert (taken.message_id, taken.to) == (receipt.message_id, (CLAIMANT,))
    sent = letter(desk, receipt.id)
    assert (sent.state, sent.sent_at) == (LetterState.SENT, time.now)
    assert row(desk, receipt.id).state is OutboxState.SENT
    assert acts(desk, receipt.id) == ["letter.drafted", "letter.sent"]


def test_a_letter_leaves_once(desk: Desk, receipt: Letter) -> None:
    with Sink() as sink:
        post.send_due(reached(desk, sink))
        assert post.send_due(reached(desk, sink)).taken == 0
    assert len(sink.taken) == 1


def test_dispatch_sends_letters_too(desk: Desk, receipt: Letter) -> None:
    with Sink() as sink:
        assert dispatch(reached(desk, sink)).counts["letter sent"] == 1


def test_without_a_mail_server_the_setting_is_named_and_letters_wait(desk: Desk, receipt: Letter) -> None:
    with pytest.raises(SettingError, match="NOTICEDESK_SMTP"):
        post.send_due(desk)
    assert letter(desk, receipt.id).state is LetterState.QUEUED


def test_nobody_needs_a_mail_server_as_long_as_there_is_nothing_to_send(desk: Desk) -> None:
    assert post.send_due(desk).taken == 0


def test_a_sent_receipt_meets_the_time_within_which_the_claimant_is_to_be_told(desk: Desk, receipt: Letter) -> None:
    with desk.db.write() as tx:
        from noticedesk.desk.deadlines import clocks
        from noticedesk.model.claim import Claim

        clocks.start(desk, tx, records.get(tx, Claim, receipt.claim), {"notice_received": desk.now()})
    with Sink() as sink:
        post.send_due(reached(desk, sink))
    with desk.db.read() as look:
        (told,) = records.find(look, Clock, rule="acknowledge")
    assert (told.state, told.ended_by) == (ClockState.SATISFIED, "claimant_informed")


def test_a_recipient_whom_nobody_knows_is_refused_for_good_and_alarms(desk: Desk, receipt: Letter) -> None:
    with Recipients(CLAIMANT, "550 5.1.1 no such user here") as sink:
        assert post.send_due(reached(desk, sink)).counts == {"letter refused for good": 1}
        assert post.send_due(reached(desk, sink)).taken == 0
    refused = letter(desk, receipt.id)
    assert (refused.state, refused.undelivered) == (LetterState.BOUNCED, "550 5.1.1 no such user here")
    assert (row(desk, receipt.id).state, row(desk, receipt.id).last_error) == (OutboxState.DEAD, refused.undelivered)
    assert "letter.bounced" in acts(desk, receipt.id)
    with desk.db.read() as look:
        assert [item.id for item in bounces.bounced(look)] == [receipt.id]


def test_a_refused_letter_that_a_person_retries_is_sent(desk: Desk, receipt: Letter) -> None:
    with Recipients(CLAIMANT, "550 5.1.1 no such user here") as sink:
        post.send_due(reached(desk, sink))
        with desk.db.write() as tx:
            outbox.retry(tx, row(desk, receipt.id).id, desk.now())
        sink.unknown = ""
        post.send_due(reached(desk, sink))
    assert (letter(desk, receipt.id).state, letter(desk, receipt.id).undelivered) == (LetterState.SENT, "")


def test_a_greylisted_letter_goes_a_little_later_in_the_same_bytes(desk: Desk, receipt: Letter, time: Time) -> None:
    with Scripted("451 4.7.1 greylisted, come back") as sink:
        assert post.send_due(reached(desk, sink)).counts == {"letter to be tried again": 1}
        waiting = row(desk, receipt.id)
        assert (letter(desk, receipt.id).state, waiting.state) == (LetterState.QUEUED, OutboxState.FAILED)
        assert "greylisted" in waiting.last_error
        assert waiting.next_attempt_at and waiting.next_attempt_at > time.now
        assert post.send_due(reached(desk, sink)).taken == 0
        time.pass_(minutes=2)
        post.send_due(reached(desk, sink))
    assert letter(desk, receipt.id).state is LetterState.SENT
    assert len({offered.raw for offered in sink.offered}) == 1
    assert "letter.uncertain" not in acts(desk, receipt.id)


def test_a_line_that_drops_after_the_letter_is_noted_as_a_possible_repeat(
    desk: Desk, receipt: Letter, time: Time
) -> None:
    with Scripted("drop") as sink:
        assert post.send_due(reached(desk, sink)).counts == {"letter perhaps sent, to be repeated": 1}
        assert letter(desk, receipt.id).state is LetterState.QUEUED
        assert acts(desk, receipt.id) == ["letter.drafted", "letter.uncertain"]
        time.pass_(minutes=2)
        post.send_due(reached(desk, sink))
    assert letter(desk, receipt.id).state is LetterState.SENT
    first, second = sink.taken
    assert first.raw == second.raw
    assert first.message_id == receipt.message_id


def test_a_letter_put_off_for_days_is_given_up_and_shown(desk: Desk, receipt: Letter, time: Time) -> None:
    with Scripted(*["451 4.3.0 later"] * 20) as sink:
        for _ in range(post.PATIENCE.attempts):
            post.send_due(reached(desk, sink))
            time.pass_(hours=7)
    assert row(desk, receipt.id).state is OutboxState.DEAD
    assert letter(desk, receipt.id).undelivered == "given up: 451 4.3.0 later"
    assert len(sink.offered) == post.PATIENCE.attempts


def test_an_outage_of_the_server_costs_no_letter_an_attempt(desk: Desk, tmp_path: Path, web: Web, time: Time) -> None:
    waiting = receipts(desk, tmp_path, web, 3)
    away = replace(desk, settings=replace(desk.settings, smtp="smtp://127.0.0.1:1"))
    for _ in range(4):
        assert sum(post.send_due(away).errors.values()) == 1
        time.pass_(minutes=5)
    assert [row(desk, one.id).attempts for one in waiting] == [0, 0, 0]
    assert "127.0.0.1:1" in row(desk, waiting[0].id).last_error
    with Sink() as sink:
        assert post.send_due(reached(desk, sink)).counts == {"letter sent": 3}


def test_a_server_that_lets_nobody_send_loses_no_letter(desk: Desk, receipt: Letter, tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    with Scripted(tls_context=context, require_starttls=True) as sink:
        tally = post.send_due(reached(desk, sink))
    assert "530" in str(tally.errors)
    assert (letter(desk, receipt.id).state, row(desk, receipt.id).attempts) == (LetterState.QUEUED, 0)


def test_over_an_encrypted_line_the_same_letter_goes(desk: Desk, receipt: Letter, tmp_path: Path) -> None:
    context, authority = certificate(tmp_path)
    with Scripted(tls_context=context, require_starttls=True) as sink:
        url = sink.url.replace("smtp://", "smtp+starttls://")
        post.send_due(replace(desk, settings=replace(desk.settings, smtp=url, smtp_authorities=authority)))
    assert [one.raw for one in sink.taken] == [desk.blobs.get(receipt.sha256)]


def test_a_letter_cancelled_after_it_was_queued_does_not_leave(desk: Desk, receipt: Letter) -> None:
    with desk.db.write() as tx:
        records.replace(tx, replace(receipt, state=LetterState.CANCELLED))
    with Sink() as sink:
        assert post.send_due(reached(desk, sink)).taken == 0
    assert sink.taken == []
    assert row(desk, receipt.id).state is OutboxState.CANCELLED


def test_many_letters_go_over_one_line(desk: Desk, tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = counted(monkeypatch)
    waiting = receipts(desk, tmp_path, web, 5)
    with Sink() as sink:
        post.send_due(reached(desk, sink))
    assert {taken.message_id for taken in sink.taken} == {one.message_id for one in waiting}
    assert lines() == 1


def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many lines to the mail server were opened."""
    opened_lines: list[object] = []
    real = post.smtp.line
    monkeypatch.setattr(post.smtp, "line", lambda to: opened_lines.append(to) or real(to))
    return lambda: len(opened_lines)


def test_a_sender_killed_between_the_letter_and_its_mark_repeats_it_byte_for_byte(
    desk: Desk, receipt: Letter, tmp_path: Path, time: Time
) -> None:
    with Sink() as sink:
        code = _killed_after_data(tmp_path, sink)
        assert code == -signal.SIGKILL
        assert [one.message_id for one in sink.taken] == [receipt.message_id]
        assert letter(desk, receipt.id).state is LetterState.QUEUED
        assert post.send_due(reached(desk, sink)).taken == 0  # held until the lease has run out
        time.pass_(seconds=post.LEASE_SECONDS + 1)
        post.send_due(reached(desk, sink))
    first, second = sink.taken
    assert first.raw == second.raw == desk.blobs.get(receipt.sha256)
    assert acts(desk, receipt.id) == ["letter.drafted", "letter.uncertain", "letter.sent"]


def _killed_after_data(home: Path, sink: Sink) -> int:
    """Sends in a process of its own that dies when the server has the letter, before anything is marked."""
    program = textwrap.dedent("""
        import os, signal, sys
        from dataclasses import replace
        from pathlib import Path
        from noticedesk import store
        from noticedesk.desk.mail import post
        from tests.noticedesk.desk.factory import opened

        post._ENDINGS, post._sent = {}, lambda *known: os.kill(os.getpid(), signal.SIGKILL)
        with opened(Path(sys.argv[1])) as desk:
            post.send_due(replace(desk, settings=replace(desk.settings, smtp=sys.argv[2])))
    """)
    root = str(Path(__file__).parents[4])
    done = subprocess.run([sys.executable, "-c", program, str(home), sink.url], env=os.environ | {"PYTHONPATH": root})
    return done.returncode


def test_an_address_with_other_than_ascii_letters_is_handed_to_a_person_in_words(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    mail = Mail(urls=(web.listing("a1"),), sender="zo\u00eb@lind.example")
    deliver(tmp_path, {"a.eml": mail.raw()})
    ingest(desk, desk.sources[0])
    with desk.db.read() as look:
        (held,) = records.find(look, Letter)
    assert (held.state, held.to) == (LetterState.BLOCKED, "zo\u00eb@lind.example")
    assert "write to it by hand" in held.problem
    with Sink() as sink:
        assert post.send_due(reached(desk, sink)).taken == 0
    assert sink.taken == []
