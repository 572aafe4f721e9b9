from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from noticedesk import store
from noticedesk.desk.cases import waiting
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.casework import Custody
from noticedesk.model.decision import Band
from noticedesk.model.person import Role
from noticedesk.store import records
from noticedesk.store.waiting import Filters
from tests.noticedesk.desk.factory import NOW, person
from tests.noticedesk.store.factory import NOON
from tests.noticedesk.store.waiting.factory import decided, proposal, waiting_case


def test_a_row_says_why_it_stands_where_it_stands(desk: Desk) -> None:
    with desk.db.write() as tx:
        waiting_case(tx, due=3, band=Band.BORDERLINE)
        waiting_case(tx, due=30)
        waiting_case(tx)
    with desk.db.read() as look:
        found = waiting.page(look, now=NOON + timedelta(hours=5))
    assert [item.order for item in found.items] == [
        ("lane normal", "overdue 2 h", "risk 10: borderline match"),
        ("lane normal", "due in 25 h", "risk 0"),
        ("lane normal", "no due time", "risk 0"),
    ]
    assert (found.count, found.more, found.after) == (3, False, "")


def test_everything_is_listed_page_by_page_in_the_order_of_the_pages(desk: Desk) -> None:
    with desk.db.write() as tx:
        made = [waiting_case(tx, due=n).id for n in range(7)]
    with desk.db.read() as look:
        first = waiting.page(look, limit=3)
        second = waiting.page(look, Filters(), first.after, 9)
        assert [item.subject for item in first.items + second.items] == made
        assert [item.subject for item in waiting.waiting(look)] == made


def test_each_role_is_given_cases_of_its_own_desk(desk: Desk) -> None:
    with desk.db.write() as tx:
        reviewed = waiting_case(tx, due=2)
        countered = waiting_case(tx, due=1, state=AllegationState.COUNTERED)
    ann, bo, cy = (
        person(desk, Role.SPECIALIST),
        person(desk, Role.LEGAL, name="Bo"),
        person(desk, Role.ADMIN, name="Cy"),
    )
    with desk.db.read() as look:
        assert waiting.next(look, ann, now=NOW) == reviewed.id
        assert waiting.next(look, bo, now=NOW) == countered.id
        assert waiting.next(look, bo, Filters(desks=("specialist",)), now=NOW) == reviewed.id
        assert waiting.next(look, ann, Filters(desks=("legal",)), now=NOW) is None
        assert waiting.next(look, cy, now=NOW) is None


def test_what_another_holds_comes_free_when_the_hold_ends(desk: Desk) -> None:
    ann, bo = person(desk, Role.SPECIALIST), person(desk, Role.SPECIALIST, name="Bo")
    with desk.db.write() as tx:
        of = waiting_case(tx)
        records.add(tx, Custody(id=of.claim, holder=bo.id, held_since=NOW, held_until=NOW + timedelta(minutes=10)))
    with desk.db.read() as look:
        assert waiting.next(look, ann, now=NOW) is None
        assert waiting.next(look, bo, now=NOW) == of.id
        assert waiting.next(look, ann, now=NOW + timedelta(minutes=11)) == of.id
        assert waiting.next(look, bo, now=NOW, passing=[of.id]) is None


def queries_for(desk: Desk, claim: str) -> int:
    asked: list[str] = []

    def hear(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        asked.append(sql)

    event.listen(desk.db.reader, "before_cursor_execute", hear)
    with desk.db.read() as look:
        waiting.case(look, claim)
    event.remove(desk.db.reader, "before_cursor_execute", hear)
    return len(asked)


def test_a_case_with_many_allegations_takes_as_many_queries_as_one_with_one(desk: Desk) -> None:
    with desk.db.write() as tx:
        one, many = waiting_case(tx, score=0.5), waiting_case(tx, score=0.5)
        for n in range(20):
            more = waiting_case(tx, score=0.5)
            records.replace(tx, _moved_to(tx, many.claim, more.id))
            records.add(tx, [proposal(more, Band.STRONG), decided(more, by=f"P-{n}")])
    assert queries_for(desk, one.claim) == queries_for(desk, many.claim) < 25
    with desk.db.read() as look:
        whole = waiting.case(look, many.id)
        assert waiting.case(look, many.claim) == whole
    assert len(whole.allegations) == 21
    assert all(len(item.findings) == 1 for item in whole.allegations)
    assert sum(item.proposal is not None for item in whole.allegations) == 20
    assert sorted(len(item.decisions) for item in whole.allegations) == [0] + [1] * 20


def _moved_to(tx: store.Transaction, claim: str, allegation: str) -> Allegation:
    return replace(records.get(tx, Allegation, allegation), claim=claim)
