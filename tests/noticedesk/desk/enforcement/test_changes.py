"""Changes at the platform: what an edit, a deletion, a closed account means for each allegation."""

from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.desk import process
from noticedesk.desk.act import lookup
from noticedesk.desk.cases.waiting import latest_proposal
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement.platform import PLATFORM
from noticedesk.desk.ingest import ingest
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.event import Event
from noticedesk.model.evidence import Evidence, EvidenceRole
from noticedesk.model.listing import Listing, Restriction
from noticedesk.store import AttachedFinding, moves, records
from tests.noticedesk.desk.factory import Mail, Time, Web, deliver, picture
from tests.noticedesk.desk.receiver import Receiver, alleged, approved, listing, saved, state, tell

S = AllegationState


@pytest.fixture
def reviewed(connected: Desk, tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Allegation:
    """An allegation in review, with evidence, findings and a proposal: the listing shows the very picture."""
    seller = lookup.Account(account="acct-1", contact="pat@seller.example")
    monkeypatch.setattr(lookup, "account", lambda desk, item: seller)
    url = web.listing("a1", seed=7)
    deliver(tmp_path, {"a.eml": Mail(urls=(url,), picture=picture(7)).raw()})
    ingest(connected, connected.sources[0])
    process.run_all(connected)
    (allegation,) = saved(connected, Allegation)
    assert allegation.state is S.IN_REVIEW
    return allegation


def proposed(desk: Desk, allegation: Allegation) -> Proposal:
    with desk.db.read() as look:
        found = latest_proposal(look, allegation.id)
    assert found
    return found


def edited(desk: Desk) -> str:
    return tell(desk, "listing.edited", service="shop", item="a1")


def deleted(desk: Desk, item: str = "a1") -> str:
    return tell(desk, "listing.deleted", service="shop", item=item, by="seller")


def test_a_listing_edited_under_review_is_looked_at_again_beside_the_evidence_there_is(
    connected: Desk, reviewed: Allegation, web: Web, time: Time
) -> None:
    assert proposed(connected, reviewed).band is Band.STRONG
    before = len(saved(connected, Evidence, role=EvidenceRole.MEDIA))
    web.listing("a1", title="Coffee mug", seed=99)
    time.pass_(hours=1)
    assert edited(connected) == "1 looked at again"
    assert state(connected, reviewed) is S.REPORTED
    time.pass_(hours=1)
    process.run_all(connected)
    assert state(connected, reviewed) is S.IN_REVIEW
    assert len(saved(connected, Evidence, role=EvidenceRole.MEDIA)) > before
    assert len(saved(connected, Proposal)) == 2
    assert proposed(connected, reviewed).band is not Band.STRONG, "what it shows now is another picture"
    assert {one.made_at for one in saved(connected, AttachedFinding)} != {connected.now()}, "the old ones stay on file"


def test_edits_without_end_do_not_keep_a_listing_from_being_decided(
    connected: Desk, reviewed: Allegation, time: Time
) -> None:
    told = []
    for _ in range(connected.policy.regathers + 2):
        time.pass_(hours=1)
        told.append(edited(connected))
        process.run_all(connected)
    assert told == ["1 looked at again"] * 3 + ["1 noted: looked at often enough"] * 2
    assert state(connected, reviewed) is S.IN_REVIEW


def test_a_listing_deleted_under_review_is_gone_and_a_person_says_so(
    connected: Desk, reviewed: Allegation, time: Time
) -> None:
    time.pass_(hours=1)
    assert deleted(connected) == "1 gone"
    assert state(connected, reviewed) is S.GONE
    process.run_all(connected)
    assert state(connected, reviewed) is S.IN_REVIEW
    proposal = proposed(connected, reviewed)
    assert (proposal.action, proposal.reason) == (Action.NONE, Reason.GONE)
    (noted,) = saved(connected, Event, act="listing.deleted")
    assert (noted.subject, noted.details["by"], noted.details["outcome"]) == (reviewed.id, "seller", "gone")


@pytest.mark.parametrize("at", [S.REPORTED, S.UNREACHABLE, S.GATHERED, S.COMPARED, S.AWAITING_SELLER, S.ACTION_FAILED])
def test_whatever_is_not_decided_is_gone_with_its_listing(connected: Desk, at: AllegationState) -> None:
    about = listing(connected)
    allegation = alleged(connected, about, at)
    assert deleted(connected, about.item) == "1 gone"
    assert state(connected, allegation) is S.GONE


@pytest.mark.parametrize("at", [S.ACTIONED, S.COUNTERED, S.KEPT_DOWN])
def test_what_is_down_when_its_listing_is_deleted_stays_on_record_and_legal_is_told_once(
    connected: Desk, at: AllegationState
) -> None:
    about = listing(connected)
    allegation = alleged(connected, about, at)
    measure = Restriction(
        id="T-1", listing=about.id, allegation=allegation.id, action=Action.DISABLE, ground="x", since=connected.now()
    )
    with connected.db.write() as tx:
        records.add(tx, measure)
    assert deleted(connected, about.item) == deleted(connected, about.item) == "1 cannot be put back"
    assert state(connected, allegation) is at
    assert saved(connected, Restriction, lifted_at=None) == [measure]
    (asked,) = saved(connected, Escalation)
    assert (asked.team, asked.about, asked.asked_by) == (Team.LEGAL, allegation.id, PLATFORM.name)
    assert "cannot be put back" in asked.question


@pytest.mark.parametrize("at", [S.APPROVED, S.DISPATCHING, S.DISMISSED, S.RESTORED])
def test_the_rest_is_noted(connected: Desk, at: AllegationState) -> None:
    about = listing(connected)
    allegation = alleged(connected, about, at)
    assert deleted(connected, about.item) == "1 noted"
    assert tell(connected, "listing.edited", service="shop", item=about.item) == "1 noted"
    assert state(connected, allegation) is at
    assert [one.act for one in saved(connected, Event, subject=allegation.id)] == ["listing.deleted", "listing.edited"]


def test_an_edited_listing_that_is_down_stays_down(connected: Desk, receiver: Receiver) -> None:
    from noticedesk.desk.dispatch import dispatch

    (allegation,) = approved(connected)
    dispatch(connected)
    about = saved(connected, Listing)[0]
    assert tell(connected, "listing.edited", service="shop", item=about.item) == "1 noted"
    assert state(connected, allegation) is S.ACTIONED


def test_a_closed_account_is_noted_on_its_open_cases_and_legal_is_told_of_an_open_counter_notice(
    connected: Desk,
) -> None:
    one, two, other = listing(connected, "acct-1"), listing(connected, "acct-1"), listing(connected, "acct-2")
    countered = alleged(connected, one, S.COUNTERED)
    open_, over = alleged(connected, two, S.IN_REVIEW), alleged(connected, two, S.DISMISSED)
    elsewhere = alleged(connected, other, S.IN_REVIEW)
    told = tell(connected, "account.closed", service="shop", account="acct-1", by="platform")
    assert told == "1 noted, 1 told to legal"
    noted = {event.subject for event in saved(connected, Event, act="account.closed")}
    assert noted == {countered.id, open_.id}
    assert {over.id, elsewhere.id}.isdisjoint(noted)
    (asked,) = saved(connected, Escalation)
    assert (asked.team, asked.about) == (Team.LEGAL, countered.id)
    assert all(state(connected, item) is item.state for item in (countered, open_, over, elsewhere))


@pytest.mark.parametrize(
    ("type_", "data"),
    [("listing.edited", {"item": "zz"}), ("listing.deleted", {"item": "zz"}), ("account.closed", {"account": "zz"})],
)
def test_what_no_case_is_about_changes_nothing_and_leaves_no_trace(
    connected: Desk, type_: str, data: dict[str, str]
) -> None:
    assert tell(connected, type_, service="shop", **data) == "no case is about it: nothing to do"
    assert saved(connected, Event) == []


def test_the_same_delivery_of_a_change_has_one_effect(connected: Desk) -> None:
    about = listing(connected)
    allegation = alleged(connected, about, S.IN_REVIEW)
    data = {"service": "shop", "item": about.item}
    assert tell(connected, "listing.edited", "msg-9", **data) == "1 looked at again"
    with connected.db.write() as tx:
        now = records.get(tx, Allegation, allegation.id)
        moves.move(tx, replace(now), S.IN_REVIEW, PLATFORM)
    assert tell(connected, "listing.edited", "msg-9", **data) == "taken before: 1 looked at again"
    assert state(connected, allegation) is S.IN_REVIEW
