"""Writes pictures of the main pages: python -m tests.browser.screenshots docs/screenshots (make screenshots)."""

import io
import socket
import sys
import tempfile
import threading
import time as clock
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from noticedesk.console.app import application
from noticedesk.desk.cases import waiting
from noticedesk.desk.cases.showing import Easel
from noticedesk.desk.desk import Desk
from noticedesk.model.claim import Claim
from noticedesk.model.person import Person, Role
from noticedesk.store import credentials, records
from tests.browser.chromium import chromium
from tests.noticedesk.console.factory import PASSWORD, QUICK, cases, rules, with_password
from tests.noticedesk.desk.chase.case import countered
from tests.noticedesk.desk.factory import Time, Web, opened

WIDTHS = (1280, 360)
TALLEST = 1600
COLOURS = 128


def main(folder: Path) -> None:
    """Writes each page at both widths as <page>-<width>.png."""
    folder.mkdir(parents=True, exist_ok=True)
    credentials.hasher = QUICK
    with tempfile.TemporaryDirectory() as home, opened(Path(home), Web(), Time()) as desk:
        pages, who = _furnished(desk, Path(home))
        with _served(desk) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": 900}, base_url=url, locale="en-US")
                _sign_in(page, who)
                for name, path in pages.items():
                    page.goto(path)
                    _small(page.screenshot(full_page=width > WIDTHS[-1]), folder / f"{name}-{width}.png")
                page.close()
            browser.close()


def _small(picture: bytes, path: Path) -> None:
    """Writes the upper part of a page with few colours: it goes into the repository."""
    seen = Image.open(io.BytesIO(picture)).convert("RGB")
    seen.crop((0, 0, seen.width, min(seen.height, TALLEST))).quantize(COLOURS).save(path, optimize=True)


def _furnished(desk: Desk, home: Path) -> tuple[dict[str, str], Person]:
    """Cases to look at; the pages by name, and who looks."""
    found = cases(desk, home, count=3, listings=2)
    answered = countered(desk)
    with desk.db.write() as tx:
        claim = records.get(tx, Claim, found[-1].claim)
        records.replace(tx, replace(claim, flags=("minor_involved",)))
    with desk.db.read() as look:
        row = waiting.standing(look, found[0].id)
    group = row.campaign if row else ""
    return {
        "queue": "/queue",
        "case": f"/case/{found[0].claim}",
        "case-softened": f"/case/{found[-1].claim}",
        "group": f"/group?by=campaign&key={group}",
        "answered": "/counter",
        "answered-one": f"/counter/{answered.id}",
        "escalations": "/escalations",
        "overview": "/overview",
        "report": "/overview/claims",
        "audit": "/audit",
        "law": "/law",
        "regime": "/law/regime/us_dmca_512c",
        "operations": "/operations",
        "conduct": "/sanctions",
        "register": "/register",
        "you": "/you",
        "keys": "/keys",
    }, with_password(desk, Role.SPECIALIST, Role.LEGAL, name="Lea")


@contextmanager
def _served(desk: Desk) -> Iterator[str]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        app = application(desk, Easel(), rules(url=url, sensitive_flags=("minor_involved",)))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            clock.sleep(0.01)
        yield url
        server.should_exit = True
        thread.join()


def _sign_in(page: Page, who: Person) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/queue")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
