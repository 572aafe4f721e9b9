"""Trusted flaggers: lane and clock come from a verified sender inside its area; a From header alone gives nothing."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.registry import flaggers
from noticedesk.desk.registry.flaggers import EVENT, flagger_of
from noticedesk.desk.stages import checking
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.notice import Notice, Verified
from noticedesk.model.right import RightKind
from noticedesk.settings import SettingError
from noticedesk.store import records
from tests.noticedesk.desk.factory import CONFIG, NOW, Mail, Web, deliver

ENTRY: dict[str, object] = {
    "id": "flagger",
    "name": "Flagger e.V.",
    "coordinator": "Coordinator",
    "areas": ["copyright"],
    "since": date(2026, 1, 1),
    "until": date(2026, 12, 31),
    "senders": ["@flagger.example", "maria@lind.example"],
}

NOTICE = Notice(
    id="N-1",
    service="shop",
    channel="inbox",
    delivery="1",
    sha256="0" * 64,
    received_at=NOW,
    ingested_at=NOW,
    sender="desk@flagger.example",
    verified=Verified.DKIM,
)


@pytest.fixture
def trusting(desk: Desk, tmp_path: Path) -> Desk:
    """A desk that trusts the flagger."""
    return _with(desk, tmp_path, [ENTRY])


def _with(desk: Desk, tmp_path: Path, entries: list[dict[str, object]]) -> Desk:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder)
    (folder / "trusted_flaggers.yaml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    return replace(desk, settings=replace(desk.settings, config=folder))


def test_a_verified_sender_inside_its_area_is_the_flagger(trusting: Desk) -> None:
    found = flagger_of(trusting, NOTICE, RightKind.COPYRIGHT)
    assert found is not None and found.id == "flagger"


@pytest.mark.parametrize(
    ("notice", "right"),
    [
        (replace(NOTICE, verified=Verified.NO), RightKind.COPYRIGHT),
        (NOTICE, RightKind.TRADEMARK),
        (NOTICE, None),
        (replace(NOTICE, received_at=NOW.replace(year=2027)), RightKind.COPYRIGHT),
        (replace(NOTICE, received_at=NOW.replace(year=2025)), RightKind.COPYRIGHT),
        (replace(NOTICE, sender="desk@notflagger.example"), RightKind.COPYRIGHT),
        (replace(NOTICE, sender="desk@sub.flagger.example"), RightKind.COPYRIGHT),
    ],
    ids=[
        "only a From header",
        "another area",
        "no right",
        "after its status",
        "before it",
        "another domain",
        "below it",
    ],
)
def test_anybody_else_is_an_ordinary_notifier(trusting: Desk, notice: Notice, right: RightKind | None) -> None:
    assert flagger_of(trusting, notice, right) is None


@pytest.mark.parametrize(("signed", "lane"), [(True, Lane.TRUSTED_FLAGGER), (False, Lane.NORMAL)])
def test_its_claims_come_first_and_are_accepted_by_nothing_but_their_check(
    trusting: Desk, tmp_path: Path, web: Web, signed: bool, lane: Lane
) -> None:
    deliver(tmp_path, {"a.eml": Mail(urls=(web.listing("a1"),), signed=signed).raw()})
    ingest(trusting, trusting.sources[0])
    with trusting.db.read() as look:
        (claim,) = records.find(look, Claim)
        (notice,) = records.find(look, Notice)
        judged = checking.Judged(
            checking.work(trusting, *checking.load(trusting, look, [claim.id])).found, notice, notice
        )
        events = checking._effective(look, claim, judged)
    assert (claim.lane, claim.state) == (lane, ClaimState.RECEIVED)
    assert (EVENT in events) is signed


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([{**ENTRY, "senders": ["flagger.example"]}], "no address"),
        ([ENTRY, ENTRY], "stands twice"),
        ([{**ENTRY, "areas": ["hate_speech"]}], "areas"),
        ([{**ENTRY, "sender": "x"}], "senders"),
    ],
)
def test_an_entry_that_is_not_right_is_refused(
    desk: Desk, tmp_path: Path, entries: list[dict[str, object]], says: str
) -> None:
    with pytest.raises(SettingError, match=says):
        flagger_of(_with(desk, tmp_path, entries), NOTICE, RightKind.COPYRIGHT)


def test_nobody_is_trusted_as_shipped(desk: Desk) -> None:
    assert flaggers._read(CONFIG / "trusted_flaggers.yaml") == ()
