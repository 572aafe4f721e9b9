import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select, text

from matchers.finding import Passage, Region
from noticedesk import store
from noticedesk.model.event import Event
from noticedesk.store.attached import AttachedFinding
from noticedesk.store.columns import written
from noticedesk.store.mapping import mapper
from noticedesk.store.tables import TABLE_OF
from tests.noticedesk.store.factory import BOTH, claim

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
# Where a clock is set back or forward, Python calls no two datetimes of different zones equal (PEP 495).
INSTANTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.timezones()).filter(
    lambda at: at.replace(fold=1 - at.fold).utcoffset() == at.utcoffset()
)
NUMBERS = st.integers(-(2**31), 2**31 - 1)
FRACTIONS = st.floats(allow_nan=False, allow_infinity=False)

st.register_type_strategy(str, WORDS)
st.register_type_strategy(int, NUMBERS)
st.register_type_strategy(float, FRACTIONS)
st.register_type_strategy(datetime, INSTANTS)
st.register_type_strategy(date, st.dates())


def any_of(kind: type) -> st.SearchStrategy[Any]:
    """Any noun of a kind, every field from its type."""
    fields = {name: st.from_type(hint) for name, hint in get_type_hints(kind).items()}
    if kind is AttachedFinding:
        compared = st.tuples(st.just("compared"), st.floats(0, 1))
        failed = st.tuples(st.sampled_from(["unmatchable", "no_reference"]), st.none())
        fields["reason"] = WORDS.filter(bool)
        made = st.tuples(st.fixed_dictionaries(fields), compared | failed)
        return made.map(lambda drawn: kind(**drawn[0] | {"outcome": drawn[1][0], "score": drawn[1][1]}))
    return st.builds(kind, **fields)


@pytest.fixture
def unlinked(db: store.Database) -> Iterator[Connection]:
    """A database in which rows may point to nothing, for nouns made at random."""
    on_sqlite = db.url.get_backend_name() == "sqlite"
    switch = "PRAGMA foreign_keys=OFF" if on_sqlite else "SET session_replication_role = replica"
    with db.writer.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver
        driver.execute(switch)
        driver.commit()
        yield connection
        connection.invalidate()


@BOTH
@pytest.mark.parametrize("kind", TABLE_OF, ids=lambda kind: kind.__name__)
def test_every_noun_comes_back_as_it_was_saved(kind: type, unlinked: Connection) -> None:
    way = mapper(kind)

    @settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(any_of(kind))
    def comes_back(noun: Any) -> None:
        with unlinked.begin() as transaction:
            unlinked.execute(insert(way.table).values(way.row(noun)))
            kept = way.noun(unlinked.execute(select(*way.columns)).one())
            transaction.rollback()
        assert kept == noun
        for field in dataclasses.fields(kind):
            assert type(getattr(kept, field.name)) is type(getattr(noun, field.name))

    comes_back()


def test_what_is_nested_keeps_its_types(unlinked: Connection) -> None:
    square = ((0.0, 0.0), (9.5, 0.0), (9.5, 9.5), (0.0, 9.5))
    where = (Region(ours=square, theirs=square, transform="mirrored"), Passage(ours=None, theirs=(3, 8), view="folded"))
    way = mapper(AttachedFinding)
    finding = AttachedFinding(
        id="F-1", allegation="A-1", made_at=datetime.now(UTC), matcher="m", ours="a", theirs="b", reason="same",
        score=0.1 + 0.2, where=where, steps=("one", "two"),
    )  # fmt: skip
    with unlinked.begin() as transaction:
        unlinked.execute(insert(way.table).values(way.row(finding)))
        kept = way.noun(unlinked.execute(select(*way.columns)).one())
        transaction.rollback()
    assert kept.where == where
    assert kept.score == 0.1 + 0.2
    assert kept.finding.steps == ("one", "two")


@given(st.lists(INSTANTS, min_size=2, max_size=6))
@settings(max_examples=50, derandomize=True, deadline=None)
def test_stored_instants_sort_as_instants_do(instants: list[datetime]) -> None:
    assert sorted(instants) == sorted(instants, key=written)


def test_an_enumeration_is_stored_as_its_plain_value(db: store.Database) -> None:
    with db.write() as tx:
        store.records.add(tx, claim())
        assert tx.run(text("SELECT state, lane, typeof(state) FROM claims")).one() == ("received", "normal", "text")


def test_details_of_an_event_are_stored_in_one_form() -> None:
    event = Event(
        seq=1, at=datetime.now(UTC), actor="a", person=False, act="x", subject="s", claim=None,
        details={"b": 1, "a": "ü", "c": None, "d": True}, prev="", claim_prev="", hash="",
    )  # fmt: skip
    assert mapper(Event).row(event)["details"] == '{"a":"ü","b":1,"c":null,"d":true}'
