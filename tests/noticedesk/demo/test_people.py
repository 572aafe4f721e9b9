import pytest

from noticedesk.demo.complaint import Truth
from noticedesk.demo.complaints import tellings
from noticedesk.demo.people import PEOPLE, decide_clear
from noticedesk.model.action import Action, Reason
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.person import Act
from tests.noticedesk.demo.conftest import NOW


def proposal(band: Band, action: Action | None, reason: Reason | None) -> Proposal:
    return Proposal(
        id="O-1",
        allegation="A-1",
        band=band,
        action=action,
        reason=reason,
        why=("as made",),
        regime="us_dmca_512c",
        regime_version=1,
        made_at=NOW,
    )


JUDGED = {telling.id: telling.truth for telling in tellings() if telling.truth.decision and telling.truth.band}


@pytest.mark.parametrize("truth", JUDGED.values(), ids=JUDGED)
def test_the_specialist_decides_as_the_truth_has_it(truth: Truth) -> None:
    # An effective copyright notice leaves a finding of none open; the specialist closes it.
    asks = truth.band is Band.NONE or truth.decision == "leave"
    made = proposal(truth.band, None if asks else truth.action, None if asks else truth.reason)
    expected = (truth.action, truth.reason) if truth.decision != "leave" else None
    assert decide_clear(made) == expected


def test_a_flagged_proposal_is_left_to_somebody_else() -> None:
    assert decide_clear(proposal(Band.STRONG, None, None)) is None


def test_one_may_decide_and_another_may_decide_counter_notices() -> None:
    specialist, legal = PEOPLE
    assert specialist.may(Act.DECIDE) and not specialist.may(Act.DECIDE_COUNTER_NOTICE)
    assert legal.may(Act.DECIDE_COUNTER_NOTICE)
