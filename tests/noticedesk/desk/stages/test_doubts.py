"""Doubts: each flag follows from its circumstances and from nothing else, and a flag by itself moves nothing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk.desk import process
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation.routes import routes
from noticedesk.desk.ingest import ingest
from noticedesk.desk.misuse.conduct import Conduct
from noticedesk.desk.stages.doubts import FLAGS, Circumstances, flags
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.decision import Decision, Proposal
from noticedesk.model.party import Mandate, Party
from noticedesk.model.right import Right, RightKind
from noticedesk.model.transitions import HUMAN, after
from noticedesk.settings import conform, read
from noticedesk.store import records
from noticedesk.store.conduct import Record
from tests.noticedesk.desk.factory import CONFIG, NOW, Mail, Web, deliver, opened, picture

RULES = replace(read(CONFIG / "conduct.yaml", Conduct), sanctioned=("Listed Trading LLC",))
CASES = yaml.safe_load((Path(__file__).parents[3] / "cases" / "doubts.yaml").read_text(encoding="utf-8"))


def around(case: dict[str, Any]) -> Circumstances:
    """The circumstances that a case describes."""
    record = dict(case.get("record", {}))
    if "first" in record:
        record["first"] = NOW.replace(**{part: getattr(record["first"], part) for part in ("year", "month", "day")})
    return Circumstances(
        now=NOW,
        principal="lind photo",
        sender=case["sender"],
        right=RightKind.COPYRIGHT,
        agent=case.get("agent", ""),
        agents=tuple(case.get("agents", ())),
        mandates=several(Mandate, case.get("mandates", ()), principal="lind photo"),
        rights=several(Right, case.get("rights", ()), kind="copyright", holder="lind photo"),
        addresses=tuple(case.get("addresses", ())),
        known=tuple(case.get("known", ())),
        record=Record(**record),
        claimants=several(Party, case.get("claimants", ()), claim="C-1", role="principal"),
        sellers=several(Party, case.get("sellers", ()), claim="C-1", role="seller"),
        lands=tuple(case.get("lands", ())),
        suspended=case.get("suspended", False),
        put_back=case.get("put_back", False),
        verified=case.get("verified", True),
    )


def several(noun: Any, given: Any, **more: str) -> Any:
    return tuple(conform({"id": f"X-{place}", **more, **one}, noun, "case") for place, one in enumerate(given))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_flag_follows_from_its_circumstances(case: dict[str, Any]) -> None:
    assert list(flags(around(case), RULES)) == case.get("flags", [])


def test_every_flag_is_raised_by_a_case() -> None:
    assert {flag for case in CASES for flag in case.get("flags", ())} == {id for id, _ in FLAGS}


def test_every_flag_has_a_route_or_is_only_shown(desk: Desk) -> None:
    known = routes(desk)
    assert {id for id, _ in FLAGS} <= {*known.flags, *known.shown}


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.sets(st.sampled_from([id for id, _ in FLAGS]), max_size=4))
def test_no_flag_changes_a_state_by_itself(tmp_path_factory: pytest.TempPathFactory, raised: set[str]) -> None:
    """Whatever is flagged, a claim goes the way that it goes without: to a person, and nothing is decided."""
    web, home = Web(), tmp_path_factory.mktemp("desk")
    with opened(home, web) as desk, pytest.MonkeyPatch.context() as patch:
        patch.setattr("noticedesk.desk.stages.doubts.FLAGS", [(id, lambda *_, id=id: id in raised) for id, _ in FLAGS])
        deliver(home, {"a.eml": Mail(urls=(web.listing("a1", seed=7),), picture=picture(7)).raw()})
        ingest(desk, desk.sources[0])
        process.run_all(desk)
        with desk.db.read() as look:
            (claim,), (allegation,) = records.find(look, Claim), records.find(look, Allegation)
            (proposal,), decisions = records.find(look, Proposal), records.find(look, Decision)
        shown = routes(desk).shown
    assert (claim.state, allegation.state, decisions) == (ClaimState.ACCEPTED, AllegationState.IN_REVIEW, [])
    assert set(proposal.flags) == raised <= {*claim.flags, *allegation.flags}
    assert (proposal.action is None) == bool(raised - set(shown))
    assert all((allegation.state, to) in HUMAN for to in after(allegation.state) & {AllegationState.DISMISSED})
