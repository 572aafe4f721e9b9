from typing import Any

import pytest

from noticedesk import store
from noticedesk.model.allegation import AllegationState
from noticedesk.model.casework import Custody
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Band
from noticedesk.model.notice import NoticeState
from noticedesk.model.right import RightKind
from noticedesk.store import records, waiting
from noticedesk.store.waiting import Filters
from tests.noticedesk.store.factory import BOTH, NOON, fresh, notice
from tests.noticedesk.store.waiting.factory import HOUR, decided, waiting_case

ALL = Filters()


def subjects(look: store.Look, filters: Filters = ALL, limit: int = 50) -> list[str]:
    """Every subject, page by page."""
    ids: list[str] = []
    after = ""
    while True:
        found = waiting.line(look, filters, after, limit)
        assert len(found.items) <= limit
        ids += [item.subject for item in found.items]
        if not (after := found.after):
            return ids


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@BOTH
def test_the_queue_is_in_order_of_lane_then_hour_due_then_risk_and_undated_last(db: store.Database, limit: int) -> None:
    with db.write() as tx:
        undated = waiting_case(tx)
        late = waiting_case(tx, due=5)
        calm, grey = waiting_case(tx, due=2.1), waiting_case(tx, due=2.9, flags=("fair_use",))
        court = waiting_case(tx, due=90, lane=Lane.COURT)
        assert subjects(tx, limit=limit) == [item.id for item in (court, grey, calm, late, undated)]


FILTERS: list[tuple[dict[str, Any], Filters]] = [
    ({"right": RightKind.DESIGN}, Filters(right_kind="design")),
    ({"principal": "acme inc"}, Filters(holder=" ACME  Inc ")),
    ({"band": Band.BORDERLINE}, Filters(band="borderline")),
    ({"score": 0.6}, Filters(score_from=0.45, score_to=0.8)),
    ({"score": 1.0}, Filters(score_from=0.95)),
    ({"language": "de"}, Filters(language="de")),
    ({"due": 1}, Filters(due_before=NOON + 1.5 * HOUR)),
    ({"flags": ("fair_use",)}, Filters(flag="fair_use")),
    ({"state": AllegationState.ACTION_FAILED}, Filters(state="action_failed")),
    ({"service": "market"}, Filters(service="market")),
    ({"title": "Acm3 Air-90 runner"}, Filters(text="runner air")),
    ({"mark": "ACME AIR"}, Filters(text="acme ai")),
    ({"seller": "shop9"}, Filters(seller="shop9")),
    ({"score": 0.3, "picture": "ab" * 32}, Filters(picture="ab" * 32)),
    ({"lane": Lane.COURT}, Filters(lanes=("court", "statutory"))),
    ({"state": AllegationState.COUNTERED}, Filters(desks=("legal",))),
    ({"lane": Lane.SAFETY}, Filters(desks=("safety",))),
]


@pytest.mark.parametrize(("given", "filters"), FILTERS, ids=lambda value: str(value)[:40])
@BOTH
def test_each_filter_finds_what_it_names_and_nothing_else(
    db: store.Database, given: dict[str, Any], filters: Filters
) -> None:
    with db.write() as tx:
        waiting_case(tx, due=3, score=0.1, title="case for a phone", principal="other", language="en")
        wanted = waiting_case(tx, **given)
        assert subjects(tx, filters) == [wanted.id]
        assert waiting.count(tx, filters) == 1


@BOTH
def test_counts_end_at_their_bound(db: store.Database) -> None:
    with db.write() as tx:
        for _ in range(7):
            waiting_case(tx)
        assert [waiting.count(tx, ALL, cap) for cap in (3, 6, 7, 100)] == [4, 7, 7, 7]


@pytest.mark.parametrize("after", ["x", "1~2~3~A-1", "x~2026-03-02T12:00:00Z~1~A-1", "1~2~3", "'~~~"])
@BOTH
def test_a_made_up_end_of_a_page_is_refused(db: store.Database, after: str) -> None:
    with db.read() as look, pytest.raises(store.StoreError, match="not the end of a page"):
        waiting.line(look, Filters(), after)


def test_an_unknown_desk_or_lane_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(store.StoreError, match="no queue is called sales; there are safety, legal, specialist"):
        Filters(desks=("sales",))


@BOTH
def test_the_next_case_is_not_anothers_not_put_aside_and_not_ones_own_decision(db: store.Database) -> None:
    with db.write() as tx:
        held, assigned, asleep, own, skipped, free = [waiting_case(tx, due=due) for due in range(6)]
        later = {"held_until": NOON + HOUR}
        records.add(tx, Custody(id=held.claim, holder="P-2", held_since=NOON, **later))
        records.add(tx, Custody(id=assigned.claim, assignee="P-2"))
        records.add(tx, Custody(id=asleep.claim, snoozed_until=NOON + HOUR, snoozed_why="waits for the holder"))
        records.add(tx, decided(own))
        found = [
            waiting.first_for(tx, "P-1", Filters(), NOON, [skipped.id]),
            waiting.first_for(tx, "P-2", Filters(), NOON),
        ]
        assert found == [free.id, held.id]
        assert waiting.first_for(tx, "P-1", Filters(), NOON + 2 * HOUR) == held.id
        assert waiting.first_for(tx, "P-1", Filters(language="zz"), NOON) is None


@BOTH
def test_groups_are_what_shares_a_listing_seller_picture_or_campaign(db: store.Database) -> None:
    with db.write() as tx:
        same = [waiting_case(tx, seller="shop9", score=0.9, picture="cd" * 32, mark=f"M{n}") for n in range(3)]
        waiting_case(tx, seller="alone")
        items = waiting.line(tx, Filters(seller="shop9")).items
        assert {item.subject for item in items} == {item.id for item in same}
        found = [(group.by, group.count) for group in waiting.groups(tx, items)]
        assert found == [("picture", 3), ("seller", 3)]
        assert [group.count for group in waiting.groups(tx, items, cap=1)] == [2, 2]


@BOTH
def test_a_message_set_aside_waits_and_what_is_with_safety_says_nothing_of_itself(db: store.Database) -> None:
    with db.write() as tx:
        of = Claim(id=fresh("C"), service="shop", received_at=NOON, lane=Lane.SAFETY)
        odd = notice(state=NoticeState.UNREADABLE, problem="no text in it", subject="Hello")
        bad = notice(state=NoticeState.QUARANTINED, claim=of.id, subject="terrible words")
        records.add(tx, [of, odd, bad])
        rows = {item.subject: item for item in waiting.line(tx, Filters()).items}
        assert (rows[bad.id].desk, rows[bad.id].about, rows[bad.id].lane) == ("safety", "", "safety")
        assert (rows[odd.id].desk, rows[odd.id].about, rows[odd.id].reason) == ("specialist", "Hello", "no text in it")
        assert subjects(tx, Filters(text="terrible")) == []


@BOTH
def test_what_is_put_aside_is_found_while_it_is(db: store.Database) -> None:
    with db.write() as tx:
        waiting_case(tx)
        one, over = waiting_case(tx), waiting_case(tx)
        records.add(tx, [Custody(id=one.claim, snoozed_until=NOON + HOUR), Custody(id=over.claim, snoozed_until=NOON)])
        aside = Filters(aside_at=NOON)
        assert subjects(tx, aside) == [one.id]
        assert waiting.count(tx, aside) == 1
