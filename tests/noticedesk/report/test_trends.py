from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticedesk import store
from noticedesk.report import trends
from noticedesk.store import records
from tests.noticedesk.desk.factory import empty_database
from tests.noticedesk.store.factory import claim

MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[store.Transaction]:
    (tmp_path / "claims.db").write_bytes(empty_database().read_bytes())
    db = store.open(f"sqlite:///{tmp_path / 'claims.db'}")
    with db.write() as opened:
        yield opened
    db.close()


def received(tx: store.Transaction, holder: str, *counts: int) -> None:
    """So many claims of a holder in each of the weeks that end with the one before MONDAY."""
    for place, count in enumerate(reversed(counts), 1):
        day = datetime.combine(MONDAY - place * WEEK, datetime.min.time(), UTC) + timedelta(days=2)
        records.add(tx, [claim(principal=holder, received_at=day) for _ in range(count)])


def sentences(tx: store.Transaction) -> list[str]:
    return [item.sentence for item in trends.find(tx, MONDAY).trends]


def test_a_rise_is_said_in_words_with_the_figures(tx: store.Transaction) -> None:
    received(tx, "acme", *[10] * 8, 32)
    received(tx, "calm", *[10] * 8, 12)
    assert sentences(tx) == ["holder acme: +220% against its 8-week mean (32 claims, mean 10.0)"]


def test_a_fall_to_nothing_is_said_too(tx: store.Transaction) -> None:
    received(tx, "acme", *[20] * 8, 0)
    assert sentences(tx) == ["holder acme: -100% against its 8-week mean (0 claims, mean 20.0)"]


def test_who_is_new_has_no_percentage(tx: store.Transaction) -> None:
    received(tx, "calm", *[1] * 9)
    received(tx, "new", *[0] * 8, 12)
    assert sentences(tx) == ["holder new: new, 12 claims and none in the 8 weeks before"]


def test_of_few_claims_nothing_is_said_and_how_many_were_left_out(tx: store.Transaction) -> None:
    received(tx, "old", *[1] * 8, 1)
    received(tx, "few", *[0] * 8, 7)
    found = trends.find(tx, MONDAY)
    assert (found.trends, found.looked_at, found.too_few) == ((), 2, 1)
    (last,) = trends.table(tx, MONDAY).rows
    assert last[0] == (
        "In the week from 2026-02-23, 2 holders, sellers, senders and reasons were compared;"
        " 1 of them are too few for any statement."
    )


def test_a_young_desk_compares_the_weeks_that_it_has(tx: store.Transaction) -> None:
    received(tx, "acme", 4, 4, 40)
    assert sentences(tx) == ["holder acme: +900% against its 2-week mean (40 claims, mean 4.0)"]


def test_a_desk_of_its_first_week_says_nothing(tx: store.Transaction) -> None:
    received(tx, "acme", 40)
    assert sentences(tx) == []


def test_the_present_week_is_not_judged_before_it_is_over(tx: store.Transaction) -> None:
    received(tx, "acme", *[10] * 9)
    records.add(tx, [claim(principal="acme", received_at=datetime(2026, 3, 4, tzinfo=UTC)) for _ in range(90)])
    assert [item.sentence for item in trends.find(tx, date(2026, 3, 6)).trends] == []
    assert [item.count for item in trends.find(tx, date(2026, 3, 9)).trends] == [90]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(count=st.integers(0, 60), more=st.integers(0, 400), weeks=st.integers(1, 8))
def test_a_chance_is_a_probability_and_least_at_the_ends(count: int, more: int, weeks: int) -> None:
    total, share = count + more, 1 / (weeks + 1)
    found = trends.chance(count, total, share)
    assert 0 <= found <= 1
    assert trends.chance(total, total, share) <= found + 1e-9 or count < total * share


def test_many_that_are_only_noise_give_hardly_any_finding() -> None:
    chance, judged = Random(5), []
    for number in range(2_000):
        weeks = [sum(chance.random() < 0.3 for _ in range(40)) for _ in range(9)]
        judged.append(
            trends.Trend(
                about="holder", name=str(number), counted="claims", count=weeks[0], mean=sum(weeks[1:]) / 8, weeks=8,
                chance=trends.chance(weeks[0], sum(weeks), 1 / 9),
            )
        )  # fmt: skip
    assert len(trends.striking(judged)) <= 2
