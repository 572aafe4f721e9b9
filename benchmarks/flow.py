"""What Prefect costs: claims through check, decide and draft inside a flow with its server, over the same in a loop.

    python -m benchmarks.flow [--claims N] [--smaller N]

Complaints are made and taken in first; listings answer from memory, so nothing is fetched. Each claim comes to a
proposal with its letters drafted. Part by part the loop and the flow do the same claims, in turn and each on a copy of
one desk; `--smaller` many before, for how the cost grows. The start of the server is printed apart and counts for
nothing.
"""

import argparse
import asyncio
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from noticedesk import http, settings, store
from noticedesk.desk import process
from noticedesk.desk.desk import Desk, open_desk
from noticedesk.desk.ingest import ingest
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.letter import Letter
from noticedesk.store import records

LETTER = """From: Jonas Reinholt <rights@velkoru{number}.example>
To: copyright@shop.example
Subject: Trademark report: VELKORU
Message-ID: <{number}@velkoru{number}.example>
Date: Fri, 20 Nov 2026 15:00:00 +0000

I report a listing that infringes a registered trademark of Velkoru Footwear {number} GmbH.

Trademark: VELKORU
Registration number: 018{number:06}
Registered with: EUIPO
Classes and goods: Nice class 18, 25 (bags, footwear, clothing)

Owner of the trademark as registered: Velkoru Footwear {number} GmbH

Infringing listing:
https://shop.example/item/i{number}

The listing uses our mark as the brand of shoes. The complaint is about the content of the listing.

I am authorized to act on behalf of Velkoru Footwear {number} GmbH, the owner of the trademark.

I have a good faith belief that this use of the trademark is not authorized by the owner, its agent, or the law.

The information in this report is accurate.

Contact: Jonas Reinholt, Velkoru Footwear {number} GmbH, Werkstrasse 40, 90402 Nuremberg, Germany,
telephone +49 911 555 0142, e-mail rights@velkoru{number}.example

/s/ Jonas Reinholt
"""

IN_LOOP, IN_FLOW = "plain loop", "Prefect flow, one server"


@contextmanager
def home() -> Iterator[Path]:
    """A desk for shop.example in a folder of its own, which the environment then names."""
    made = Path(tempfile.mkdtemp(prefix="noticedesk-bench-"))
    config = made / "config"
    shutil.copytree(settings.data_folder("config"), config)
    (made / "inbox").mkdir()
    agent = {"name": "Agent", "address": "1 Main Street", "email": "c@shop.example", "timezone": "America/New_York"}
    service = {"id": "shop", "name": "Shop", "hosts": ["shop.example"], "countries": ["US"], "agent": agent}
    source = {"id": "inbox", "kind": "folder", "path": str(made / "inbox"), "service": "shop"}
    (config / "services.yaml").write_text(yaml.safe_dump([service]))
    (config / "sources.yaml").write_text(yaml.safe_dump([source]))
    os.environ |= {"NOTICEDESK_HOME": str(made), "NOTICEDESK_CONFIG": str(config)}
    with closing(store.open(settings.from_environment().database_url)) as db:
        store.migrate(db)
    try:
        yield made
    finally:
        shutil.rmtree(made)


@contextmanager
def copied(home: Path) -> Iterator[None]:
    """The same desk once more: the environment names the copy, which is gone afterwards."""
    with (
        TemporaryDirectory(prefix="noticedesk-bench-copy-") as name,
        closing(sqlite3.connect(name + "/claims.db")) as to,
    ):
        with closing(sqlite3.connect(home / "claims.db")) as of:
            of.backup(to)
        # what is under a digest never changes, so that a link is as good as a copy
        shutil.copytree(home / "blobs", Path(name, "blobs"), copy_function=os.link)
        os.environ["NOTICEDESK_HOME"] = name
        yield
    os.environ["NOTICEDESK_HOME"] = str(home)


def page(url: str) -> http.Page:
    """A listing without a picture and sold under the mark, from memory."""
    body = (
        b"<html><head><title>Velkoru running shoes, size 42</title></head><body><h1>Velkoru running shoes</h1></body>"
    )
    return http.Page(url, 200, {"content-type": "text/html"}, body)


@contextmanager
def still_desk(chosen: settings.Settings) -> Iterator[Desk]:
    """The desk of the settings, which fetches nothing."""
    with open_desk(chosen) as desk:
        yield replace(desk, fetch_page=page, fetch_media=page)


def take_in(folder: Path, first: int, count: int) -> None:
    for number in range(first, first + count):
        (folder / "inbox" / f"{number:06}.eml").write_text(LETTER.format(number=number))
    with still_desk(settings.from_environment()) as desk:
        ingest(desk, desk.source("inbox"))


def loop() -> None:
    with still_desk(settings.from_environment()) as desk:
        process.run_all(desk)


def flow() -> None:
    import flows.process

    flows.process.open_desk = still_desk
    asyncio.run(flows.process.process())


@dataclass(frozen=True)
class Cost:
    """Seconds by the wall clock, and of work of this process."""

    wall: float = 0.0
    work: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall + other.wall, self.work + other.work)

    def of_one(self, claims: int) -> "Cost":
        return Cost(self.wall / claims, self.work / claims)

    def over(self, other: "Cost") -> str:
        return f"{self.wall / other.wall:.2f} by the clock, {self.work / other.work:.2f} by work"

    def __str__(self) -> str:
        return f"{1000 * self.wall:>8.1f} ms a claim, {1000 * self.work:>6.1f} ms of it work of this process"


WAYS: tuple[tuple[str, Callable[[], None]], ...] = ((IN_LOOP, loop), (IN_FLOW, flow))
PARTS = 4


def timed(act: Callable[[], None]) -> Cost:
    began, worked = time.perf_counter(), time.process_time()
    act()
    return Cost(time.perf_counter() - began, time.process_time() - worked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--smaller", type=int, default=1_000)
    asked = parser.parse_args()
    with home() as folder:
        import flows
        from flows import lifeline, loopback

        with lifeline.held(folder):
            began = time.perf_counter()
            with loopback.server(0):
                import flows.process  # noqa: F401

                print(f"server and Prefect started in {time.perf_counter() - began:.1f} s (not counted)")
                measure(folder, asked.smaller, asked.claims)


def measure(folder: Path, smaller: int, claims: int) -> None:
    # Imports, caches and the first look at the law are nobody's cost.
    take_in(folder, 0, 5)
    loop()
    first, cost = 5, dict[tuple[str, int], Cost]()
    for count in (smaller, claims):
        spent = {IN_LOOP: Cost(), IN_FLOW: Cost()}
        # In turn, a part at a time, so that whatever else the machine does slows both alike.
        for part in range(PARTS):
            take_in(folder, first, count // PARTS)
            first += count // PARTS
            (before, act_before), (after, act_after) = WAYS if part % 2 else WAYS[::-1]
            with copied(folder):
                spent[before] += timed(act_before)
                came_to_letters(first)
            spent[after] += timed(act_after)
            came_to_letters(first)
            print(f"  part {part + 1} of {PARTS} of {count} done", flush=True)
        for name, whole in spent.items():
            cost[name, count] = whole.of_one(count // PARTS * PARTS)
            print(f"{name:24} {count:>7} claims {whole.wall:>8.1f} s {cost[name, count]}", flush=True)
    in_flow, in_loop = cost[IN_FLOW, claims], cost[IN_LOOP, claims]
    print(f"flow over loop at {claims}: {in_flow.over(in_loop)} (goal 1.10)")
    for name in (IN_LOOP, IN_FLOW):
        print(f"{name}: a claim of {claims} over one of {smaller}: {cost[name, claims].over(cost[name, smaller])}")


def came_to_letters(claims: int) -> None:
    """Raises where some claim did not come to a proposal with a letter drafted."""
    with closing(store.open(settings.from_environment().database_url)) as db, db.read() as look:
        waits = records.count(look, Allegation, state=AllegationState.IN_REVIEW.value)
        drafts = records.count(look, Letter, routine=False)
    if waits != claims or drafts < claims:
        raise RuntimeError(f"of {claims} claims {waits} came to a proposal, with {drafts} letters drafted")


if __name__ == "__main__":
    main()
