"""Process: from a received claim to a proposal before a person; a failure stays with its claim."""

from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk.desk import process
from noticedesk.desk.cases import waiting
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.tally import Tally
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock, ClockKind
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.evidence import Evidence, EvidenceRole
from noticedesk.model.letter import Letter
from noticedesk.store import AttachedFinding, queue, records
from tests.noticedesk.desk.factory import LETTER, Mail, Time, Web, deliver, opened, picture


def run(desk: Desk, home: Path, *mails: Mail) -> Tally:
    deliver(home, {f"{place}.eml": mail.raw() for place, mail in enumerate(mails)})
    ingest(desk, desk.sources[0])
    return process.run_all(desk)


def the(desk: Desk, kind: type) -> list:  # type: ignore[type-arg]
    with desk.db.read() as look:
        return records.find(look, kind)


def test_a_copied_picture_is_proposed_for_disabling_with_its_evidence(desk: Desk, tmp_path: Path, web: Web) -> None:
    run(desk, tmp_path, Mail(urls=(web.listing("a1", seed=7),), picture=picture(7)))
    (allegation,), (proposal,), (finding,) = the(desk, Allegation), the(desk, Proposal), the(desk, AttachedFinding)
    assert allegation.state is AllegationState.IN_REVIEW
    assert (proposal.band, proposal.action, proposal.reason) == (Band.STRONG, Action.DISABLE, Reason.COPY)
    assert finding.score == 1.0
    assert proposal.thresholds[0].origin
    kept = {item.role: item for item in the(desk, Evidence)}
    assert {EvidenceRole.PAGE, EvidenceRole.MEDIA, EvidenceRole.REFERENCE} <= set(kept)
    assert desk.blobs.get(kept[EvidenceRole.MEDIA].sha256) == picture(7)
    assert finding.evidence == kept[EvidenceRole.MEDIA].id


def test_another_picture_is_a_question_where_the_law_itself_asks_for_removal(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    run(desk, tmp_path, Mail(urls=(web.listing("a1", seed=7),), picture=picture(8)))
    (proposal,) = the(desk, Proposal)
    assert (proposal.band, proposal.action) == (Band.NONE, None)
    assert "identify this material" in proposal.question


def test_without_a_reference_picture_nothing_is_called_no_match(desk: Desk, tmp_path: Path, web: Web) -> None:
    run(desk, tmp_path, Mail(urls=(web.listing("a1"),)))
    assert [proposal.band for proposal in the(desk, Proposal)] == [Band.NO_REFERENCE]


def test_an_accepted_claim_has_its_clocks_by_the_law_in_force(desk: Desk, tmp_path: Path, web: Web) -> None:
    run(desk, tmp_path, Mail(urls=(web.listing("a1"),)))
    clocks = {clock.rule: clock for clock in the(desk, Clock)}
    assert clocks["remove_or_disable"].kind is ClockKind.OPEN_STANDARD
    assert clocks["remove_or_disable"].regime == "us_dmca_512c"


def test_an_accepted_claim_waits_by_its_time_to_act_also_where_the_law_names_no_number(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    run(desk, tmp_path, Mail(urls=(web.listing("a1"),)))
    act = next(clock for clock in the(desk, Clock) if clock.rule == "remove_or_disable")
    (claim,) = the(desk, Claim)
    assert claim.due_at == act.due
    with desk.db.read() as look:
        assert [row.due_at for row in waiting.page(look).items] == [act.due]


def test_a_notice_without_a_statement_is_asked_for_it_and_nothing_is_fetched(
    desk: Desk, tmp_path: Path, web: Web
) -> None:
    start, _, rest = LETTER.partition("I have a good faith belief")
    text = start + rest.partition("or the law. ")[2]
    run(desk, tmp_path, Mail(text=text, urls=(web.listing("a1"),)))
    (claim,) = the(desk, Claim)
    assert (claim.state, claim.verdict) == (ClaimState.NEEDS_CURE, "deficient_curable")
    asked = next(letter for letter in the(desk, Letter) if letter.template == "any/cure_request")
    assert b"good faith belief" in desk.blobs.get(asked.sha256)
    assert web.asked == []


def test_a_listing_that_is_gone_is_proposed_as_gone(desk: Desk, tmp_path: Path) -> None:
    run(desk, tmp_path, Mail(urls=("https://shop.example/item/gone",)))
    (proposal,) = the(desk, Proposal)
    assert (proposal.action, proposal.reason) == (Action.NONE, Reason.GONE)


def test_an_unreachable_listing_is_tried_again_later(desk: Desk, tmp_path: Path, web: Web, time: Time) -> None:
    from noticedesk import http

    url = web.listing("a1")

    def down(asked: str) -> http.Page:
        raise http.Unreachable(asked, "the server answered 503", again=True)

    run(replace(desk, fetch_page=down), tmp_path, Mail(urls=(url,)))
    (allegation,) = the(desk, Allegation)
    assert allegation.state is AllegationState.UNREACHABLE
    assert process.run_all(desk).taken == 0
    time.pass_(minutes=30)
    process.run_all(desk)
    (allegation,) = the(desk, Allegation)
    assert allegation.state is AllegationState.IN_REVIEW


def test_one_claim_that_fails_never_fails_its_neighbours(tmp_path: Path, time: Time) -> None:
    web = Web()
    good, bad = web.listing("good"), web.listing("bad")
    with opened(tmp_path, web, time) as desk:

        def broken(body: bytes):  # type: ignore[no-untyped-def]
            if body == picture(2):
                raise RuntimeError("a defect in the matcher")
            return desk.describe(body)

        web.listing("bad", seed=2)
        one = Mail(urls=(good,), picture=picture(1))
        other = Mail(urls=(bad,), picture=picture(1), sender="jo@berg.example", message_id="<2@berg.example>")
        tally = run(
            replace(desk, describe=broken), tmp_path, one, replace(other, text=LETTER.replace("Maria Lind", "Jo"))
        )
        states = {item.url: item.state for item in the(desk, Allegation)}
        assert states[good] is AllegationState.IN_REVIEW
        assert states[bad] is AllegationState.GATHERED
        assert tally.errors.total() == 1
        assert "a defect in the matcher" in tally.errors.most_common()[0][0]


def test_what_fails_again_and_again_is_stuck_and_shown_with_its_error(tmp_path: Path, time: Time) -> None:
    web = Web()
    url = web.listing("a1")
    with opened(tmp_path, web, time, attempts=2) as desk:

        def broken(body: bytes):  # type: ignore[no-untyped-def]
            raise RuntimeError("always")

        faulty = replace(desk, describe=broken)
        run(faulty, tmp_path, Mail(urls=(url,), picture=picture(1)))
        time.pass_(hours=12)
        process.run_all(faulty)
        with desk.db.read() as look:
            ((_, error),) = queue.stuck(look, Allegation)
        assert "always" in error


@pytest.mark.parametrize("name", process.STAGES)
def test_a_stage_with_nothing_due_does_nothing(desk: Desk, name: str) -> None:
    assert process.run(desk, name).taken == 0
