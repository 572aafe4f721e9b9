"""The play: complaints arrive, the flows run, a specialist decides what is clear, effects are had; then the truth."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from noticedesk import settings, store
from noticedesk.demo.complaint import Complaint
from noticedesk.demo.complaints import complaints, write
from noticedesk.demo.configuration import configure
from noticedesk.demo.mailed import mailed
from noticedesk.demo.marketplace import EVENTS_SECRET, SECRET, SLOW, Marketplace
from noticedesk.demo.outcome import Outcome, outcome
from noticedesk.demo.people import PEOPLE, SPECIALIST, decide_clear
from noticedesk.demo.products import products
from noticedesk.demo.sink import Sink
from noticedesk.desk import review
from noticedesk.desk.cases.waiting import latest_proposal
from noticedesk.desk.desk import Desk, open_desk
from noticedesk.desk.enforcement import platform
from noticedesk.desk.staff import people
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.person import Person
from noticedesk.store import records

RunFlow = Callable[[str], object]
"""Runs one flow by its name."""

WAVES = (1, 2)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the play is set: the home of the desk, its configuration, and the inbox that complaints fall into."""

    home: Path

    @property
    def config(self) -> Path:
        """The configuration of the demo's desk."""
        return self.home / "config"

    @property
    def inbox(self) -> Path:
        """The folder that the demo's source watches."""
        return self.home / "inbox"


def play(stage: Stage, run_flow: RunFlow, images: Path | None, say: Callable[[str], None]) -> list[Outcome]:
    """Plays both waves on a fresh desk and returns what came of each complaint."""
    say("Drawing products and opening the marketplace" if images is None else f"Making products from {images}")
    with Marketplace(products(images=images), slow=SLOW) as market, Sink() as post:
        stage.inbox.mkdir(parents=True, exist_ok=True)
        configure(market, stage.config, stage.inbox)
        os.environ |= {"NOTICEDESK_CONFIG": str(stage.config), "NOTICEDESK_WEBHOOK_SECRET": SECRET}
        os.environ |= {"NOTICEDESK_PLATFORM_SECRET": EVENTS_SECRET, "NOTICEDESK_SMTP": post.url}
        token = _staffed()
        sent = complaints(market, datetime.now(UTC))
        for wave in WAVES:
            say(f"Wave {wave}: {len(write(sent, stage.inbox, wave))} deliveries arrive")
            _wave(run_flow, token, sent, say)
            say(f"  the platform confirms {_confirmed(market)} that it had only accepted")
            say("  flow dispatch, for the letters that waited for that")
            run_flow("dispatch")
            say(f"  {len(mailed(post.taken).letters)} letters have left")
        with open_desk(settings.from_environment()) as desk:
            arrived = mailed(post.taken)
            return [outcome(desk, complaint, arrived) for complaint in sent]


def _wave(run_flow: RunFlow, token: str, sent: tuple[Complaint, ...], say: Callable[[str], None]) -> None:
    for name in ("ingest", "answer", "process"):
        say(f"  flow {name}")
        run_flow(name)
    say(f"  the specialist decides {_decide(token)} that are clear")
    say("  flow dispatch")
    run_flow("dispatch")


def _confirmed(market: Marketplace) -> int:
    """Delivers the confirmations that the marketplace still owes, as its events; how many those were."""
    owed = market.owed()
    with open_desk(settings.from_environment()) as desk:
        for told in owed:
            platform.receive(desk, told.headers, told.body)
    return len(owed)


def _staffed() -> str:
    """A fresh database with the demo's people; the specialist's token."""
    with closing(store.open(settings.from_environment().database_url)) as db:
        store.migrate(db)
        with db.write() as tx:
            records.add(tx, PEOPLE)
        return people.token(db, None, SPECIALIST.id, datetime.now(UTC))


def _decide(token: str) -> int:
    """Decides what is clear, as the owner of the token; how many decisions that were."""
    with open_desk(settings.from_environment()) as desk:
        with desk.db.read() as look:
            person = store.people.person_of(look, token)
            waiting = records.find(look, Allegation, state=AllegationState.IN_REVIEW)
        return sum(_decide_one(desk, person, allegation) for allegation in waiting)


def _decide_one(desk: Desk, person: Person, allegation: Allegation) -> bool:
    with desk.db.read() as look:
        proposal = latest_proposal(look, allegation.id)
    choice = decide_clear(proposal) if proposal else None
    if choice is None:
        return False
    action, reason = choice
    review.decide(desk, person, allegation.id, review.Ruling(action=action, reason=reason), allegation.version)
    return True
