"""How long the review queue takes at the server with very many claims, on SQLite and PostgreSQL.

    python -m benchmarks.queue [--claims N] [--times N] [--only sqlite|postgres] [--keep DIR]

Loads N made-up claims (1,000,000 unless said otherwise; seven in ten wait for a person), with listings, works, matches,
proposals, decisions and the audit chain, and prints medians: a page, a page deep in the queue, filters, the next case
for a person, a whole case, precedents, and a decision with its letters. A decision ends with a commit to the disk.
With --keep the databases stay in that folder, and what they hold already is not loaded again.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.claims import BEGIN, fill
from noticedesk import settings, store
from noticedesk.desk import review
from noticedesk.desk.cases import waiting
from noticedesk.desk.desk import Desk, open_desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.ids import new_id
from noticedesk.model.person import Person, Role
from noticedesk.store import proof, records
from noticedesk.store.waiting import Filters


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
        store.analyze(desk.db)
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
    parser.add_argument("--keep", type=Path, default=None, help="Where the databases are made, and stay.")
    given = parser.parse_args()
    with _folder(given.keep) as folder:
        if given.only != "postgres":
            (folder / "sqlite").mkdir(exist_ok=True)
            run("", folder / "sqlite", given.claims, given.times)
        if given.only != "sqlite":
            with postgres(folder) as url:
                run(url, folder, given.claims, given.times)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """The folder that is kept, or one that ends with the run."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with TemporaryDirectory(prefix="noticedesk-queue-", ignore_cleanup_errors=True) as name:
        yield Path(name)


if __name__ == "__main__":
    main()
