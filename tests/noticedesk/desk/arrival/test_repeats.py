"""Repeats: they join the open claim of their verified sender, take nothing away from it, and restart nothing."""

from pathlib import Path

from noticedesk.desk import process
from noticedesk.desk.arrival.repeats import same_work
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock
from noticedesk.model.letter import Letter
from noticedesk.model.notice import Notice
from noticedesk.model.right import AssetKind, Work
from noticedesk.model.verdict import ClaimedWork
from noticedesk.store import records
from tests.noticedesk.desk.factory import LETTER, Mail, Time, Web, deliver

UNSIGNED = LETTER.replace("I have a good faith belief that use", "I write because use")


def take_in(desk: Desk, home: Path, name: str, mail: Mail) -> dict[str, int]:
    """One mail, received now."""
    deliver(home, {f"{name}.eml": mail.raw(desk.now())})
    return dict(ingest(desk, desk.sources[0]).counts)


def again(url: str, text: str = LETTER, sender: str = "maria@lind.example", *, signed: bool = True) -> Mail:
    return Mail(text=text, urls=(url,), sender=sender, signed=signed, message_id="<notice-2@lind.example>")


def found(desk: Desk, noun: type, /, **equals: object) -> list:  # type: ignore[type-arg]
    with desk.db.read() as look:
        return records.find(look, noun, **equals)


def test_each_notice_of_a_joined_claim_has_its_own_receipt(desk: Desk, tmp_path: Path, web: Web) -> None:
    url = web.listing("a1")
    take_in(desk, tmp_path, "a", Mail(urls=(url,)))
    assert take_in(desk, tmp_path, "b", again(url)) == {"joined": 1}
    assert len(found(desk, Letter, template="any/receipt")) == len(found(desk, Notice)) == 2


def test_a_repeat_restarts_no_clock(desk: Desk, tmp_path: Path, web: Web, time: Time) -> None:
    url = web.listing("a1")
    take_in(desk, tmp_path, "a", Mail(urls=(url,)))
    process.run_all(desk)
    before = {one.id: (one.start, one.due) for one in found(desk, Clock)}
    time.pass_(days=3)
    assert take_in(desk, tmp_path, "b", again(url)) == {"joined": 1}
    (claim,) = found(desk, Claim)
    assert claim.state is ClaimState.IN_CHECK
    process.run_all(desk)
    assert {one.id: (one.start, one.due) for one in found(desk, Clock)} == before
    assert found(desk, Claim)[0].state is ClaimState.ACCEPTED


def test_the_clock_runs_from_the_first_effective_notice_though_both_are_checked_at_once(
    desk: Desk, tmp_path: Path, web: Web, time: Time
) -> None:
    url, first = web.listing("a1"), time.now
    take_in(desk, tmp_path, "a", Mail(urls=(url,)))
    time.pass_(days=1)
    take_in(desk, tmp_path, "b", again(url))
    process.run_all(desk)
    assert {one.start for one in found(desk, Clock, start_event="notice_received")} == {first}


def test_a_repeat_that_lacks_something_takes_nothing_from_what_was_accepted(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    url = web.listing("a1")
    take_in(desk, tmp_path, "a", Mail(urls=(url,)))
    process.run_all(desk)
    assert take_in(desk, tmp_path, "b", again(url, UNSIGNED)) == {"joined": 1}
    process.run_all(desk)
    (claim,) = found(desk, Claim)
    assert (claim.state, claim.verdict) == (ClaimState.ACCEPTED, "effective")


def test_of_two_notices_checked_at_once_the_effective_one_counts(desk: Desk, tmp_path: Path, web: Web) -> None:
    url = web.listing("a1")
    take_in(desk, tmp_path, "a", Mail(urls=(url,)))
    take_in(desk, tmp_path, "b", again(url, UNSIGNED))
    process.run_all(desk)
    assert found(desk, Claim)[0].state is ClaimState.ACCEPTED


def test_who_is_not_verified_cannot_join_a_claim_in_anothers_name(desk: Desk, tmp_path: Path, web: Web) -> None:
    url = web.listing("a1")
    take_in(desk, tmp_path, "a", Mail(urls=(url,)))
    process.run_all(desk)
    assert take_in(desk, tmp_path, "b", again(url, signed=False)) == {"opened, linked to an open one": 1}
    first, second = found(desk, Claim)
    assert (first.state, second.linked) == (ClaimState.ACCEPTED, first.id)


def test_another_sender_in_the_principals_name_opens_a_linked_claim(desk: Desk, tmp_path: Path, web: Web) -> None:
    url = web.listing("a1")
    text = "Copyright owner: Lind Photo AB\n" + LETTER
    take_in(desk, tmp_path, "a", Mail(text=text, urls=(url,)))
    assert take_in(desk, tmp_path, "b", again(url, text, sender="desk@agency.example")) == {
        "opened, linked to an open one": 1
    }


def test_another_work_on_the_same_listing_is_no_repeat(desk: Desk, tmp_path: Path, web: Web) -> None:
    url = web.listing("a1")
    take_in(desk, tmp_path, "a", Mail(urls=(url,)))
    other = LETTER.replace("Sunset over the bay", "Lighthouse at night")
    assert take_in(desk, tmp_path, "b", again(url, other)) == {"opened": 1}
    assert len(found(desk, Allegation)) == 2


def test_about_a_closed_claim_a_linked_one_is_opened(desk: Desk, tmp_path: Path, web: Web) -> None:
    url = web.listing("a1")
    take_in(desk, tmp_path, "a", Mail(urls=(url,)))
    (claim,) = found(desk, Claim)
    with desk.db.write() as tx:
        from noticedesk.desk.actors import PROCESS
        from noticedesk.store import moves

        moves.move(tx, claim, ClaimState.CLOSED, PROCESS)
    assert take_in(desk, tmp_path, "b", again(url)) == {"opened, linked to a closed one": 1}


def test_two_works_are_one_by_number_title_or_address() -> None:
    ours = Work(id="W-1", claim="C-1", kind=AssetKind.PHOTO, title="Sunset over the Bay", registration="VA 1-234")
    assert same_work(ours, ClaimedWork(id="1", title="SUNSET over the bay."))
    assert same_work(ours, ClaimedWork(id="1", title="Another", registration="VA1234"))
    assert not same_work(ours, ClaimedWork(id="1", title="Sunset over the bay", registration="VA 9-999"))
    assert not same_work(ours, ClaimedWork(id="1", title="Lighthouse"))
    assert same_work(ours, ClaimedWork(id="1"))
