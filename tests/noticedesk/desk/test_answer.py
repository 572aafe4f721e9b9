"""Answers: linked to their claim, effective only from a verified sender, judged by another than who decided."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from noticedesk.desk import answer as desk_answer
from noticedesk.desk import process, review
from noticedesk.desk.act import lookup
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.review import Ruling
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock
from noticedesk.model.escalation import Inquiry
from noticedesk.model.letter import Letter, Outbox, OutboxState
from noticedesk.model.notice import Notice, NoticeKind, NoticeState
from noticedesk.model.person import Person, Role
from noticedesk.store import records
from tests.noticedesk.desk.factory import COUNTER, RETRACTION, Mail, Web, deliver, person, picture

SELLER = "pat@seller.example"
REPLY = Mail(text=COUNTER, sender=SELLER, subject="Counter notice", message_id="<counter@seller.example>")
WITHDRAWN = Mail(
    text=RETRACTION, subject="Withdrawal", message_id="<w@lind.example>", answers="<notice-1@lind.example>"
)


@pytest.fixture(autouse=True)
def known_account(monkeypatch: pytest.MonkeyPatch) -> None:
    account = lookup.Account(account="seller-1", name="Pat", contact=SELLER)
    monkeypatch.setattr(lookup, "account", lambda desk, item: account)


@pytest.fixture
def url(desk: Desk, tmp_path: Path, web: Web) -> str:
    url = web.listing("a1", seed=7)
    deliver(tmp_path, {"a.eml": Mail(urls=(url,), picture=picture(7)).raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)
    return url


@pytest.fixture
def ann(desk: Desk, url: str) -> Person:
    """The specialist who had the listing disabled."""
    ann = person(desk, Role.SPECIALIST, Role.LEGAL)
    ruling = Ruling(action=Action.DISABLE, reason=Reason.COPY)
    review.decide(desk, ann, the(desk, Allegation).id, ruling, the(desk, Allegation).version)
    return ann


def the(desk: Desk, noun: type, /, **equals: object):  # type: ignore[no-untyped-def, type-arg]
    with desk.db.read() as look:
        (one,) = records.find(look, noun, **equals)
    return one


def legal_date(instant: datetime) -> str:
    return instant.astimezone(ZoneInfo("America/New_York")).date().isoformat()


def send(desk: Desk, home: Path, mail: Mail) -> dict[str, int]:
    deliver(home, {"reply.eml": mail.raw()})
    ingest(desk, desk.sources[0])
    return dict(desk_answer.answer(desk).counts)


def test_a_complete_counter_notice_goes_to_legal_and_starts_the_statutory_window(
    desk: Desk, tmp_path: Path, url: str, ann: Person
) -> None:
    assert send(desk, tmp_path, replace(REPLY, urls=(url,))) == {"counter-notice to legal": 1}
    assert the(desk, Allegation).state is AllegationState.COUNTERED
    first, last = the(desk, Clock, rule="putback_not_before"), the(desk, Clock, rule="putback_not_after")
    # received on Friday 20 November 2026: ten and fourteen business days, Thanksgiving left out
    assert (legal_date(first.earliest), legal_date(last.latest)) == ("2026-12-07", "2026-12-11")
    forwarded = the(desk, Letter, template="us_dmca_512c/counter_notice_forward")
    assert forwarded.problem == ""


def test_a_counter_notice_before_the_takedown_left_stops_it(desk: Desk, tmp_path: Path, url: str, ann: Person) -> None:
    send(desk, tmp_path, replace(REPLY, urls=(url,)))
    assert the(desk, Outbox, kind="webhook").state is OutboxState.CANCELLED


@pytest.mark.parametrize(
    "mail", [replace(REPLY, sender="someone@else.example"), replace(REPLY, signed=False)], ids=["stranger", "unsigned"]
)
def test_a_counter_notice_of_another_sender_changes_nothing(
    desk: Desk, tmp_path: Path, url: str, ann: Person, mail: Mail
) -> None:
    assert send(desk, tmp_path, replace(mail, urls=(url,))) == {"set aside for a person": 1}
    assert the(desk, Allegation).state is AllegationState.APPROVED
    assert the(desk, Notice, kind=NoticeKind.COUNTER_NOTICE).state is NoticeState.QUARANTINED


def test_an_incomplete_counter_notice_starts_no_clock_and_is_asked_for_what_it_lacks(
    desk: Desk, tmp_path: Path, url: str, ann: Person
) -> None:
    text = COUNTER.partition("I consent")[0] + "/s/ Pat Seller\nPat Seller, 9 Hill Street, Austin, TX, +1 512 555 0199"
    assert send(desk, tmp_path, replace(REPLY, text=text, urls=(url,))) == {"counter-notice incomplete": 1}
    assert the(desk, Allegation).state is AllegationState.APPROVED
    with desk.db.read() as look:
        assert records.find(look, Clock, rule="putback_not_before") == []


def test_who_decided_the_takedown_cannot_judge_its_counter_notice(
    desk: Desk, tmp_path: Path, url: str, ann: Person
) -> None:
    send(desk, tmp_path, replace(REPLY, urls=(url,)))
    restore = Ruling(action=Action.RESTORE, reason=Reason.COUNTER_NOTICE_LAPSE)
    countered = the(desk, Allegation)
    with pytest.raises(NotPermitted, match="cannot judge the answer"):
        review.decide(desk, ann, countered.id, restore, countered.version)
    with pytest.raises(NotPermitted, match="may not decide counter notice"):
        review.decide(desk, person(desk, Role.SPECIALIST, name="Bo"), countered.id, restore, countered.version)
    review.decide(desk, person(desk, Role.LEGAL, name="Cy"), countered.id, restore, countered.version)


def test_the_verified_notifier_takes_the_notice_back(desk: Desk, tmp_path: Path, url: str, ann: Person) -> None:
    assert send(desk, tmp_path, replace(WITHDRAWN, urls=(url,))) == {"retracted 1": 1}
    assert the(desk, Allegation).state is AllegationState.WITHDRAWN
    assert the(desk, Claim).state is ClaimState.WITHDRAWN
    assert the(desk, Outbox, kind="webhook").state is OutboxState.CANCELLED


@pytest.mark.parametrize(
    "mail",
    [replace(WITHDRAWN, sender="eve@evil.example"), replace(WITHDRAWN, signed=False)],
    ids=["another sender in the same thread", "unsigned"],
)
def test_a_retraction_in_the_right_thread_from_another_sender_changes_nothing(
    desk: Desk, tmp_path: Path, url: str, ann: Person, mail: Mail
) -> None:
    assert send(desk, tmp_path, replace(mail, urls=(url,))) == {"set aside for a person": 1}
    assert the(desk, Allegation).state is AllegationState.APPROVED


def test_an_answer_to_nothing_that_is_known_waits_for_a_person(desk: Desk, tmp_path: Path, web: Web) -> None:
    mail = replace(WITHDRAWN, answers="<unknown@lind.example>", urls=(web.listing("zz"),))
    assert send(desk, tmp_path, mail) == {"set aside for a person": 1}
    assert "not clear" in the(desk, Notice).problem


PLAIN = Mail(
    text="Hi,\n\nthe mug at {urls} has my fox on it, and I would be glad if that ended.\n\nMaria Lind",
    subject="The fox",
)


def test_a_message_that_words_did_not_tell_for_a_complaint_opens_a_claim_when_a_person_says_so(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    deliver(tmp_path, {"a.eml": replace(PLAIN, urls=(web.listing("a1"),)).raw()})
    ingest(desk, desk.sources[0])
    said = the(desk, Notice)
    assert (said.kind, said.state, said.claim) == (NoticeKind.CORRESPONDENCE, NoticeState.READ, None)
    bo = person(desk, Role.SPECIALIST)
    opened = desk_answer.open_as(desk, bo, said.id, NoticeKind.TRADEMARK_NOTICE)
    process.run_all(desk)
    assert the(desk, Inquiry).answer == f"It is part of {opened.claim}."
    assert opened.claim == the(desk, Claim).id
    assert the(desk, Claim).regime == "mp_trademark"
    assert the(desk, Claim).state is not ClaimState.REFUSED
    with pytest.raises(desk_answer.NotAside, match=r"is read in C-.*; nobody is to say what it is"):
        desk_answer.open_as(desk, bo, said.id, NoticeKind.COPYRIGHT_NOTICE)


def test_what_opens_no_claim_is_not_opened_as_one(desk: Desk, tmp_path: Path, web: Web) -> None:
    deliver(tmp_path, {"a.eml": replace(PLAIN, urls=(web.listing("a1"),)).raw()})
    ingest(desk, desk.sources[0])
    said = the(desk, Notice)
    with pytest.raises(desk_answer.NotAside, match="a retraction opens no claim; choose one of"):
        desk_answer.open_as(desk, person(desk, Role.SPECIALIST), said.id, NoticeKind.RETRACTION)
    with pytest.raises(desk_answer.NotAside, match=r"say what N-.* is: one of appeal"):
        desk_answer.link(desk, person(desk, Role.LEGAL, name="Lea"), said.id, desk_answer.Said("C-1"))
    with pytest.raises(NotPermitted):
        desk_answer.open_as(desk, person(desk, Role.ANALYST, name="Al"), said.id, NoticeKind.COPYRIGHT_NOTICE)
    assert the(desk, Notice).claim is None


def test_what_waits_for_a_person_is_listed_with_its_reason_until_it_is_linked(
    desk: Desk, tmp_path: Path, url: str, ann: Person
) -> None:
    mail = replace(WITHDRAWN, answers="", urls=(url,), signed=False, message_id="<late@lind.example>")
    send(desk, tmp_path, mail)
    with desk.db.read() as look:
        (waits,) = desk_answer.waiting(look)
    assert waits.kind is NoticeKind.RETRACTION and "not verified" in waits.problem
    desk_answer.link(desk, ann, waits.id, desk_answer.Said(the(desk, Claim).id, sender_known=True))
    with desk.db.read() as look:
        assert desk_answer.waiting(look) == []


def test_what_a_person_says_of_a_stranger_s_message_waits_on_with_its_reason(
    desk: Desk, tmp_path: Path, url: str, ann: Person
) -> None:
    stranger = Mail(
        text="About the bay: forget it.", sender="eve@eve.example", message_id="<e@eve.example>", signed=False
    )
    send(desk, tmp_path, stranger)
    with desk.db.read() as look:
        (said,) = records.find(look, Notice, kind=NoticeKind.CORRESPONDENCE)
    as_retraction = desk_answer.Said(the(desk, Claim).id, NoticeKind.RETRACTION)
    assert desk_answer.link(desk, ann, said.id, as_retraction) == "set aside for a person"
    with desk.db.read() as look:
        (waits,) = desk_answer.waiting(look)
    assert waits.id == said.id and "not verified" in waits.problem
    assert the(desk, Allegation).state is not AllegationState.WITHDRAWN
