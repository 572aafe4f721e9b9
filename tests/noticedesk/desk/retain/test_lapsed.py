"""What nobody came back for is erased: unconfirmed submissions with their bytes, and senders not let in any more."""

import hashlib
from datetime import timedelta

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.retain import run
from noticedesk.model.event import Actor
from noticedesk.model.submission import Sender, Submission, SubmissionKind
from noticedesk.store import Erased, records, senders
from tests.noticedesk.desk.factory import NOW, Time

RAW = b'{"work": "Sunset"}'


def submitted(desk: Desk, key: str = "k1", **more: object) -> Submission:
    """A submission of a form that nobody has confirmed."""
    desk.blobs.put(RAW)
    made = Submission(
        id=f"F-{key}",
        key=key,
        service="shop",
        kind=SubmissionKind.COMPLAINT,
        email="maria@lind.example",
        body=hashlib.sha256(RAW).hexdigest(),
        sha256="0" * 64,
        received_at=NOW,
        expires_at=NOW + timedelta(days=10),
        **more,  # type: ignore[arg-type]
    )
    with desk.db.write() as tx:
        records.add(tx, made)
    return made


def test_an_unconfirmed_submission_is_erased_with_its_bytes_and_once(desk: Desk, time: Time) -> None:
    made = submitted(desk)
    assert not run.erase_submissions(desk).counts
    time.pass_(days=41)
    assert dict(run.erase_submissions(desk).counts) == {"submission erased": 1}
    with desk.db.read() as look:
        left = records.get(look, Submission, made.id)
    assert (left.email, left.key, left.body) == ("", f"erased:{made.id}", made.body)
    with pytest.raises(Erased):
        desk.blobs.get(made.body)
    assert not run.erase_submissions(desk).counts


def test_bytes_that_another_submission_needs_stay(desk: Desk, time: Time) -> None:
    made = submitted(desk)
    time.pass_(days=41)
    with desk.db.write() as tx:
        records.add(tx, Submission(**{**_fields(made), "id": "F-2", "key": "k2", "expires_at": desk.now()}))
    assert dict(run.erase_submissions(desk).counts) == {"submission erased": 1}
    assert desk.blobs.get(made.body) == RAW


def _fields(made: Submission) -> dict[str, object]:
    return {name: getattr(made, name) for name in Submission.__dataclass_fields__}


def test_what_was_taken_over_is_left_to_its_claim(desk: Desk, time: Time) -> None:
    submitted(desk, taken_at=NOW)
    time.pass_(days=1000)
    assert not run.erase_submissions(desk).counts


def test_a_sender_who_is_not_let_in_is_erased_after_the_last_use(desk: Desk, time: Time) -> None:
    by = Actor(name="test")
    with desk.db.write() as tx:
        gone = senders.add_sender(tx, "Lind Photo", "maria@lind.example", by, now=NOW)
        stays = senders.add_sender(tx, "Berg", "jo@berg.example", by, now=NOW)
        senders.issue_token(tx, gone.id, by, now=NOW + timedelta(days=100))
        senders.set_active(tx, gone.id, False, by)
    time.pass_(days=400)
    assert not run.erase_senders(desk).counts
    time.pass_(days=100)
    assert dict(run.erase_senders(desk).counts) == {"sender erased": 1}
    with desk.db.read() as look:
        assert (records.get(look, Sender, gone.id).name, records.get(look, Sender, stays.id).name) == ("", "Berg")
    assert not run.erase_senders(desk).counts
