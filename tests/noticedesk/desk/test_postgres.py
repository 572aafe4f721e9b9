"""The way of a claim on PostgreSQL: taken in, processed by two at once, decided, dispatched, counted."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from noticedesk import store
from noticedesk.demo.origin import Origin
from noticedesk.desk import metrics, process, review
from noticedesk.desk.desk import Desk
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.ingest import ingest
from noticedesk.desk.policy import Platform
from noticedesk.desk.review import Ruling
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Proposal
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.kill.sink import mail_server
from tests.noticedesk.desk.factory import Mail, Time, Web, deliver, opened, person
from tests.noticedesk.desk.receiver import SECRET, Receiver
from tests.noticedesk.store.conftest import migrated_server, on_postgres  # noqa: F401  (fixtures)

pytestmark = pytest.mark.postgres

CLAIMS = 8


@pytest.fixture
def there(
    on_postgres: store.Database,  # noqa: F811
    receiver: Receiver,
    tmp_path: Path,
    web: Web,
    time: Time,
) -> Iterator[Desk]:
    """A desk on PostgreSQL, with a platform and a mail server, and complaints in its inbox."""
    with (
        Origin(receiver) as origin,
        mail_server() as (_, smtp),
        opened(tmp_path, web, time, undo_minutes=0, chunk=2) as desk,
    ):
        chosen = replace(desk.settings, webhook_secret=SECRET, smtp=smtp)
        urls = [web.listing(f"a{number}") for number in range(CLAIMS)]
        mails = [
            Mail(urls=(url,), sender=f"m@lind{number}.example", message_id=f"<{number}@lind.example>").raw()
            for number, url in enumerate(urls)
        ]
        deliver(tmp_path, {f"{number}.eml": raw for number, raw in enumerate(mails)})
        desk.db.close()
        yield replace(desk, db=on_postgres, settings=chosen, platform=Platform(webhook=f"{origin.url}/actions"))


def every(desk: Desk, noun: type) -> list:  # type: ignore[type-arg]
    with desk.db.read() as look:
        return records.find(look, noun)


def test_a_claim_goes_its_whole_way_and_two_processes_share_the_work(there: Desk, receiver: Receiver) -> None:
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: ingest(there, there.source("inbox")), range(2)))
        assert len(every(there, Claim)) == CLAIMS
        list(both.map(lambda _: process.run_all(there), range(2)))
    process.run_all(there)
    waiting = every(there, Allegation)
    assert {one.state for one in waiting} == {AllegationState.IN_REVIEW}
    assert Counter(one.allegation for one in every(there, Proposal)) == Counter(one.id for one in waiting)
    ann = person(there, Role.SPECIALIST)
    for one in waiting:
        review.decide(there, ann, one.id, Ruling(action=Action.DISABLE, reason=Reason.COPY), one.version)
    while dispatch(there).counts.total():
        pass
    assert {one.state for one in every(there, Allegation)} == {AllegationState.ACTIONED}
    assert len(receiver.took) == CLAIMS
    assert LetterState.QUEUED not in {letter.state for letter in every(there, Letter)}
    assert store.proof.verify(there.db) == []


def test_metrics_are_counted_there_too(there: Desk) -> None:
    ingest(there, there.source("inbox"))
    told = metrics.text(there.db, ("inbox",), there.now)
    assert f'noticedesk_queue_length{{queue="claims",state="received"}} {CLAIMS}.0' in told
