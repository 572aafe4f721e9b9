"""A stage: what outlasts its lease is left to who took it over, and is no failure."""

from dataclasses import replace
from pathlib import Path

from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.stages import checking, stage
from noticedesk.desk.stages.checking import File, Judged
from noticedesk.desk.tally import Tally
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.store import queue, records
from tests.noticedesk.desk.factory import Mail, Time, Web, deliver


def test_what_outlasts_its_lease_is_left_to_who_took_it_over(desk: Desk, tmp_path: Path, web: Web, time: Time) -> None:
    deliver(tmp_path, {"1.eml": Mail(urls=(web.listing("a1"),)).raw()})
    ingest(desk, desk.sources[0])
    meanwhile: list[Tally] = []

    def slow(desk: Desk, file: File) -> Judged:
        time.pass_(seconds=stage.LEASE_SECONDS + 1)
        meanwhile.append(stage.run(desk, checking.STAGE))
        return checking.work(desk, file)

    late = stage.run(desk, replace(checking.STAGE, work=slow))
    assert (late.errors, dict(late.counts)) == ({}, {"left to another": 1})
    assert [dict(tally.counts) for tally in meanwhile] == [{"accepted": 1}]
    with desk.db.read() as look:
        (claim,) = records.find(look, Claim)
        assert (claim.state, queue.stuck(look, Claim)) == (ClaimState.ACCEPTED, [])


def test_what_outlasts_its_lease_and_was_taken_by_nobody_is_saved(
    desk: Desk, tmp_path: Path, web: Web, time: Time
) -> None:
    deliver(tmp_path, {"1.eml": Mail(urls=(web.listing("a1"),)).raw()})
    ingest(desk, desk.sources[0])

    def slow(desk: Desk, file: File) -> Judged:
        time.pass_(seconds=stage.LEASE_SECONDS + 1)
        return checking.work(desk, file)

    assert dict(stage.run(desk, replace(checking.STAGE, work=slow)).counts) == {"accepted": 1}
