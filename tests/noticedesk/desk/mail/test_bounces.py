"""What comes back: bounces count for their letter, automatic answers are linked, and neither is ever answered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.demo.sink import Sink
from noticedesk.desk import process
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.mail import bounces, post
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.event import Event
from noticedesk.model.letter import Letter, LetterState, Outbox
from noticedesk.model.notice import Notice, NoticeKind, NoticeState
from noticedesk.store import records
from tests.noticedesk.desk.factory import LETTER, Mail, Time, Web, deliver, opened
from tests.noticedesk.desk.mail.servers import Scripted
from tests.noticedesk.intake.test_delivery import FAILED, LATE, OURS, THERE, report

UNSIGNED = LETTER.replace("/s/ Maria Lind\n", "").replace("Maria Lind, 5 Harbour", "5 Harbour")
PLAIN = """Return-Path: <>
From: MAILER-DAEMON@mx.lind.example
To: {to}
Subject: failure notice

I am sorry, this address does not exist. 550 5.1.1

--- Below this line is a copy of the message.
Message-ID: {message_id}
Subject: Your notice is not complete
"""


@pytest.fixture
def desk(tmp_path: Path, web: Web, time: Time) -> Iterator[Desk]:
    """A desk whose mail server takes addresses with a token."""
    with opened(tmp_path, web, time) as made:
        (service,) = made.services
        yield replace(made, services=(replace(service, agent=replace(service.agent, plus_addresses=True)),))


@pytest.fixture
def asked(desk: Desk, tmp_path: Path, web: Web) -> Letter:
    """A cure request that has left, with the clock that runs from it."""
    mail = Mail(text=UNSIGNED.replace("under penalty of perjury, ", ""), urls=(web.listing("a1"),))
    deliver(tmp_path, {"a.eml": mail.raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)
    with Sink() as sink:
        post.send_due(replace(desk, settings=replace(desk.settings, smtp=sink.url)))
    with desk.db.read() as look:
        (letter,) = records.find(look, Letter, template="any/cure_request")
        (clock,) = records.find(look, Clock, rule="cure_reply")
    assert (letter.state, clock.state) == (LetterState.SENT, ClockState.RUNNING)
    return letter


def comes(desk: Desk, home: Path, raw: bytes) -> Notice:
    """Takes in one more message; what it became."""
    with desk.db.read() as look:
        before = {notice.id for notice in records.find(look, Notice)}
    deliver(home, {"back.eml": raw})
    assert not ingest(desk, desk.sources[0]).errors
    with desk.db.read() as look:
        (new,) = [notice for notice in records.find(look, Notice) if notice.id not in before]
    return new


def about(letter: Letter, *groups: str) -> bytes:
    return report(*groups).replace(OURS.encode(), letter.message_id.encode())


def again(desk: Desk, letter: Letter) -> Letter:
    with desk.db.read() as look:
        return records.get(look, Letter, letter.id)


def count(desk: Desk, noun: type) -> int:
    with desk.db.read() as look:
        return records.count(look, noun)


def test_a_bounced_cure_request_stops_its_clock_alarms_and_is_not_answered(
    desk: Desk, tmp_path: Path, asked: Letter
) -> None:
    letters, claims = count(desk, Letter), count(desk, Claim)
    notice = comes(desk, tmp_path, about(asked, FAILED))
    assert (notice.kind, notice.state, notice.claim) == (
        NoticeKind.DELIVERY_REPORT,
        NoticeState.READ,
        asked.claim,
    )
    assert (again(desk, asked).state, again(desk, asked).undelivered) == (LetterState.BOUNCED, "5.1.1 550 no such user")
    with desk.db.read() as look:
        (clock,) = records.find(look, Clock, rule="cure_reply")
        (event,) = records.find(look, Event, act="letter.bounced")
        assert [item.id for item in bounces.bounced(look)] == [asked.id]
    assert (clock.state, clock.ended_why) == (ClockState.CANCELLED, f"the letter {asked.id} did not arrive")
    assert (event.subject, event.details["notice"], event.details["status"]) == (asked.id, notice.id, "5.1.1")
    assert (count(desk, Letter), count(desk, Claim)) == (letters, claims)


def test_a_bounce_that_comes_twice_counts_once(desk: Desk, tmp_path: Path, asked: Letter) -> None:
    comes(desk, tmp_path, about(asked, FAILED))
    comes(desk, tmp_path, about(asked, FAILED).replace(b"<r1@", b"<r2@"))
    with desk.db.read() as look:
        assert records.count(look, Event, act="letter.bounced") == 1


@pytest.mark.parametrize(("group", "act"), [(LATE, "letter.delayed"), (THERE, "letter.delivered")])
def test_a_report_of_no_failure_stands_on_the_timeline_alone(
    desk: Desk, tmp_path: Path, asked: Letter, group: str, act: str
) -> None:
    comes(desk, tmp_path, about(asked, group))
    assert again(desk, asked).state is LetterState.SENT
    with desk.db.read() as look:
        assert records.count(look, Event, act=act, subject=asked.id) == 1
        assert records.find(look, Clock, rule="cure_reply")[0].state is ClockState.RUNNING


def test_a_bounce_written_for_people_is_linked_by_the_letter_that_it_repeats(
    desk: Desk, tmp_path: Path, asked: Letter
) -> None:
    raw = PLAIN.format(to="copyright@shop.example", message_id=asked.message_id)
    assert comes(desk, tmp_path, raw.encode()).claim == asked.claim
    assert again(desk, asked).state is LetterState.BOUNCED


def test_a_bounce_that_repeats_nothing_is_linked_by_the_address_it_came_to(
    desk: Desk, tmp_path: Path, asked: Letter
) -> None:
    token = asked.message_id.strip("<>").partition("@")[0]
    raw = PLAIN.format(to=f"Copyright+{token.upper()}@Shop.example", message_id="<unknown@elsewhere.example>")
    assert comes(desk, tmp_path, raw.encode()).claim == asked.claim


def test_a_report_about_nothing_of_ours_opens_nothing_and_is_not_answered(desk: Desk, tmp_path: Path) -> None:
    notice = comes(desk, tmp_path, report(FAILED))
    assert (notice.kind, notice.claim) == (NoticeKind.DELIVERY_REPORT, None)
    assert (count(desk, Claim), count(desk, Letter), count(desk, Outbox)) == (0, 0, 0)


def test_a_letter_of_uncertain_fate_that_bounces_is_not_sent_again(
    desk: Desk, tmp_path: Path, web: Web, time: Time
) -> None:
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
    ingest(desk, desk.sources[0])
    with Scripted("drop") as sink:
        connected = replace(desk, settings=replace(desk.settings, smtp=sink.url))
        post.send_due(connected)
        with desk.db.read() as look:
            (receipt,) = records.find(look, Letter)
        comes(desk, tmp_path, about(receipt, FAILED))
        time.pass_(hours=1)
        assert post.send_due(connected).taken == 0
    assert len(sink.taken) == 1
    assert again(desk, receipt).state is LetterState.BOUNCED


def test_the_clock_of_a_bounced_letter_runs_anew_once_it_has_arrived(
    desk: Desk, tmp_path: Path, asked: Letter, time: Time
) -> None:
    comes(desk, tmp_path, about(asked, FAILED))
    time.pass_(days=2)
    with desk.db.write() as tx:
        from noticedesk.desk.mail import silence

        silence.begin(desk, tx, asked, desk.now())
    with desk.db.read() as look:
        (clock,) = records.find(look, Clock, rule="cure_reply")
    assert (clock.state, clock.start) == (ClockState.RUNNING, time.now)


def test_an_absence_note_is_linked_and_never_answered(desk: Desk, tmp_path: Path, asked: Letter) -> None:
    letters = count(desk, Letter)
    note = Mail(text="I am out of the office until Monday.", subject="Automatic reply", answers=asked.message_id)
    raw = b"Auto-Submitted: auto-replied\n" + replace(note, message_id="<ooo@lind.example>").raw()
    notice = comes(desk, tmp_path, raw)
    assert (notice.kind, notice.state, notice.claim) == (NoticeKind.AUTO_REPLY, NoticeState.READ, asked.claim)
    assert count(desk, Letter) == letters


def test_an_automatic_answer_that_repeats_our_words_waits_for_a_person(
    desk: Desk, tmp_path: Path, asked: Letter, web: Web
) -> None:
    letters, claims = count(desk, Letter), count(desk, Claim)
    echo = Mail(urls=(web.listing("b2"),), message_id="<echo@lind.example>", answers=asked.message_id)
    notice = comes(desk, tmp_path, b"Auto-Submitted: auto-replied\n" + echo.raw())
    assert (notice.state, notice.claim) == (NoticeState.QUARANTINED, asked.claim)
    assert "automatic answer" in notice.problem
    assert (count(desk, Letter), count(desk, Claim)) == (letters, claims)


def test_a_token_links_and_says_nothing_about_who_wrote(desk: Desk, tmp_path: Path, asked: Letter) -> None:
    token = asked.message_id.strip("<>").partition("@")[0]
    eve = Mail(text="I withdraw my notice.", sender="eve@evil.example", message_id="<eve@evil.example>")
    raw = eve.raw().replace(b"To: copyright@", f"To: copyright+{token}@".encode())
    notice = comes(desk, tmp_path, raw)
    assert notice.kind is NoticeKind.RETRACTION
    from noticedesk.desk.answer import answer

    answer(desk)
    with desk.db.read() as look:
        taken = records.get(look, Notice, notice.id)
        (claim,) = records.find(look, Claim)
    assert taken.state is NoticeState.QUARANTINED
    assert claim.state.value == "needs_cure"


def test_two_machines_that_answer_each_other_come_to_an_end(tmp_path: Path, web: Web, time: Time) -> None:
    with opened(tmp_path, web, time, replies_per_sender=3) as desk:
        for number in range(6):
            url = web.listing(f"r{number}")
            text = LETTER.replace("Sunset", f"Sunset {number}")
            deliver(
                tmp_path, {f"{number}.eml": Mail(text=text, urls=(url,), message_id=f"<{number}@lind.example>").raw()}
            )
        ingest(desk, desk.sources[0])
        with desk.db.read() as look:
            queued = records.find(look, Letter, state=LetterState.QUEUED)
            held = records.find(look, Letter, state=LetterState.DRAFT)
            assert (len(queued), len(held), records.count(look, Outbox)) == (3, 3, 3)
            assert all(one.problem.startswith("replies_per_sender: 3 letters") for one in held)
            assert records.count(look, Event, act="letter.held") == 3
        time.pass_(days=1, minutes=1)
        more = Mail(text=LETTER.replace("Sunset", "Dusk"), urls=(web.listing("z"),), message_id="<z@lind.example>")
        deliver(tmp_path, {"z.eml": more.raw()})
        ingest(desk, desk.sources[0])
        with desk.db.read() as look:
            assert records.count(look, Letter, state=LetterState.QUEUED) == 4
