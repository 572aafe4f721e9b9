"""What must be true of a home however often its processes were killed."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from noticedesk import store
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.clock import Clock
from noticedesk.model.decision import Decision, Proposal
from noticedesk.model.event import Event
from noticedesk.model.evidence import Evidence
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxState
from noticedesk.model.listing import Restriction
from noticedesk.model.notice import Notice
from noticedesk.model.party import Party
from noticedesk.store import records
from tests.kill.sink import Sink
from tests.noticedesk.desk.receiver import Receiver


def every(home: Path, noun: type[Any], /, **equals: object) -> list[Any]:
    """The rows of a home."""
    with closing(store.open(f"sqlite:///{home / 'claims.db'}")) as db, db.read() as look:
        return records.find(look, noun, **equals)


def in_the_inbox(home: Path) -> int:
    """How many mails wait."""
    return sum(path.is_file() for path in (home / "inbox").iterdir())


def once_each(home: Path, sent: Sequence[bytes]) -> None:
    """Every mail is one notice, one claim, one allegation and one receipt; nothing else is there; the chain holds."""
    notices, claims, allegations = every(home, Notice), every(home, Claim), every(home, Allegation)
    assert len(notices) == len(claims) == len(allegations) == len(sent)
    assert len({notice.delivery for notice in notices}) == len(sent)
    assert {notice.claim for notice in notices} == {claim.id for claim in claims}
    assert Counter(letter.claim for letter in every(home, Letter) if letter.template.endswith("/receipt")) == Counter(
        claim.id for claim in claims
    )
    assert in_the_inbox(home) == 0
    assert {notice.sha256 for notice in notices} == {hashlib.sha256(raw).hexdigest() for raw in sent}
    first, *others = [course(home, claim) for claim in claims]
    assert not [(other - first, first - other) for other in others if other != first], "one case went another way"
    every_byte_is_there(home)
    with closing(store.open(f"sqlite:///{home / 'claims.db'}")) as db:
        assert store.proof.verify(db) == []


def course(home: Path, claim: Claim) -> frozenset[tuple[object, int]]:
    """What a case consists of and what happened in it; a letter that may be a repeat is only noted."""
    looked_at = (Letter, "template", "state"), (Clock, "rule"), (Party, "role"), (Evidence, "role", "outcome")
    found = Counter(
        (noun.__name__, *(getattr(one, name) for name in names))
        for noun, *names in looked_at
        for one in every(home, noun, claim=claim.id)
    )
    found.update(one.act for one in every(home, Event, claim=claim.id) if one.act != "letter.uncertain")
    return frozenset(found.items()) | {(claim.state, 1)}


def every_byte_is_there(home: Path) -> None:
    """What the tables name by its digest is in the store, whole."""
    blobs = store.Blobs(f"file://{home / 'blobs'}")
    named = {one.sha256 for noun in (Notice, Letter, Evidence) for one in every(home, noun)} - {""}
    assert all(hashlib.sha256(blobs.get(digest)).hexdigest() == digest for digest in named)


def proposed_once(home: Path) -> None:
    """One proposal stands before a person for every allegation."""
    allegations = every(home, Allegation)
    assert {allegation.state for allegation in allegations} == {AllegationState.IN_REVIEW}
    assert Counter(proposal.allegation for proposal in every(home, Proposal)) == Counter(a.id for a in allegations)


def had_once(home: Path, receiver: Receiver, kills: int) -> None:
    """Every decision took effect once by its key at the platform; it was asked again once a kill at most."""
    decisions = every(home, Decision)
    assert sorted(receiver.took) == sorted(decision.id for decision in decisions)
    assert len(receiver.asked) - len(receiver.took) <= kills
    assert {allegation.state for allegation in every(home, Allegation)} == {AllegationState.ACTIONED}
    assert len(decisions) == len(every(home, Restriction)) == len(every(home, Allegation))


def letters_are_sent_once(home: Path, sink: Sink, kills: int) -> None:
    """What the mail server has is what was approved; a repeat is the same bytes, and there is one a kill at most."""
    sent = [letter for letter in every(home, Letter) if letter.state is LetterState.SENT]
    assert {row.state for row in every(home, Outbox)} <= {OutboxState.SENT, OutboxState.CONFIRMED}
    assert len(sent) == len(every(home, Outbox, kind="mail")) > 0
    assert set(sink.accepted) == {letter.message_id for letter in sent}
    assert all(len(set(copies)) == 1 for copies in sink.accepted.values())
    assert sum(len(copies) - 1 for copies in sink.accepted.values()) <= kills
