from noticedesk import store
from noticedesk.model.action import Action, Reason
from noticedesk.store import records, waiting
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON
from tests.noticedesk.store.waiting.factory import decided, waiting_case


@BOTH
def test_precedents_count_standing_decisions_about_the_same_holder_mark_seller_and_picture(db: store.Database) -> None:
    same = {"principal": "acme", "mark": "ACME", "seller": "shop9", "score": 0.9, "picture": "ab" * 32}
    with db.write() as tx:
        at_stake, taken, left, undone = [waiting_case(tx, **same) for _ in range(4)]
        other = waiting_case(tx, principal="acme", mark="OTHER")
        dismissed = {"action": Action.NONE, "reason": Reason.LICENSED}
        records.add(tx, [decided(taken), decided(left, decided_at=NOON + MINUTE, **dismissed), decided(other)])
        records.add(tx, [decided(undone, undone_at=NOON, undone_by="P-1"), decided(at_stake)])
        found = {item.by: item for item in waiting.precedents(tx, at_stake.id)}
        assert {by: item.total for by, item in found.items()} == {"holder": 3, "mark": 2, "seller": 2, "picture": 2}
        assert found["mark"].counts == (("disable", "copy", 1), ("none", "licensed", 1))
        latest = found["mark"].latest
        assert latest and (latest.allegation, latest.action) == (left.id, "none")
        assert not found["mark"].more


@BOTH
def test_what_has_no_seller_or_picture_has_no_precedents_by_them(db: store.Database) -> None:
    with db.write() as tx:
        assert [item.by for item in waiting.precedents(tx, waiting_case(tx, principal="acme").id)] == ["holder"]
        assert waiting.precedents(tx, "A-none") == []
