"""A cure by mail: the sender of the notice completes it; whoever else has token, reference or thread does not."""

from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.desk import answer, process
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.letter import Letter
from noticedesk.model.notice import Notice, NoticeKind, NoticeState
from noticedesk.store import records
from tests.noticedesk.desk.factory import LETTER, Mail, Web, deliver

SHORT = "My photograph is copied at {urls}. Please remove it. Maria Lind, 5 Harbour Road, Portland, maria@lind.example"


@pytest.fixture
def cure(desk: Desk, tmp_path: Path, web: Web) -> Mail:
    """The answer that completes the claim: in the thread of our letter, with its reference in the subject."""
    url = web.listing("a1", seed=7)
    run(desk, tmp_path, Mail(text=SHORT, urls=(url,)))
    (claim,) = the(desk, Claim)
    assert claim.state is ClaimState.NEEDS_CURE
    (letter,) = [one for one in the(desk, Letter) if one.template == "any/cure_request"]
    whole = Mail(text=LETTER, urls=(url,), subject=f"Re: {letter.subject}", message_id="<cure@lind.example>")
    return replace(whole, answers=letter.message_id)


def run(desk: Desk, home: Path, mail: Mail) -> None:
    deliver(home, {f"{mail.message_id.strip('<>')}.eml": mail.raw()})
    ingest(desk, desk.sources[0])
    answer.answer(desk)
    for _ in range(2):
        process.run_all(desk)


def the(desk: Desk, noun: type, /, **equals: object):  # type: ignore[no-untyped-def, type-arg]
    with desk.db.read() as look:
        return records.find(look, noun, **equals)


def test_its_own_sender_completes_it(desk: Desk, tmp_path: Path, cure: Mail) -> None:
    run(desk, tmp_path, cure)
    (claim,) = the(desk, Claim)
    assert claim.state is ClaimState.ACCEPTED


@pytest.mark.parametrize(
    "changes",
    [{"sender": "eve@evil.example"}, {"sender": "maria@evil.lind.example.evil.example"}, {"signed": False}],
    ids=["another sender", "a sender who looks alike", "the sender's name without a signature"],
)
def test_from_anybody_else_it_changes_nothing(
    desk: Desk, tmp_path: Path, cure: Mail, changes: dict[str, object]
) -> None:
    before = the(desk, Claim), the(desk, Allegation)
    run(desk, tmp_path, replace(cure, **changes))  # type: ignore[arg-type]
    assert (the(desk, Claim), the(desk, Allegation)) == before
    (notice,) = the(desk, Notice, kind=NoticeKind.CURE_REPLY)
    assert notice.state is NoticeState.QUARANTINED and notice.claim is None
    assert {one.state for one in the(desk, Allegation)} == {AllegationState.REPORTED}
