"""Sweep: what looks like what was decided comes before a person; what is allowed, wrong or sudden does not."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from matchers import image
from noticedesk import http
from noticedesk.desk import alarms, process, review
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import ingest
from noticedesk.desk.policy import Platform, Sweep
from noticedesk.desk.review import Ruling
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.desk.sweep import signals, steps
from noticedesk.desk.sweep.baseline import chance
from noticedesk.desk.sweep.catalogue import COLUMNS, BadCatalogue, offers
from noticedesk.desk.tally import Tally
from noticedesk.model.action import Action, Reason
from noticedesk.model.alarm import AlarmKind
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Band, Proposal
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Letter, LetterState, Outbox
from noticedesk.model.person import Role
from noticedesk.model.right import Permission
from noticedesk.model.signal import Sighting, SightingOutcome, Signal, SignalState
from noticedesk.store import hashes, records
from noticedesk.store.tables.claims import allegations
from tests.noticedesk.desk.factory import HOST, NOW, Mail, Time, Web, deliver, opened, person, picture

RULE = Sweep(least_hits=3, chance=1e-6, ordinary_hits=1, ordinary_listings=1000)


@pytest.fixture
def desk(tmp_path: Path, web: Web, time: Time) -> Iterator[Desk]:
    """A desk whose case about a1 was upheld, and a catalogue."""
    with opened(tmp_path, web, time) as made:
        deliver(tmp_path, {"1.eml": Mail(urls=(web.listing("a1", seed=7),), picture=picture(7)).raw()})
        ingest(made, made.sources[0])
        process.run_all(made)
        with made.db.write() as tx:
            tx.run(update(allegations).values(state=AllegationState.ACTIONED.value))
        path = tmp_path / "catalogue.csv"
        path.write_text(",".join(COLUMNS) + "\n")
        yield replace(made, platform=Platform(catalogue_csv=str(path)), policy=replace(made.policy, sweep=RULE))


def offer(desk: Desk, web: Web, *listed: tuple[str, int], account: str = "") -> None:
    """Writes the catalogue anew: items with the seeds of their pictures, each a minute after the one before."""
    with Path(desk.platform.catalogue_csv or "").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for place, (item, seed) in enumerate(listed):
            at = (NOW + timedelta(minutes=place)).isoformat()
            writer.writerow(
                [item, web.listing(item, seed=seed), account, "x", f"https://{HOST}/pictures/{item}.png", at]
            )


def sweep(desk: Desk) -> Tally:
    total = Tally()
    for step in steps.STEPS.values():
        total += step(desk)
    return total


def the(desk: Desk, kind: type) -> list:  # type: ignore[type-arg]
    with desk.db.read() as look:
        return records.find(look, kind)


def test_a_new_listing_with_a_decided_picture_comes_before_a_person_and_nothing_is_done(desk: Desk, web: Web) -> None:
    before = len(the(desk, Outbox))
    offer(desk, web, ("b1", 7), ("b2", 8))
    tally = sweep(desk)
    assert (tally.counts["opened for review"], tally.counts["listings compared"], tally.errors) == (1, 2, {})
    process.run_all(desk)
    decided, found = the(desk, Allegation)
    assert (found.state, found.url.endswith("/b1")) == (AllegationState.IN_REVIEW, True)
    proposal = next(item for item in the(desk, Proposal) if item.allegation == found.id)
    assert (proposal.band, proposal.action) == (Band.STRONG, None)
    assert "found_by_sweep" in proposal.question
    origin, opened_claim = the(desk, Claim)
    assert (opened_claim.linked, opened_claim.principal) == (origin.id, origin.principal)
    assert decided.state is AllegationState.ACTIONED
    assert len(the(desk, Outbox)) == before
    assert not [one for one in the(desk, Letter) if one.claim == opened_claim.id and one.state is LetterState.QUEUED]


def test_what_was_swept_is_not_opened_a_second_time(desk: Desk, web: Web) -> None:
    offer(desk, web, ("b1", 7))
    sweep(desk)
    asked = len(web.asked)
    assert sweep(desk).counts["listings compared"] == 0
    assert len(web.asked) == asked
    with desk.db.write() as tx:
        tx.run(update(steps.sources.sources).values(cursor=""))
    assert sweep(desk).counts["known already"] == 1


def test_the_listing_that_was_decided_is_not_opened_again(desk: Desk, web: Web) -> None:
    offer(desk, web, ("a1", 7))
    assert sweep(desk).counts["known already"] == 1


def test_a_signal_ends_with_its_decision_and_stands_again_with_it(desk: Desk, web: Web) -> None:
    sweep(desk)
    for state, expected in (("restored", SignalState.ENDED), ("actioned", SignalState.ACTIVE)):
        with desk.db.write() as tx:
            tx.run(update(allegations).values(state=state))
        offer(desk, web, ("b1", 7))
        opened_now = sweep(desk).counts["opened for review"]
        assert {one.state for one in the(desk, Signal)} == {expected}
        assert opened_now == 0


def test_a_real_match_that_a_permission_covers_is_allowed_and_no_wrong_match(desk: Desk, web: Web, time: Time) -> None:
    (allegation,) = the(desk, Allegation)
    granted = Permission(
        id=new_id("M"), right=allegation.right, holder="Maria", account="friend", expires=date(2026, 12, 1)
    )
    with desk.db.write() as tx:
        records.add(tx, granted)
    offer(desk, web, ("b1", 7), account="friend")
    assert sweep(desk).counts["allowed by a permission"] == 1
    (sighting,) = the(desk, Sighting)
    assert (sighting.outcome, sighting.permission) == (SightingOutcome.ALLOWED, granted.id)
    time.pass_(days=20)
    with desk.db.write() as tx:
        tx.run(update(steps.sources.sources).values(cursor=""))
    assert sweep(desk).counts["opened for review"] == 1


@pytest.mark.parametrize(
    ("reason", "outcome", "again"),
    [
        (Reason.NOT_SAME, SightingOutcome.WRONG, "known to be wrong"),
        (Reason.FIRST_SALE, SightingOutcome.ALLOWED, "known already"),
    ],
)
def test_what_a_person_says_of_a_match_is_kept_apart(
    desk: Desk, web: Web, reason: Reason, outcome: SightingOutcome, again: str
) -> None:
    offer(desk, web, ("b1", 7))
    sweep(desk)
    process.run_all(desk)
    found = the(desk, Allegation)[1]
    ann = person(desk, Role.SPECIALIST)
    review.decide(desk, ann, found.id, Ruling(action=Action.NONE, reason=reason), found.version)
    sweep(desk)
    assert [one.outcome for one in the(desk, Sighting)] == [outcome]
    with desk.db.write() as tx:
        tx.run(update(steps.sources.sources).values(cursor=""))
    assert sweep(desk).counts[again] == 1


def test_a_signal_that_suddenly_matches_everything_is_held_back_and_shown_until_it_is_released(
    desk: Desk, web: Web
) -> None:
    offer(desk, web, *[(f"b{number}", 7) for number in range(5)])
    tally = sweep(desk)
    assert (tally.counts["signals quarantined"], tally.counts["opened for review"]) == (1, 0)
    assert tally.counts["held: the signal is quarantined"] == 5
    with desk.db.read() as look:
        (alarm,) = alarms.open_alarms(look)
    (signal,) = the(desk, Signal)
    assert (alarm.kind, alarm.subject) == (AlarmKind.SIGNAL_QUARANTINED, signal.id)
    assert "5 of 5 listings" in alarm.text
    with pytest.raises(NotPermitted):
        signals.release(desk, person(desk, Role.ANALYST, name="Bob"), signal.id)
    signals.release(desk, person(desk, Role.SPECIALIST), signal.id)
    assert sweep(desk).counts["opened for review"] == 5
    with pytest.raises(signals.NotQuarantined):
        signals.release(desk, person(desk, Role.SPECIALIST, name="Eve"), signal.id)


def test_a_signal_that_always_matched_much_is_not_sudden(desk: Desk, web: Web) -> None:
    sweep(desk)
    (signal,) = the(desk, Signal)
    with desk.db.write() as tx:
        records.replace(tx, replace(signal, asked=2000, hits=1500))
    offer(desk, web, *[(f"b{number}", 7) for number in range(5)])
    assert sweep(desk).counts["opened for review"] == 5


def test_a_picture_that_cannot_be_seen_is_looked_at_again_and_never_counts_as_no_match(desk: Desk, web: Web) -> None:
    offer(desk, web, ("b1", 7), ("b2", 8))
    shown = web.pages.pop(f"https://{HOST}/pictures/b1.png")
    tally = sweep(desk)
    assert (tally.counts["listings to be looked at again"], tally.counts["listings compared"]) == (1, 1)
    web.pages[f"https://{HOST}/pictures/b1.png"] = shown
    assert sweep(desk).counts["opened for review"] == 1
    web.pages[f"https://{HOST}/pictures/b1.png"] = http.Page("x", 200, {"content-type": "image/png"}, b"junk")
    with desk.db.write() as tx:
        tx.run(update(steps.sources.sources).values(cursor=""))
    for _ in range(desk.policy.attempts - 1):
        assert sweep(desk).counts["listings to be looked at again"] == 1
    assert sweep(desk).errors.total() == 1
    assert sweep(desk).taken == 0


def test_the_hashes_of_a_signal_are_made_once(desk: Desk) -> None:
    assert sweep(desk).counts["pictures hashed"] == 1
    assert sweep(desk).counts["pictures hashed"] == 0
    with desk.db.read() as look:
        (one,) = hashes.stream(look, image.PREPROCESSING)
    assert (len(one.wholes), len(one.points) % 32) == (1, 0)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("item,url\n", "line 1: missing account"),
        (",".join(COLUMNS) + "\nb1,https://x,,,,yesterday\n", "line 2: created_at 'yesterday' is no instant"),
        (",".join(COLUMNS) + "\nb1,https://x,,,,2026-11-22T10:00:00\n", "line 2: .* has no offset"),
        (",".join(COLUMNS) + "\n,https://x,,,,2026-11-22T10:00:00Z\n", "line 2: a listing needs an item"),
    ],
)
def test_a_catalogue_that_cannot_be_read_says_where(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text(text)
    with pytest.raises(BadCatalogue, match=problem):
        offers(path)


@pytest.mark.parametrize(
    ("hits", "expected", "odds"), [(0, 3.0, 1.0), (1, 0.0, 0.0), (3, 1.0, 0.0803), (2, 5.0, 0.9596)]
)
def test_the_chance_of_so_many_hits_is_that_of_poisson(hits: int, expected: float, odds: float) -> None:
    assert chance(hits, expected) == pytest.approx(odds, abs=1e-4)
