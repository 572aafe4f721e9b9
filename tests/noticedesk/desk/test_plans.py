"""Opening a case and deciding it follow indexes: nothing reads a large table from end to end, on neither database."""

from dataclasses import replace
from pathlib import Path

from benchmarks.claims import fill
from noticedesk import store
from noticedesk.desk import review
from noticedesk.desk.cases import custody, waiting
from noticedesk.desk.review import Ruling
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.desk.factory import Time, Web, opened, person
from tests.noticedesk.store.conftest import (  # noqa: F401  (fixtures)
    db,
    migrated_file,
    migrated_server,
    on_postgres,
    on_sqlite,
)
from tests.noticedesk.store.factory import BOTH
from tests.noticedesk.store.plans import listening, scanned


@BOTH
def test_the_next_case_its_page_and_its_decision_follow_indexes(db: store.Database, tmp_path: Path) -> None:  # noqa: F811
    with opened(tmp_path, Web(), Time()) as at_hand:
        desk = replace(at_hand, db=db)
        fill(desk, 40)
        ann = person(desk, Role.SPECIALIST)
        with listening(db) as asked:
            taken = custody.take_next(desk, ann, waiting.Filters(state="in_review"))
            assert taken is not None
            with db.read() as look:
                waiting.case(look, taken.claim)
                waiting.precedents(look, taken.subject)
                version = records.get(look, Allegation, taken.subject).version
            review.decide(desk, ann, taken.subject, Ruling(action=Action.DISABLE, reason=Reason.COPY), version)
        with db.read() as look:
            statements = list(asked)
            assert len(statements) > 50
            # the end of the log is a table of one row
            assert set(scanned(look, statements)) <= {"chain_head"}
