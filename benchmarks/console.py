"""How long a reviewer waits in the browser: from the key that decides to the next case on the screen.

    python -m benchmarks.console [--home DIR]

Takes in the complaints of `noticedesk demo`, decides none of them, opens the console as it is run, and in a real
Chromium presses `a` on one case after the other until nothing waits. Prints medians: in the browser from the key press
until the next case is drawn, and of it the time until the server had answered. Keys rest on each page until they act,
as always; that rest is not counted.

With --home the desk is made in that folder, and a later run goes on with the cases that wait there still.
"""

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as TookTooLong

from noticedesk import settings, store
from noticedesk.demo.accounts import accounts
from noticedesk.demo.complaints import complaints, write
from noticedesk.demo.configuration import configure
from noticedesk.demo.marketplace import EVENTS_SECRET, SECRET, Marketplace
from noticedesk.demo.people import PEOPLE, SPECIALIST
from noticedesk.demo.play import Stage
from noticedesk.demo.products import products
from noticedesk.desk import process
from noticedesk.desk.desk import open_desk
from noticedesk.desk.ingest import ingest
from noticedesk.store import records
from tests.browser.chromium import INSTALL, chromium

GOAL = 150
"""Milliseconds, as a median."""

WATCH = """
  window.waits = [];
  let pressed = 0, asked = "";
  const shown = () => document.querySelector("[data-case]")?.dataset.case ?? "";
  document.addEventListener("keydown", (e) => {
    if (e.key !== "a") return;
    pressed = performance.now();
    asked = shown();
  }, true);
  const drawn = () => requestAnimationFrame(() => setTimeout(() => {
    if (!pressed) return;
    const sent = performance.getEntriesByType("resource").filter((one) => one.startTime >= pressed - 1);
    const answered = Math.max(0, ...sent.filter((one) => one.initiatorType === "fetch").map((one) => one.responseEnd));
    window.waits.push({
      drawn: performance.now() - pressed,
      answered: answered - pressed,
      moved: shown() !== asked,
    });
    pressed = 0;
    document.documentElement.dataset.waits = window.waits.length;
  }));
  for (const name of ["htmx:after:swap", "htmx:afterSwap"]) document.addEventListener(name, drawn);
"""
"""Notes each wait: from a key press to the first frame after what it brought was put into the page."""


def take_in(home: Path) -> None:
    """The demo's first complaints, brought before a person."""
    stage = Stage(home)
    stage.inbox.mkdir(parents=True)
    with Marketplace(products()) as market:
        configure(market, stage.config, stage.inbox)
        named(home)
        with closing(store.open(settings.from_environment().database_url)) as db:
            store.migrate(db)
            with db.write() as tx:
                records.add(tx, PEOPLE)
        write(complaints(market, datetime.now(UTC)), stage.inbox, 1)
        with open_desk(settings.from_environment()) as desk:
            for source in desk.sources:
                ingest(desk, source)
            process.run_all(desk)


def named(home: Path) -> None:
    """The desk in this folder, and no other, is that of the environment."""
    for name in [name for name in os.environ if name.startswith("NOTICEDESK_") and name != "NOTICEDESK_CHROMIUM"]:
        del os.environ[name]
    os.environ |= {"NOTICEDESK_HOME": str(home), "NOTICEDESK_CONFIG": str(Stage(home).config)}
    os.environ |= {"NOTICEDESK_WEBHOOK_SECRET": SECRET, "NOTICEDESK_PLATFORM_SECRET": EVENTS_SECRET}


@contextmanager
def console() -> Iterator[str]:
    """The address of the console of the environment's desk, in a process of its own."""
    command = [sys.executable, "-m", "noticedesk", "console", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        try:
            told = served.stdout.readline()
            yield next(word for word in told.split() if word.startswith("http"))
        finally:
            served.terminate()


def measured(page: Page, url: str, password: str) -> list[dict[str, float]]:
    """Every wait for a next case."""
    page.add_init_script(WATCH)
    page.goto(f"{url}/sign-in")
    page.get_by_label("E-mail address").fill(SPECIALIST.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/queue**")
    press(page, "s")
    page.locator("[data-case]").wait_for()
    while page.locator("[data-case]").count():
        decide(page)
    waits: list[dict[str, float]] = page.evaluate("window.waits")
    return [one for one in waits if one["moved"]]


def decide(page: Page) -> None:
    """Decides the case on the page as proposed, or with the first reason where nothing is."""
    if page.locator("[data-key=y]").count():
        press(page, "y")
        page.locator("[data-key=y]").wait_for(state="detached")
    valid = "document.querySelector('form[action$=\"/decide\"]').checkValidity()"
    if not page.evaluate(valid):
        page.locator('form[action$="/decide"] input[type=radio]').first.check()
    seen = page.evaluate("window.waits.length")
    press(page, "a")
    page.locator(f'html[data-waits="{seen + 1}"]').wait_for(state="attached")


def press(page: Page, key: str) -> None:
    page.locator("html[data-ready]").wait_for(state="attached")
    page.locator("body").press(key)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--home", type=Path, default=None, help="Where the desk is made, and stays.")
    given = parser.parse_args()
    if not chromium():
        sys.exit(f"no Chromium is there; set NOTICEDESK_CHROMIUM or run: {INSTALL}")
    with TemporaryDirectory(prefix="noticedesk-console-") as name:
        home = (given.home or Path(name) / "home").absolute()
        if home.exists():
            named(home)
        else:
            take_in(home)
        password = next(word for person, word in accounts() if person.id == SPECIALIST.id)
        with console() as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            try:
                waits = measured(page, url, password)
            except TookTooLong:
                print(page.locator("main").inner_text()[:2000], file=sys.stderr)
                raise
            browser.close()
    drawn, answered = [[one[name] for one in waits] for name in ("drawn", "answered")]
    print(f"{len(waits)} cases decided by key, from the press to the next case on the screen:")
    print(f"  {statistics.median(drawn):6.0f} ms median (goal {GOAL}), {max(drawn):.0f} at most")
    print(f"  {statistics.median(answered):6.0f} ms median until the server had answered, {max(answered):.0f} at most")


if __name__ == "__main__":
    main()
