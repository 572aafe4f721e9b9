"""News: what happened, or became final, to what a sender with a webhook sent in; on both databases."""

from dataclasses import replace
from datetime import timedelta

from noticedesk import store
from noticedesk.model.action import Action, Reason
from noticedesk.model.decision import Decision
from noticedesk.model.event import Actor
from noticedesk.model.submission import Sender, Submission, SubmissionKind
from noticedesk.store import chain, news, records, senders, sources
from tests.noticedesk.store.factory import BOTH, MINUTE, NOON, fresh, notice, saved_allegation

pytestmark = BOTH

ANN = Actor(name="P-1", person=True)
UNDO = timedelta(minutes=10)


def sent(tx: store.Transaction, webhook: str = "https://m.example/told", claim: str | None = None) -> Submission:
    """Something that a sender sent in, and the notice that it became."""
    sender = Sender(id=fresh("S"), name="Maria", email=f"{fresh('m')}@lind.example", created_at=NOON)
    submission = Submission(
        id=fresh("F"),
        sender=sender.id,
        key=fresh("k"),
        service="shop",
        kind=SubmissionKind.COMPLAINT,
        email=sender.email,
        body="0" * 64,
        sha256="0" * 64,
        received_at=NOON,
        expires_at=NOON + timedelta(days=9),
    )
    records.add(tx, [sender, submission, notice(channel="api", delivery=submission.id, claim=claim)])
    senders.set_webhook(tx, sender.id, webhook, ANN, now=NOON)
    return submission


def changed(look: store.Look, since: news.Place, after: timedelta = MINUTE) -> list[str]:
    return [one.id for one in news.changed(look, since, NOON + after, UNDO)]


def test_what_happens_to_its_claim_is_news_of_a_submission_once(db: store.Database) -> None:
    with db.write() as tx:
        about = saved_allegation(tx)
        mine, deaf = sent(tx, claim=about.claim), sent(tx, webhook="", claim=about.claim)
        other = sent(tx)
        before = news.here(tx, NOON)
        chain.append(tx, ANN, "claim.checked", about.claim, about.claim)
    with db.read() as look:
        assert changed(look, before) == [mine.id] and deaf.id != other.id
        assert changed(look, news.here(look, NOON + MINUTE)) == []
        assert changed(look, before, timedelta(days=9)) == [], "its status address works no longer"


def test_that_it_was_told_is_no_news(db: store.Database) -> None:
    with db.write() as tx:
        about = saved_allegation(tx)
        mine = sent(tx, claim=about.claim)
        before = news.here(tx, NOON)
        chain.append(tx, ANN, f"{news.OURS}confirmed", mine.id, about.claim)
    with db.read() as look:
        assert changed(look, before) == []


def test_a_decision_is_news_when_it_can_no_longer_be_undone(db: store.Database) -> None:
    with db.write() as tx:
        about = saved_allegation(tx)
        mine = sent(tx, claim=about.claim)
        made = Decision(
            id=fresh("D"),
            allegation=about.id,
            action=Action.NONE,
            reason=Reason.NOT_PROVEN,
            decided_by="P-1",
            decided_at=NOON,
        )
        records.add(tx, made)
        place = news.here(tx, NOON)
    with db.read() as look:
        assert changed(look, place, UNDO - MINUTE) == []
        assert changed(look, replace(place, at=NOON + UNDO - MINUTE), UNDO + MINUTE) == [mine.id]
        assert changed(look, replace(place, at=NOON + UNDO + MINUTE), UNDO + 2 * MINUTE) == []


def test_the_place_is_kept_as_it_is_and_begins_once(db: store.Database) -> None:
    with db.write() as tx:
        sent(tx)
        first = sources.checkpoint(tx, news.SOURCE).cursor
        chain.append(tx, ANN, "claim.checked", "C-1", None)
        sent(tx)
        assert sources.checkpoint(tx, news.SOURCE).cursor == first != ""
        place = news.here(tx, NOON)
        assert news.Place.read(str(place)) == place
