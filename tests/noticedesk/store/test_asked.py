"""Pages of questions: everything once and in order, nothing of the safety team, and every statement by an index."""

from datetime import timedelta

import pytest

from noticedesk import store
from noticedesk.model.claim import Lane
from noticedesk.model.escalation import Escalation, Inquiry, Team
from noticedesk.model.notice import NoticeState
from noticedesk.store import asked, records
from noticedesk.store.search import Page
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON, claim, fresh, notice
from tests.noticedesk.store.plans import listening, scanned

TEAMS = (Team.LEGAL, Team.SALES)


def question(number: int, **given: object) -> Escalation:
    due = None if number % 5 == 4 else NOON + (number % 3) * MINUTE
    bare = {"id": fresh("E"), "about": "C-1", "team": TEAMS[number % 2], "question": "?", "asked_by": "P-1"}
    return Escalation(**bare | {"asked_at": NOON + number * MINUTE, "due_at": due} | given)  # type: ignore[arg-type]


def inquiry(number: int, **given: object) -> Inquiry:
    due = None if number % 5 == 4 else NOON + (number % 3) * MINUTE
    bare = {"id": fresh("I"), "partner": "Brandco", "question": "?", "received_at": NOON, "due_at": due}
    return Inquiry(**bare | given)  # type: ignore[arg-type]


def all_of(
    look: store.Look, *, answered: bool, teams: tuple[Team, ...] = tuple(Team), safety: bool = True
) -> list[str]:
    ids, after = [], ""
    while True:
        page: Page[Escalation] = asked.questions(look, teams, answered=answered, safety=safety, after=after)
        assert len(page.items) <= asked.MANY
        ids += [item.id for item in page.items]
        if not (after := page.after):
            return ids


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "MANY", 3)


@BOTH
def test_open_questions_come_once_due_first_and_undated_last(db: store.Database) -> None:
    made = [question(number) for number in range(14)]
    done = question(1, answered_at=NOON)
    with db.write() as tx:
        records.add(tx, [*made, done])
    dated, undated = [one for one in made if one.due_at], [one for one in made if not one.due_at]
    wanted = [*sorted(dated, key=lambda one: (one.due_at, one.id)), *undated]
    with db.read() as look:
        assert all_of(look, answered=False) == [one.id for one in wanted]
        sales = [one.id for one in wanted if one.team is Team.SALES]
        assert all_of(look, answered=False, teams=(Team.SALES,)) == sales


@BOTH
def test_answered_questions_come_once_newest_first(db: store.Database) -> None:
    made = [question(number, answered_at=NOON + (number // 4) * MINUTE) for number in range(14)]
    with db.write() as tx:
        records.add(tx, [*made, question(1)])
    wanted = sorted(made, key=lambda one: (one.answered_at, one.id), reverse=True)  # type: ignore[arg-type, return-value]
    with db.read() as look:
        assert all_of(look, answered=True) == [one.id for one in wanted]


@BOTH
def test_inquiries_come_by_pages_too(db: store.Database) -> None:
    made = [inquiry(number) for number in range(8)]
    done = [inquiry(number, answered_at=NOON + number * MINUTE) for number in range(8)]
    with db.write() as tx:
        records.add(tx, [*made, *done])
    for answered, wanted in (
        (False, sorted(made, key=lambda one: (one.due_at is None, one.due_at or NOON, one.id))),
        (True, done[::-1]),
    ):
        ids, after = [], ""
        with db.read() as look:
            while True:
                page = asked.from_partners(look, answered=answered, after=after)
                ids += [item.id for item in page.items]
                if not (after := page.after):
                    break
        assert ids == [one.id for one in wanted]


@BOTH
def test_what_is_with_the_safety_team_or_was_stopped_for_it_is_left_out_and_not_counted(db: store.Database) -> None:
    plain, safety, stopped, unread = claim(), claim(lane=Lane.SAFETY), claim(), claim()
    notices = [
        notice(claim=stopped.id, state=NoticeState.QUARANTINED),
        notice(claim=unread.id, state=NoticeState.QUARANTINED, problem="no text"),
    ]
    of = {about.id: question(0, claim=about.id) for about in (plain, safety, stopped, unread)}
    to_safety, of_none = question(0, team=Team.SAFETY, claim=plain.id), question(0)
    with db.write() as tx:
        records.add(tx, [plain, safety, stopped, unread, *notices, *of.values(), to_safety, of_none])
    with db.read() as look:
        everything = {one.id for one in (*of.values(), to_safety, of_none)}
        assert set(all_of(look, answered=False)) == everything
        shown = {of[plain.id].id, of[unread.id].id, of_none.id}
        assert set(all_of(look, answered=False, safety=False)) == shown
        assert [load.count for load in asked.loads(look, NOON, safety=False)] == [3]
        assert sum(load.count for load in asked.loads(look, NOON, safety=True)) == 6


@BOTH
def test_the_load_of_a_team_is_its_number_what_is_late_and_the_oldest(db: store.Database) -> None:
    made = [question(number) for number in range(6)]
    with db.write() as tx:
        records.add(tx, made)
    with db.read() as look:
        (first, second) = asked.loads(look, NOON + timedelta(seconds=90), safety=True)
    late = [
        sum(one.team is team and one.due_at is not None and one.due_at <= NOON + MINUTE for one in made)
        for team in TEAMS
    ]
    assert [(first.team, second.team), first.count, second.count] == [TEAMS, 3, 3]
    assert [first.late, second.late] == late
    assert (first.oldest, second.oldest) == (NOON, NOON + MINUTE)


@BOTH
def test_no_page_reads_all_questions(db: store.Database) -> None:
    with db.write() as tx:
        records.add(tx, [question(number) for number in range(8)])
        records.add(tx, [inquiry(number) for number in range(8)])
    with listening(db) as heard, db.read() as look:
        for answered in (False, True):
            page = asked.questions(look, tuple(Team), answered=answered, safety=False)
            asked.questions(look, tuple(Team), answered=answered, safety=False, after=page.after)
            asked.from_partners(look, answered=answered, after=asked.from_partners(look, answered=answered).after)
        asked.loads(look, NOON, safety=False)
    with db.read() as look:
        assert scanned(look, list(heard)) == []


def test_an_end_that_is_of_no_page_is_refused(db: store.Database) -> None:
    with db.read() as look:
        for after in ("x~E-1", "2026-01-01~E-1"):
            for answered in (False, True):
                with pytest.raises(store.StoreError, match="begin at the first page"):
                    asked.questions(look, TEAMS, answered=answered, safety=True, after=after)
