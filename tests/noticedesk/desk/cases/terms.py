"""The terms of a policy that decides by itself, and a case that they cover."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from noticedesk.desk import process
from noticedesk.desk.cases.automation import Terms
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.right import Right, RightKind
from tests.noticedesk.desk.factory import Mail, Web, deliver, picture
from tests.noticedesk.desk.receiver import saved

TERMS = Terms(
    service="shop",
    band=Band.STRONG,
    claimant="Maria Lind",
    sender="lind.example",
    right=RightKind.COPYRIGHT,
    action=Action.DISABLE,
    reason=Reason.COPY,
    sample=100,
)


def processed(desk: Desk, home: Path, web: Web, **mail: Any) -> Allegation:
    deliver(home, {"a.eml": Mail(urls=(web.listing("a1", seed=7),), picture=picture(7), **mail).raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)
    (allegation,) = saved(desk, Allegation)
    assert isinstance(allegation, Allegation)
    return allegation


def as_proposed(desk: Desk, home: Path, web: Web) -> tuple[Terms, Allegation]:
    """The policy that would cover what the desk proposes of the case, and the case."""
    allegation = processed(desk, home, web)
    (proposal,), (claim,), (right,) = saved(desk, Proposal), saved(desk, Claim), saved(desk, Right)
    wanted = replace(
        TERMS, band=proposal.band, action=proposal.action, reason=proposal.reason, claimant=claim.principal
    )
    return replace(wanted, right=right.kind), allegation
