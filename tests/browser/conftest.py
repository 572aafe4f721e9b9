"""A real browser on a console with a desk of its own; whatever a page does wrong fails the test that opened it."""

import os
import socket
import threading
import time as clock
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect, sync_playwright

from noticedesk.console.app import application
from noticedesk.desk.cases.showing import Easel
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.person import Person, Role
from noticedesk.store import credentials
from tests.browser.chromium import INSTALL, chromium
from tests.noticedesk.console.factory import PASSWORD, QUICK, cases, rules, with_password
from tests.noticedesk.desk.factory import Time, Web, opened

HERE = Path(__file__).parent
# machines that do much else are slow, and a page that is slow is not wrong
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium these tests are skipped, loudly; in CI they fail."""
    mine = [item for item in items if HERE in item.path.parents]
    if not mine or chromium():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"the browser tests need Chromium: {INSTALL}")
    for item in mine:
        item.add_marker(pytest.mark.skip(reason=f"no Chromium; set NOTICEDESK_CHROMIUM or run: {INSTALL}"))


@dataclass
class Console:
    """A console that runs, with its desk."""

    url: str
    desk: Desk
    home: Path
    time: Time

    def with_cases(self, count: int, listings: int = 1) -> list[Allegation]:
        return cases(self.desk, self.home, count, listings)

    def staff(self, *roles: Role, name: str = "Ann") -> Person:
        return with_password(self.desk, *roles, name=name)


@dataclass
class Watched:
    """What a page did wrong."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def wrong(self) -> list[str]:
        told = [error for error in self.errors if not any(part in error for part in self.expected)]
        return told + [f"fetched {url}" for url in self.foreign] + self.reports


# Of the package, not the session: while Playwright runs, its event loop keeps other tests from having theirs.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield browser
    browser.close()


@pytest.fixture
def console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    monkeypatch.setattr(credentials, "hasher", QUICK)
    time = Time()
    with opened(tmp_path, Web(), time) as desk, socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        app = application(desk, Easel(), rules(url=url, sensitive_flags=("minor_involved",)))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            clock.sleep(0.01)
        yield Console(url, desk, tmp_path, time)
        server.should_exit = True
        thread.join()


NewPage = Callable[..., Page]
SignIn = Callable[[Page, Person], Page]


@pytest.fixture
def new_page(browser: Browser, console: Console) -> Iterator[NewPage]:
    """Makes pages of browsers that know nothing of each other; none may err, report, or fetch from elsewhere."""
    made: list[tuple[BrowserContext, Watched]] = []

    def make(width: int = 1280, scripts: bool = True, expected: tuple[str, ...] = ()) -> Page:
        context = browser.new_context(
            base_url=console.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale="en-US",
            timezone_id="UTC",
            reduced_motion="reduce",
            service_workers="block",
        )
        watched = Watched(expected=list(expected))
        made.append((context, watched))

        def guard(route: Route) -> None:
            url = route.request.url
            if not url.startswith((console.url, "data:", "about:")):
                watched.foreign.append(url)
                route.abort()
                return
            if url.endswith("/csp-reports"):
                watched.reports.append(route.request.post_data or "a report")
            route.continue_()

        context.route("**/*", guard)
        page = context.new_page()
        page.on("console", lambda told: watched.errors.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        return page

    yield make
    wrong = [told for _, watched in made for told in watched.wrong()]
    for context, _ in made:
        context.close()
    assert wrong == []


@pytest.fixture
def sign_in(console: Console) -> Callable[[Page, Person], Page]:
    def enter(page: Page, who: Person) -> Page:
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill(who.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return enter
