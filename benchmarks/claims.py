"""Made-up claims in any number, whole with listings, works, matches, proposals, decisions and the audit chain."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rich.progress import track

from matchers.finding import Finding
from noticedesk import store
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.model.event import Actor
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeKind, NoticeState
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.right import AssetKind, Right, RightKind, Work
from noticedesk.model.verdict import Verdict
from noticedesk.store import bulk, records
from noticedesk.store.chain import Entry
from noticedesk.store.tables import Noun

BEGIN = datetime(2026, 11, 1, 8, tzinfo=UTC)
CHUNK = 2_000
HOLDERS = 2_000
SELLERS = 50_000
LANGUAGES = ["en", "de", "fr", "es", "it", "pl", "nl", "ja"]
RIGHTS = [RightKind.COPYRIGHT, RightKind.TRADEMARK, RightKind.DESIGN, RightKind.PATENT]
WORDS = [
    "red",
    "blue",
    "case",
    "runner",
    "shoe",
    "phone",
    "print",
    "poster",
    "watch",
    "lamp",
    "bag",
    "shirt",
    "retro",
    "air",
    "sunset",
    "vintage",
    "deluxe",
    "mini",
]
WAITS = [AllegationState.IN_REVIEW] * 66 + [AllegationState.COUNTERED] * 2 + [AllegationState.ACTION_FAILED] * 2
OVER = [AllegationState.ACTIONED] * 22 + [AllegationState.DISMISSED] * 8
LANES = [Lane.NORMAL] * 90 + [Lane.TRUSTED_FLAGGER] * 6 + [Lane.STATUTORY] * 3 + [Lane.COURT]
DESK = Actor(name="load")


@dataclass(frozen=True, slots=True)
class World:
    """What the claims are drawn from."""

    chance: random.Random
    service: str
    law: tuple[str, int]
    rights: dict[tuple[int, RightKind], Right]


def cases(world: World, first: int, many: int) -> tuple[list[Noun], list[Entry]]:
    """The nouns of so many claims, and their events."""
    nouns: list[Noun] = []
    entries: list[Entry] = []
    for number in range(first, first + many):
        nouns += case(world, number, entries)
    return nouns, entries


def case(world: World, number: int, entries: list[Entry]) -> Iterator[Noun]:
    """One claim with one allegation, whole."""
    chance = world.chance
    # a few holders claim very much
    holder, kind = int(chance.paretovariate(0.6)) % HOLDERS, chance.choices(RIGHTS, [6, 3, 1, 0.2])[0]
    right = world.rights[holder, kind]
    at = BEGIN - timedelta(seconds=number * 20)
    state = chance.choice(WAITS + OVER)
    of = Claim(
        id=f"C-{number:010}", service=world.service, regime=world.law[0], regime_version=world.law[1],
        verdict=Verdict.EFFECTIVE.value, state=ClaimState.ACCEPTED, lane=chance.choice(LANES),
        principal=f"holder {holder}", language=chance.choices(LANGUAGES, [9, 3, 2, 2, 1, 1, 1, 1])[0], received_at=at,
        due_at=at + timedelta(hours=chance.randint(12, 400)) if chance.random() < 0.8 else None,
        flags=("fair_use",) if chance.random() < 0.02 else (),
    )  # fmt: skip
    title = " ".join(chance.sample(WORDS, 5)) + f" x{number % 9000}"
    on = Listing(
        id=f"L-{number:010}", service=world.service, item=str(number), title=title, country="US",
        url=f"https://marketplace.example/item/{number}", account=f"shop{chance.randrange(SELLERS)}",
    )  # fmt: skip
    work = Work(id=f"W-{number:010}", claim=of.id, kind=AssetKind.PHOTO, title=f"Work {number}", mark=f"MARK{holder}")
    about = Allegation(
        id=f"A-{number:010}", claim=of.id, work=work.id, listing=on.id, right=right.id, url=on.url, state=state
    )
    yield from (of, on, work, about)
    yield from found(world, of, about, number)
    entries.append(Entry(actor=DESK, act="claim.opened", subject=of.id, claim=of.id, details={"load": True}))
    entries.append(Entry(actor=DESK, act=f"allegation.{state}", subject=about.id, claim=of.id, details={"version": 1}))


def found(world: World, of: Claim, about: Allegation, number: int) -> Iterator[Noun]:
    """What came in, was found, proposed and, where it is over, decided."""
    chance = world.chance
    score, at = round(chance.betavariate(4, 2), 3), of.received_at
    yield Notice(
        id=f"N-{number:010}", service=of.service, channel="mail", delivery=str(number), sha256="0" * 64, claim=of.id,
        received_at=at, ingested_at=at, kind=NoticeKind.COPYRIGHT_NOTICE, state=NoticeState.READ,
        sender=f"agent@{of.principal.replace(' ', '')}.example", message_id=f"<{number}@mail.example>",
    )  # fmt: skip
    yield Party(
        id=f"Y-{number:010}", claim=of.id, role=PartyRole.SENDER, name=of.principal,
        email=f"agent@{of.principal.replace(' ', '')}.example",
    )  # fmt: skip
    shown = Evidence(
        id=f"V-{number:010}", claim=of.id, listing=about.listing, role=EvidenceRole.MEDIA, url=about.url,
        fetched_at=at, outcome=Outcome.FETCHED, sha256=f"{number // 3:064x}", media_type="image/png",
    )  # fmt: skip
    match = Finding(matcher="image", ours="a", theirs=shown.sha256, reason="the pictures are alike", score=score)
    yield from (
        shown,
        store.attach(match, store.About(allegation=about.id, evidence=shown.id), id=f"F-{number:010}", made_at=at),
        Proposal(
            id=f"O-{number:010}", allegation=about.id, band=Band.STRONG if score > 0.75 else Band.BORDERLINE,
            action=Action.DISABLE, reason=Reason.COPY, why=("the pictures are alike",), regime=of.regime,
            regime_version=of.regime_version, made_at=at + timedelta(minutes=2),
        ),
    )  # fmt: skip
    if about.state in OVER or about.state in (AllegationState.COUNTERED, AllegationState.ACTION_FAILED):
        none = about.state is AllegationState.DISMISSED
        yield Decision(
            id=f"D-{number:010}", allegation=about.id, action=Action.NONE if none else Action.DISABLE,
            reason=Reason.NOT_SAME if none else Reason.COPY, decided_by=f"P-{chance.randrange(20)}",
            decided_at=at + timedelta(hours=chance.expovariate(1 / 9)), regime=of.regime,
        )  # fmt: skip


def fill(desk: Desk, claims: int) -> None:
    """Loads claims until there are so many, some thousand a transaction."""
    with desk.db.read() as look:
        held = records.count(look, Claim)
    world = _world(desk)
    if not held:
        with desk.db.write() as tx:
            bulk.load(tx, world.rights.values(), [])
    for first in track(range(held, claims, CHUNK), "load", transient=True):
        with desk.db.write() as tx:
            bulk.load(tx, *cases(world, first, min(CHUNK, claims - first)))


def _world(desk: Desk) -> World:
    law = next(item for item in desk.in_force(BEGIN, desk.services[0].id) if item.id == "us_dmca_512c")
    rights = {
        (holder, kind): Right(id=f"R-{holder:06}-{kind.value[:2]}", kind=kind, holder=f"holder {holder}")
        for holder in range(HOLDERS)
        for kind in RIGHTS
    }
    return World(random.Random(1), desk.services[0].id, (law.id, law.version.version), rights)
