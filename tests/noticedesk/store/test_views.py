import re
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from matchers.finding import Finding
from noticedesk import store
from noticedesk.model.action import Action, Reason
from noticedesk.model.clock import Clock, ClockKind, ClockState
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.store import records
from noticedesk.store.views import VIEWS
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON, fresh, saved_allegation
from tests.noticedesk.store.test_figures import busy

pytestmark = BOTH

PAGE = (Path(__file__).parents[3] / "docs" / "analysts.md").read_text(encoding="utf-8")


def case(tx: store.Transaction) -> str:
    """An allegation with two proposals and two decisions, of which the first was undone; and its clock."""
    of = saved_allegation(tx)
    proposal = Proposal(
        id=fresh("Q"), allegation=of.id, band=Band.STRONG, action=Action.DISABLE, reason=Reason.COPY, why=(),
        regime="us", regime_version=1, made_at=NOON,
    )  # fmt: skip
    later = replace(proposal, id=fresh("Q"), action=Action.NONE, reason=Reason.LICENSED, made_at=NOON + 99 * MINUTE)
    decision = Decision(
        id=fresh("D"), allegation=of.id, action=Action.DISABLE, reason=Reason.COPY, decided_by="P-1",
        decided_at=NOON + 90 * MINUTE,
    )  # fmt: skip
    undone = replace(decision, id=fresh("D"), decided_at=NOON + MINUTE, undone_at=NOON + 2 * MINUTE)
    clock = Clock(
        id=fresh("K"), claim=of.claim, rule="r", kind=ClockKind.STATUTORY_MAX, start_event="received", start=NOON,
        due=NOON + 60 * MINUTE, timezone="UTC", regime="us", regime_version=1, reference="x", tag="sure",
        state=ClockState.SATISFIED, ended_at=NOON + 90 * MINUTE,
    )  # fmt: skip
    finding = Finding(matcher="image", ours="a", theirs="b", reason="same", score=0.75)
    attached = store.attach(finding, store.About(allegation=of.id), id=fresh("F"), made_at=NOON)
    records.add(tx, [proposal, later, decision, undone, clock, attached])
    return decision.id


def test_a_claim_counts_what_stands_and_how_long_it_took(db: store.Database) -> None:
    with db.write() as tx:
        case(tx)
        saved_allegation(tx)
        rows = tx.run(
            text("SELECT allegations, listings, decisions, hours_to_first_decision FROM v_claims ORDER BY claim")
        )
        assert [tuple(row) for row in rows] == [(1, 1, 1, 1.5), (1, 1, 0, None)]


def test_a_decision_stands_beside_the_proposal_that_it_was_made_from(db: store.Database) -> None:
    with db.write() as tx:
        id = case(tx)
        columns = "band, proposed_action, as_proposed, hours_since_receipt, undone_at"
        query = text(f"SELECT {columns} FROM v_decisions WHERE decision = :id")
        assert tuple(tx.run(query, {"id": id}).one()) == ("strong", "disable", True, 1.5, None)


def test_a_clock_says_whether_it_was_late_and_by_how_much(db: store.Database) -> None:
    with db.write() as tx:
        case(tx)
        row = tx.run(text("SELECT statutory, late, hours_to_spare FROM v_clocks")).one()
        assert tuple(row) == (True, True, -0.5)


def test_a_finding_stands_beside_the_decision_that_holds(db: store.Database) -> None:
    with db.write() as tx:
        case(tx)
        row = tx.run(text("SELECT matcher, score, decided_action, decided_reason FROM v_findings")).one()
        assert tuple(row) == ("image", 0.75, "disable", "copy")


def test_the_page_for_analysts_names_every_column_of_every_view(db: store.Database) -> None:
    with db.read() as look:
        for name in VIEWS:
            section = PAGE.split(f"## {name}:")[1].split("\n## ")[0]
            named = {word for row in re.findall(r"(?m)^\| (`.*?) \|", section) for word in re.findall(r"`(\w+)`", row)}
            assert named == set(look.run(text(f"SELECT * FROM {name}")).keys())


def test_the_questions_on_the_page_for_analysts_are_answered(db: store.Database) -> None:
    questions = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert len(questions) == len(VIEWS)
    with db.write() as tx:
        case(tx)
        busy(tx)
        for question in questions:
            assert tx.run(text(question)).all()
