"""Ingest: raw bytes first, nothing twice, nothing lost, and nothing of a safety case beyond its bytes."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from noticedesk.desk import process
from noticedesk.desk.arrival.threads import by_thread
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.document import Envelope
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeState, Verified
from noticedesk.store import records
from tests.noticedesk.desk.factory import NOW, Mail, Time, Web, deliver

SAFETY = """The picture at {urls} shows me undressed. I was 15 years old, and I never agreed to it. Please remove it."""


def take_in(desk: Desk) -> dict[str, int]:
    return dict(ingest(desk, desk.sources[0]).counts)


def test_a_notice_opens_a_claim_with_its_allegation_and_a_receipt(desk: Desk, tmp_path: Path, web: Web) -> None:
    url = web.listing("a1")
    deliver(tmp_path, {"a.eml": Mail(urls=(url,)).raw()})
    assert take_in(desk) == {"opened": 1}
    with desk.db.read() as look:
        (notice,), (claim,) = records.find(look, Notice), records.find(look, Claim)
        (allegation,), (letter,) = records.find(look, Allegation), records.find(look, Letter)
    assert desk.blobs.get(notice.sha256) == Mail(urls=(url,)).raw()
    assert (notice.state, notice.claim, notice.verified) == (NoticeState.READ, claim.id, Verified.DKIM)
    assert (claim.state, claim.received_at) == (ClaimState.RECEIVED, NOW)
    assert (allegation.state, allegation.url) == (AllegationState.REPORTED, url)
    assert (letter.template, letter.state, letter.to) == ("any/receipt", LetterState.QUEUED, "maria@lind.example")


def test_a_letter_older_than_the_rules_is_taken_in_and_proposed_under_the_first_of_them(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    long_ago = datetime(1991, 5, 6, 12, tzinfo=UTC)
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw(long_ago)})
    assert not ingest(desk, desk.sources[0]).errors
    assert not process.run_all(desk).errors
    with desk.db.read() as look:
        (claim,), (allegation,) = records.find(look, Claim), records.find(look, Allegation)
    assert (claim.received_at, allegation.state) == (long_ago, AllegationState.IN_REVIEW)


def test_a_letter_that_no_rules_are_for_is_taken_in_and_put_before_a_person(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    lawless = replace(desk, law=())
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
    assert not ingest(lawless, lawless.sources[0]).errors
    assert not process.run_all(lawless).errors
    with desk.db.read() as look:
        (claim,) = records.find(look, Claim)
    assert (claim.regime, claim.state) == ("", ClaimState.REROUTED)


def test_the_same_delivery_twice_is_taken_in_once(desk: Desk, tmp_path: Path, web: Web) -> None:
    raw = Mail(urls=(web.listing("a1"),)).raw()
    deliver(tmp_path, {"a.eml": raw})
    take_in(desk)
    deliver(tmp_path, {"b.eml": raw})
    assert take_in(desk) == {"duplicate delivery": 1}
    with desk.db.read() as look:
        assert len(records.find(look, Claim)) == 1


def test_a_taken_in_delivery_has_left_the_inbox(desk: Desk, tmp_path: Path, web: Web) -> None:
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
    take_in(desk)
    assert [path.name for path in (tmp_path / "inbox").iterdir()] == ["done"]


def test_two_contents_under_one_message_id_are_two_notices_and_an_answer_to_it_is_for_a_person(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    one, two = (Mail(urls=(web.listing(name),)) for name in ("a1", "b2"))
    other = replace(two, sender="bob@agency.example", text=two.text.replace("Maria Lind", "Bob Agent"))
    deliver(tmp_path, {"a.eml": one.raw(), "b.eml": other.raw()})
    take_in(desk)
    with desk.db.read() as look:
        kept = records.find(look, Notice, message_id=one.message_id)
        linked = by_thread(look, Envelope(in_reply_to=one.message_id))
    assert len({notice.sha256 for notice in kept}) == 2 and len({notice.claim for notice in kept}) == 2
    assert len(linked.claims) == 2 and not linked.sure


def test_a_repeat_joins_the_open_claim_of_the_same_principal_and_listing(desk: Desk, tmp_path: Path, web: Web) -> None:
    one, two = web.listing("a1"), web.listing("a2")
    deliver(tmp_path, {"a.eml": Mail(urls=(one,)).raw()})
    take_in(desk)
    deliver(tmp_path, {"b.eml": Mail(urls=(one, two), message_id="<notice-2@lind.example>").raw()})
    assert take_in(desk) == {"joined": 1}
    with desk.db.read() as look:
        (claim,) = records.find(look, Claim)
        allegations = records.find(look, Allegation, claim=claim.id)
    assert {allegation.url for allegation in allegations} == {one, two}


def test_another_claimant_about_the_same_listing_opens_a_claim_of_their_own(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    url = web.listing("a1")
    theirs = Mail(urls=(url,), sender="jo@berg.example", message_id="<n@berg.example>")
    mail = theirs.raw().replace(b"Maria Lind", b"Jo Berg")
    deliver(tmp_path, {"a.eml": Mail(urls=(url,)).raw(), "b.eml": mail})
    assert take_in(desk) == {"opened": 2}
    with desk.db.read() as look:
        assert len(records.find(look, Listing)) == 1


def test_an_address_of_another_host_is_not_ours_from_the_start(desk: Desk, tmp_path: Path) -> None:
    deliver(tmp_path, {"a.eml": Mail(urls=("https://elsewhere.example/item/a1",)).raw()})
    take_in(desk)
    with desk.db.read() as look:
        states = {allegation.state for allegation in records.find(look, Allegation)}
    assert states <= {AllegationState.NOT_OURS}


def test_what_cannot_be_read_waits_for_a_person_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    deliver(tmp_path, {"x.pdf": b"\x00\xff\x13not a document\x00" * 50})
    take_in(desk)
    with desk.db.read() as look:
        (notice,) = records.find(look, Notice)
    assert notice.state is NoticeState.UNREADABLE
    assert notice.problem
    assert desk.blobs.has(notice.sha256)


def test_a_safety_case_is_stopped_before_anything_is_fetched_and_alarms_its_team(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    deliver(tmp_path, {"a.eml": Mail(text=SAFETY, urls=(web.listing("a1"),)).raw()})
    assert take_in(desk) == {"stopped for safety": 1}
    with desk.db.read() as look:
        (notice,), (claim,) = records.find(look, Notice), records.find(look, Claim)
        (asked,) = records.find(look, Escalation)
        assert records.find(look, Allegation) == []
    assert notice.state is NoticeState.QUARANTINED
    assert (claim.lane, claim.state) == (Lane.SAFETY, ClaimState.REROUTED)
    assert asked.team is Team.SAFETY
    assert asked.due_at is not None
    assert web.asked == []


def test_a_source_that_another_process_reads_is_left_to_it(desk: Desk, tmp_path: Path, web: Web, time: Time) -> None:
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),)).raw()})
    with desk.db.write() as tx:
        from noticedesk.store import sources

        sources.lease(tx, "inbox", "another process", time.now, 600)
    assert take_in(desk) == {}
    time.pass_(minutes=11)
    assert take_in(desk) == {"opened": 1}


def test_a_source_that_fails_says_so_and_loses_nothing(desk: Desk, tmp_path: Path) -> None:
    from noticedesk.store import sources

    (tmp_path / "inbox").rmdir()
    tally = ingest(desk, desk.sources[0])
    assert tally.errors
    with desk.db.read() as look:
        assert "inbox" in sources.checkpoint(look, "inbox").last_error
