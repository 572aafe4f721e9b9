"""How long the review queue takes at the server with very many claims, on SQLite and PostgreSQL.

    python -m benchmarks.queue [--claims N] [--times N] [--only sqlite|postgres] [--folder DIR]

Loads N made-up claims (1,000,000 unless said otherwise; seven in ten wait for a person), with listings, works, matches,
proposals, decisions and the audit chain, and prints medians: a page, a page deep in the queue, filters, the next case
for a person, a whole case, precedents, and a decision with its letters. A decision ends with a commit to the disk.
"""

import argparse
import random
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.progress import track

from matchers.finding import Finding
from noticedesk import settings, store
from noticedesk.desk import review, waiting
from noticedesk.desk.desk import Desk, open_desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState, Lane
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.model.event import Actor
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.model.ids import new_id
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeKind, NoticeState
from noticedesk.model.party import Party, PartyRole
from noticedesk.model.person import Person, Role
from noticedesk.model.right import AssetKind, Right, RightKind, Work
from noticedesk.model.verdict import Verdict
from noticedesk.store import bulk, proof, records
from noticedesk.store.chain import Entry
from noticedesk.store.tables import Noun
from noticedesk.store.waiting import Filters

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
    """Loads the claims, some thousand a transaction."""
    chance = random.Random(1)
    law = next(item for item in desk.in_force(BEGIN, desk.services[0].id) if item.id == "us_dmca_512c")
    rights = {
        (holder, kind): Right(id=f"R-{holder:06}-{kind.value[:2]}", kind=kind, holder=f"holder {holder}")
        for holder in range(HOLDERS)
        for kind in RIGHTS
    }
    world = World(chance, desk.services[0].id, (law.id, law.version.version), rights)
    with desk.db.write() as tx:
        bulk.load(tx, rights.values(), [])
    for first in track(range(0, claims, CHUNK), "load", transient=True):
        with desk.db.write() as tx:
            bulk.load(tx, *cases(world, first, min(CHUNK, claims - first)))
    store.analyze(desk.db)


def median(act: Callable[[], object], times: int) -> tuple[float, float]:
    """The medians of so many calls, in milliseconds: by the clock, and what this process computed."""
    taken, computed = [], []
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        act()
        taken.append((time.perf_counter() - start) * 1000)
        computed.append((time.process_time() - used) * 1000)
    return statistics.median(taken), statistics.median(computed)


def reads(desk: Desk, person: Person) -> dict[str, Callable[[store.Look], object]]:
    """What is measured by reading, each in a transaction of its own."""
    now = BEGIN
    with desk.db.read() as look:
        first = waiting.page(look, now=now)
        deep = _deep(look, 200)
        about = first.items[0]
    named = {
        "right patent": Filters(right_kind="patent"),
        "holder": Filters(holder=about.holder),
        "band borderline": Filters(band="borderline"),
        "score 0.45 to 0.80": Filters(score_from=0.45, score_to=0.8),
        "language de": Filters(language="de"),
        "due before": Filters(due_before=now - timedelta(days=2)),
        "flag": Filters(flag="fair_use"),
        "state action_failed": Filters(state="action_failed"),
        "lane court": Filters(lanes=("court",)),
        "seller": Filters(seller=about.seller),
        "picture": Filters(picture=about.picture),
        "text, rare word": Filters(text="x4711"),
        "text, common words": Filters(text="red shoe"),
        "text, beginning": Filters(text="sunset pos"),
        "language ja + right patent": Filters(language="ja", right_kind="patent"),
        "holder + flag + score": Filters(holder=about.holder, flag="fair_use", score_from=0.5),
        "nobody + service + de": Filters(assignee="", service=about.service, language="de"),
    }
    pages = {f"filter: {name}": _paged(filters) for name, filters in named.items()}
    return {
        "page of 50 with count": lambda look: waiting.page(look, now=now),
        "page, deep in the queue": lambda look: waiting.page(look, Filters(), deep, now=now),
        "page and its groups": lambda look: waiting.groups(look, waiting.page(look, now=now).items),
        **pages,
        "next case": lambda look: waiting.next(look, person, now=now),
        "case": lambda look: waiting.case(look, about.subject),
        "precedents": lambda look: waiting.precedents(look, about.subject),
    }


def _paged(filters: Filters) -> Callable[[store.Look], object]:
    return lambda look: waiting.page(look, filters, now=BEGIN)


def _deep(look: store.Look, pages: int) -> str:
    after = ""
    for _ in range(pages):
        after = store.waiting.line(look, Filters(desks=("specialist",)), after, 500).after or after
    return after


def measure(desk: Desk, times: int) -> dict[str, tuple[float, float]]:
    """The medians in milliseconds."""
    person = Person(
        id=new_id("P"), name="Ann", email=f"{new_id('E')}@desk.example", roles=(Role.SPECIALIST,), created_at=BEGIN
    )  # fmt: skip
    with desk.db.write() as tx:
        records.add(tx, person)
    found = {}
    for name, read in reads(desk, person).items():

        def once(read: Callable[[store.Look], object] = read) -> None:
            with desk.db.read() as look:
                read(look)

        found[name] = median(once, times)
    found["decision, with its letters"] = median(lambda: _decide_next(desk, person), times)
    return found


def _decide_next(desk: Desk, person: Person) -> None:
    with desk.db.read() as look:
        subject = waiting.next(look, person, Filters(state="in_review"), now=BEGIN)
        assert subject is not None, "nothing is left to decide"
        version = records.get(look, Allegation, subject).version
    ruling = review.Ruling(action=Action.DISABLE, reason=Reason.COPY)
    review.decide(desk, person, subject, ruling, version)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server of our own; its URL."""
    from pgserver import get_server

    folder.chmod(0o755)
    server = get_server(folder / "pg")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def run(database: str, folder: Path, claims: int, times: int) -> None:
    """Loads and measures one database, and prints what came of it."""
    chosen = replace(settings.Settings(home=folder), database=database)
    db = store.open(chosen.database_url)
    store.migrate(db)
    db.close()
    with open_desk(chosen) as desk:
        start = time.perf_counter()
        fill(desk, claims)
        loaded = time.perf_counter() - start
        with desk.db.read() as look:
            waits = store.waiting.count(look, Filters(), 10**9)
        print(f"\n{desk.db.url.get_backend_name()}: {claims:,} claims, {waits:,} wait, loaded in {loaded:,.0f} s")
        for name, (taken, computed) in measure(desk, times).items():
            print(f"  {taken:8.2f} ms ({computed:.2f} of it computing here)  {name}")
        start = time.perf_counter()
        breaks = proof.verify(desk.db)
        print(f"  the chain has {len(breaks)} breaks, verified in {time.perf_counter() - start:,.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--folder", type=Path, default=None, help="Where the databases are made (and removed).")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="noticedesk-queue-", dir=given.folder, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if given.only != "postgres":
            (folder / "sqlite").mkdir()
            run("", folder / "sqlite", given.claims, given.times)
            shutil.rmtree(folder / "sqlite")
        if given.only != "sqlite":
            with postgres(folder) as url:
                run(url, folder, given.claims, given.times)


if __name__ == "__main__":
    main()
