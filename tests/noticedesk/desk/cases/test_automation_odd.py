"""No decision is made by a policy where anything of the case asks for a person."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.desk.cases import automation
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Verified
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.person import Role
from noticedesk.model.right import AssetKind, Right, RightKind, Work
from noticedesk.store import records
from tests.noticedesk.desk.cases.terms import TERMS
from tests.noticedesk.desk.factory import NOW, opened, person


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with opened(tmp_path_factory.mktemp("many")) as desk:
        ann, lea = person(desk, Role.SPECIALIST), person(desk, Role.LEGAL, name="Lea")
        automation.confirm(desk, lea, automation.propose(desk, ann, replace(TERMS, sample=50)).id)
        yield desk


ODD = st.fixed_dictionaries(
    {},
    optional={
        "principal": st.sampled_from(["Maria Lind Ltd", "", "MARIA LINDE"]),
        "verdict": st.sampled_from(["deficient_curable", "needs_review", ""]),
        "lane": st.sampled_from([Lane.SAFETY, Lane.COURT]),
        "flags": st.just(("fair_use_parody",)),
        "band": st.sampled_from([band for band in Band if band is not Band.STRONG]),
        "action": st.sampled_from([None, Action.REMOVE, Action.NONE]),
        "reason": st.sampled_from([Reason.DERIVATIVE, None]),
        "question": st.just("Is it the same?"),
        "proposal_flags": st.just(("new_agent",)),
        "right": st.sampled_from([kind for kind in RightKind if kind is not RightKind.COPYRIGHT]),
        "email": st.sampled_from(["maria@lind.example.evil.example", "maria@evil.example", ""]),
        "verified": st.just(Verified.NO),
        "state": st.sampled_from([AllegationState.COUNTERED, AllegationState.REPORTED, AllegationState.DISMISSED]),
        "second_sender": st.just(True),
        "decided_before": st.just(True),
    },
)


@settings(max_examples=120, derandomize=True, deadline=None)
@given(ODD)
def test_nothing_odd_is_ever_decided_without_a_person(many: Desk, odd: dict[str, Any]) -> None:
    allegation, proposal = _case(many, **odd)
    with many.db.write() as tx:
        made = automation.decide(many, tx, allegation, proposal)
        before = 1 if odd.get("decided_before") else 0
        assert records.count(tx, Decision, allegation=allegation.id) == before + (made is not None)
    assert (made is None) is bool(odd), odd


def _case(desk: Desk, **odd: Any) -> tuple[Allegation, Proposal]:
    claim = Claim(
        id=new_id("C"),
        service="shop",
        regime="us_dmca_512c",
        regime_version=1,
        received_at=NOW,
        principal=odd.get("principal", "maria lind "),
        verdict=odd.get("verdict", "effective"),
        lane=odd.get("lane", Lane.NORMAL),
        flags=odd.get("flags", ()),
    )
    item = new_id("i").lower()
    listing = Listing(id=new_id("L"), service="shop", item=item, url=f"https://shop.example/item/{item}")
    work = Work(id=new_id("W"), claim=claim.id, kind=AssetKind.PHOTO, title="Sunset")
    right = Right(id=new_id("R"), kind=odd.get("right", RightKind.COPYRIGHT), holder=claim.principal)
    senders = [odd.get("email", "Maria@Lind.example"), *(["eve@evil.example"] if "second_sender" in odd else [])]
    parties = [
        Party(
            id=new_id("Y"),
            claim=claim.id,
            role=PartyRole.SENDER,
            email=email,
            verified=odd.get("verified", Verified.DKIM),
        )
        for email in senders
    ]
    allegation = Allegation(
        id=new_id("A"),
        claim=claim.id,
        work=work.id,
        listing=listing.id,
        right=right.id,
        url=listing.url,
        state=odd.get("state", AllegationState.IN_REVIEW),
    )
    proposal = Proposal(
        id=new_id("O"),
        allegation=allegation.id,
        band=odd.get("band", Band.STRONG),
        action=odd.get("action", Action.DISABLE),
        reason=odd.get("reason", Reason.COPY),
        question=odd.get("question", ""),
        flags=odd.get("proposal_flags", ()),
        why=("it is the same picture",),
        regime=claim.regime,
        regime_version=1,
        made_at=NOW,
    )
    earlier = Decision(
        id=new_id("D"),
        allegation=allegation.id,
        action=Action.NONE,
        reason=Reason.NOT_SAME,
        decided_by="somebody",
        decided_at=NOW,
    )
    with desk.db.write() as tx:
        records.add(tx, [claim, listing, work, right, *parties, allegation, proposal])
        records.add(tx, [earlier] if "decided_before" in odd else [])
    return allegation, proposal
