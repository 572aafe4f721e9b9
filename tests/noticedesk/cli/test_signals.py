"""`noticedesk signals`: what new listings are compared with; what was held back is released by a person."""

from contextlib import closing
from pathlib import Path

import pytest

from noticedesk import store
from noticedesk.model.allegation import Allegation
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.signal import Sighting, SightingOutcome, Signal, SignalState
from noticedesk.store import records
from tests.noticedesk.cli.test_cli import call, home, rows, token  # noqa: F401  (home is a fixture)
from tests.noticedesk.desk.factory import NOW


@pytest.fixture
def signals(home: Path) -> list[Signal]:  # noqa: F811
    """One signal that works, and one that is held back, with what it saw."""
    with closing(store.open(f"sqlite:///{home / 'claims.db'}")) as db, db.write() as tx:
        (about,), (listing,) = records.find(tx, Allegation), records.find(tx, Listing)
        made = [
            Signal(id=new_id("G"), sha256="a" * 64, allegation=about.id, asked=10, hits=1, since=NOW),
            Signal(
                id=new_id("G"),
                sha256="b" * 64,
                allegation=about.id,
                state=SignalState.QUARANTINED,
                asked=100,
                hits=90,
                since=NOW,
                quarantined_at=NOW,
            ),
        ]
        records.add(tx, made)
        seen = Sighting(
            id=new_id("J"),
            signal=made[1].id,
            listing=listing.id,
            sha256="c" * 64,
            score=1.0,
            outcome=SightingOutcome.QUARANTINED,
            seen_at=NOW,
        )
        records.add(tx, seen)
    return made


def test_signals_are_listed_with_what_they_saw_and_those_held_back_alone(signals: list[Signal]) -> None:
    every = {row["id"]: row for row in rows("signals")}
    assert set(every) == {one.id for one in signals}
    (held,) = rows("signals", "--quarantined")
    assert held == every[signals[1].id]
    assert (held["schema"], held["state"], held["asked"], held["hits"]) == ("signal/1", "quarantined", 100, 90)
    assert (held["quarantined"], held["proposed"]) == (1, 0)


def test_a_person_releases_what_was_held_back_and_only_that(signals: list[Signal]) -> None:
    active, held = signals
    assert "NOTICEDESK_TOKEN" in call("signals", "release", held.id).output
    ann = token("specialist", "ann")
    assert f"{held.id} is released" in call("signals", "release", held.id, NOTICEDESK_TOKEN=ann).output
    assert rows("signals", "--quarantined") == []
    with pytest.raises(ValueError, match="nothing to release"):
        call("signals", "release", active.id, NOTICEDESK_TOKEN=ann)
