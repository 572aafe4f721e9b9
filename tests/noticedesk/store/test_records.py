import dataclasses
from types import NoneType
from typing import get_args, get_type_hints
from unittest.mock import patch

import pytest

from noticedesk import store
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.event import Event
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice
from noticedesk.store import records
from noticedesk.store.columns import metadata
from noticedesk.store.tables import OF_THE_STORE, READ_MODELS, TABLE_OF
from tests.noticedesk.store.factory import BOTH, DESK, NOON, claim, listing, notice, saved_allegation


@pytest.mark.parametrize("noun", TABLE_OF, ids=lambda noun: noun.__name__)
def test_the_fields_of_a_noun_are_the_columns_of_its_table(noun: type) -> None:
    fields = {field.name for field in dataclasses.fields(noun)}
    columns = {column.name for column in TABLE_OF[noun].columns}
    assert fields <= columns
    assert columns - fields <= OF_THE_STORE


@pytest.mark.parametrize("noun", TABLE_OF, ids=lambda noun: noun.__name__)
def test_a_column_may_be_empty_where_its_field_may_be_none(noun: type) -> None:
    may_be_none = {name for name, hint in get_type_hints(noun).items() if NoneType in get_args(hint)}
    of_fields = {field.name for field in dataclasses.fields(noun)}
    assert {column.name for column in TABLE_OF[noun].columns if column.nullable} & of_fields == may_be_none


def test_every_table_belongs_to_a_noun_or_is_made_from_others_or_is_the_head_of_the_chain() -> None:
    made = {table.name for table in READ_MODELS}
    assert {table.name for table in TABLE_OF.values()} | made | {"chain_head"} == set(metadata.tables)


@BOTH
def test_nouns_are_saved_in_any_order(db: store.Database) -> None:
    with db.write() as tx:
        allegation = saved_allegation(tx)
    with db.read() as look:
        assert records.get(look, Allegation, allegation.id) == allegation


@BOTH
def test_find_takes_equal_values_members_and_nothing(db: store.Database) -> None:
    first, second, third = claim(principal="Acme"), claim(principal="Bolt", due_at=NOON), claim(lane=Lane.COURT)
    with db.write() as tx:
        records.add(tx, [third, second, first])
    with db.read() as look:
        assert records.find(look, Claim, principal="Acme") == [first]
        assert records.find(look, Claim, principal=["Acme", "Bolt"]) == [first, second]
        assert records.find(look, Claim, due_at=None) == [first, third]
        assert records.find(look, Claim, due_at=NOON) == [second]
        assert records.find(look, Claim, lane=Lane.COURT, state={ClaimState.RECEIVED}) == [third]
        assert records.find(look, Claim, limit=2) == [first, second]


@BOTH
def test_find_by_a_field_that_is_not_there_names_the_nearest(db: store.Database) -> None:
    with db.read() as look, pytest.raises(store.StoreError, match="did you mean principal"):
        records.find(look, Claim, principle="Acme")


@BOTH
def test_count_stops_at_its_cap(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, [claim() for _ in range(5)])
    with db.read() as look:
        assert records.count(look, Claim) == 5
        assert records.count(look, Claim, cap=3) == 3
        assert records.count(look, Claim, principal="Acme") == 0


@BOTH
def test_what_is_not_there_is_missing_by_name(db: store.Database) -> None:
    with db.read() as look, pytest.raises(store.Missing, match="no Claim C-1"):
        records.get(look, Claim, "C-1")
    with db.write() as tx, pytest.raises(store.Missing, match="no Listing"):
        records.replace(tx, listing())


@BOTH
def test_a_delivery_is_saved_once(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, notice(delivery="<1@mail>"))
        records.add(tx, notice(delivery="<1@mail>", part=1))
    with pytest.raises(store.Conflict), db.write() as tx:
        records.add(tx, notice(delivery="<1@mail>"))
    with db.read() as look:
        assert records.count(look, Notice) == 2


@BOTH
def test_a_listing_is_shared_by_service_and_item(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, listing(item="7"))
        records.add(tx, listing(item="7", service="forum"))
    with pytest.raises(store.Conflict), db.write() as tx:
        records.add(tx, listing(item="7"))


@BOTH
def test_what_points_to_nothing_is_refused(db: store.Database) -> None:
    with pytest.raises(store.Conflict, match=r"Claim C-7: .*(?i:foreign key)"), db.write() as tx:
        records.add(tx, claim(id="C-7", linked="C-0"))


@BOTH
def test_a_noun_without_a_version_is_replaced_as_it_is(db: store.Database) -> None:
    shown = listing()
    with db.write() as tx:
        records.add(tx, shown)
        changed = records.replace(tx, dataclasses.replace(shown, title="A lamp"))
    with db.read() as look:
        assert records.get(look, Listing, shown.id) == changed == dataclasses.replace(shown, title="A lamp")


@BOTH
def test_replacing_a_claim_takes_its_version_and_gives_the_next(db: store.Database) -> None:
    first = claim()
    with db.write() as tx:
        records.add(tx, first)
        second = records.replace(tx, dataclasses.replace(first, lane=Lane.COURT))
    assert (second.version, second.lane) == (2, Lane.COURT)
    with db.write() as tx, pytest.raises(store.Stale, match=r"version 1.*lane") as refused:
        records.replace(tx, dataclasses.replace(first, language="de"))
    assert refused.value.now == second


@BOTH
def test_a_state_is_not_changed_by_replacing(db: store.Database) -> None:
    first = claim()
    with db.write() as tx:
        records.add(tx, first)
        with pytest.raises(store.Stale):
            records.replace(tx, dataclasses.replace(first, state=ClaimState.CLOSED))


@BOTH
def test_events_are_neither_added_nor_replaced(db: store.Database) -> None:
    with db.write() as tx:
        event = store.chain.append(tx, DESK, "test.happened", "C-1", None)
        with pytest.raises(store.StoreError):
            records.add(tx, event)
        with pytest.raises(store.StoreError):
            records.replace(tx, event)
    with db.read() as look:
        assert records.find(look, Event) == [event]


@BOTH
def test_nul_and_lone_surrogates_become_replacement_characters(db: store.Database) -> None:
    hostile = claim(principal="a\x00b\ud800c", flags=("x\x00", "ü"))
    with db.write() as tx:
        records.add(tx, hostile)
    with db.read() as look:
        kept = records.get(look, Claim, hostile.id)
    assert (kept.principal, kept.flags) == ("a\ufffdb\ufffdc", ("x\ufffd", "ü"))


@BOTH
def test_an_instant_without_a_zone_is_refused(db: store.Database) -> None:
    with pytest.raises(store.StoreError, match="no time zone"), db.write() as tx:
        records.add(tx, claim(received_at=NOON.replace(tzinfo=None)))


@BOTH
def test_what_is_no_noun_is_refused_by_name(db: store.Database) -> None:
    with db.write() as tx, pytest.raises(TypeError, match="str is not kept"):
        records.add(tx, ["text"])


@BOTH
def test_what_was_read_ahead_is_what_is_found(db: store.Database) -> None:
    first, second = claim(principal="Acme"), claim(principal="Bolt", lane=Lane.COURT)
    with db.write() as tx:
        records.add(tx, [first, second])
    with db.read() as look:
        records.ahead(look, Claim, "id", [first.id, second.id, "C-none"])
        records.ahead(look, Claim, "principal", ["Acme", "Bolt"], lane=[Lane.COURT])
        with patch.object(look, "run", side_effect=AssertionError("it was read ahead")):
            assert records.get(look, Claim, first.id) == first
            assert records.find(look, Claim, id=second.id) == [second]
            assert records.find(look, Claim, id="C-none") == []
            assert records.find(look, Claim, principal="Acme", lane=[Lane.COURT]) == []
            assert records.find(look, Claim, principal="Bolt", lane=[Lane.COURT]) == [second]


def test_no_more_is_read_ahead_than_a_view_recalls(db: store.Database) -> None:
    with db.read() as look, pytest.raises(store.StoreError, match="read ahead"):
        records.ahead(look, Claim, "id", map(str, range(records.AHEAD + 1)))
