from typing import Any

import pytest
from sqlalchemy import event

from noticedesk import store
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.event import Actor
from noticedesk.model.notice import Notice
from noticedesk.model.party import Party, PartyRole
from noticedesk.store import chain, records, search
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON, claim, fresh, notice, saved_allegation

RECEIVED = [ClaimState.RECEIVED]


def all_pages(look: store.Look, limit: int, **equals: object) -> list[str]:
    ids, after = [], ""
    while True:
        page = search.page(look, Claim, RECEIVED, after=after, limit=limit, **equals)
        assert len(page.items) <= limit
        ids += [item.id for item in page.items]
        if not page.after:
            return ids
        after = page.after


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
@BOTH
def test_pages_hold_everything_once_due_first_and_undated_last(db: store.Database, limit: int) -> None:
    same = [claim(due_at=NOON) for _ in range(3)]
    later, undated = [claim(due_at=NOON + MINUTE)], [claim(), claim()]
    with db.write() as tx:
        records.add(tx, [*undated, *later, *same, claim(state=ClaimState.CLOSED)])
        assert all_pages(tx, limit) == [item.id for item in same + later + undated]


@BOTH
def test_pages_are_filtered_by_any_field(db: store.Database) -> None:
    court = [claim(lane=Lane.COURT, due_at=NOON), claim(lane=Lane.COURT)]
    with db.write() as tx:
        records.add(tx, [claim(), *court, claim(due_at=NOON)])
        assert all_pages(tx, 1, lane=Lane.COURT) == [item.id for item in court]
        assert all_pages(tx, 1, lane=Lane.SAFETY) == []


@pytest.mark.parametrize("after", ["x~C-1", "2026-03-02~C-1", "'~", "9999~"])
@BOTH
def test_a_made_up_end_of_a_page_is_refused(db: store.Database, after: str) -> None:
    with db.read() as look, pytest.raises(store.StoreError, match="not the end of a page"):
        search.page(look, Claim, RECEIVED, after=after)


@BOTH
def test_what_is_past_its_time_comes_earliest_first(db: store.Database) -> None:
    later, first = notice(retain_until=NOON), notice(retain_until=NOON - MINUTE)
    held, future = notice(retain_until=NOON, hold=True), notice(retain_until=NOON + MINUTE)
    with db.write() as tx:
        records.add(tx, [later, first, held, future, notice()])
        assert search.past(tx, Notice, "retain_until", NOON, hold=False) == [first, later]
        assert search.past(tx, Notice, "retain_until", NOON, limit=1, hold=False) == [first]
        with pytest.raises(store.StoreError, match="no instant called subject"):
            search.past(tx, Notice, "subject", NOON)


@BOTH
def test_the_newest_come_newest_first_and_never_more_than_asked_for(db: store.Database) -> None:
    made = [claim(lane=Lane.COURT) for _ in range(4)]
    with db.write() as tx:
        records.add(tx, [*made, claim()])
        assert search.newest(tx, Claim, 3, lane=Lane.COURT) == made[:0:-1]
        assert search.newest(tx, Claim, 9, lane=[]) == []


@BOTH
def test_the_log_is_read_from_its_end_page_by_page(db: store.Database) -> None:
    with db.write() as tx:
        for number in range(7):
            chain.append(tx, Actor(name="ann" if number % 2 else "process"), "x", f"C-{number}", None)
        first = search.log(tx, limit=4)
        second = search.log(tx, limit=4, before=first[-1].seq)
        assert [event.seq for event in first + second] == [7, 6, 5, 4, 3, 2, 1]
        assert [event.seq for event in search.log(tx, actor="ann")] == [6, 4, 2]
        assert search.log(tx, before=1) == []


@BOTH
def test_ids_addresses_urls_items_and_digests_lead_to_their_claims(db: store.Database) -> None:
    with db.write() as tx:
        of = saved_allegation(tx)
        saved_allegation(tx)
        party = Party(id=fresh("Y"), claim=of.claim, role=PartyRole.PRINCIPAL, name="Ann Ay", email="ann@ay.example")
        mail = notice(claim=of.claim, sender="agent@ay.example", message_id="<1@ay.example>", sha256="ab" * 32)
        records.add(tx, [party, mail, notice(sender="nobody@ay.example")])
        for words in (of.claim, of.id, of.url, mail.id, mail.sender, mail.message_id, mail.sha256, "Ann Ay"):
            assert search.claims_about(tx, f" {words} ") == [of.claim]
        assert search.claims_about(tx, "ANN@AY.example") == [of.claim]
        assert search.claims_about(tx, of.url.rpartition("/")[2]) == [of.claim]
        for nothing in ("", " ", "nobody@ay.example", "\x00", "%", "' OR 1=1"):
            assert search.claims_about(tx, nothing) == []


@BOTH
def test_the_newest_claim_comes_first_and_each_once(db: store.Database) -> None:
    older, newer = claim(principal="Acme"), claim(principal="Acme")
    with db.write() as tx:
        records.add(tx, [older, newer])
        records.add(tx, [notice(claim=item.id, sender="Acme") for item in (older, newer, newer)])
        assert search.claims_about(tx, "Acme") == [newer.id, older.id]
        assert search.claims_about(tx, "Acme", limit=1) == [newer.id]


def test_every_column_that_leads_to_a_claim_begins_an_index() -> None:
    for _, columns in search.LEADS:
        for column in columns:
            firsts = {next(iter(index.columns)).name for index in column.table.indexes} | {"id"}
            assert column.name in firsts, f"{column.table.name}.{column.name}"


@BOTH
def test_pages_of_several_states_are_in_one_order(db: store.Database) -> None:
    states = [ClaimState.RECEIVED, ClaimState.CLOSED, ClaimState.REFUSED]
    mixed = [claim(state=states[n % 3], due_at=NOON + n * MINUTE) for n in range(7)] + [claim(state=states[0])]
    with db.write() as tx:
        records.add(tx, mixed)
        first = search.page(tx, Claim, states, limit=5)
        second = search.page(tx, Claim, states, limit=5, after=first.after)
    assert [*first.items, *second.items] == mixed


def test_a_page_follows_an_index_and_sorts_nothing(on_sqlite: store.Database) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(
        on_sqlite.reader, "before_cursor_execute", lambda c, cursor, sql, values, *_: asked.append((sql, values))
    )
    with on_sqlite.read() as look:
        search.page(look, Claim, RECEIVED)
        search.page(look, Claim, RECEIVED, after="2026-03-02T12:00:00.000000Z~C-1", lane=Lane.COURT)
        pages = [(sql, values) for sql, values in asked if sql.startswith("SELECT")]
        assert len(pages) == 4
        for sql, values in pages:
            plan = str(look.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all())
            assert "ix_claims_state" in plan
            assert "TEMP B-TREE" not in plan
