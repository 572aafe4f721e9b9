"""The hosted forms in a real browser: without JavaScript, from first page to status, and without a fault for axe."""

import asyncio
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from noticedesk.api.fields import FORMS
from noticedesk.desk.desk import Desk
from noticedesk.model.submission import Submission
from noticedesk.store import records
from tests.browser.axe import violations
from tests.browser.chromium import INSTALL, chromium
from tests.noticedesk.api.test_serve import served

# machines that do much else are slow, and a page that is slow is not wrong
expect.set_options(timeout=20_000)

pytestmark = pytest.mark.skipif(
    "CI" not in os.environ and not chromium(), reason=f"no Chromium; set NOTICEDESK_CHROMIUM or run: {INSTALL}"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield made
        made.close()


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    with served(desk, public_url=None) as made:
        yield made


def opened(browser: Browser, address: str, *, scripts: bool) -> Page:
    """A page that may reach our server and nothing else."""
    page = browser.new_context(java_script_enabled=scripts, base_url=address).new_page()
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(address) else route.abort())
    return page


def test_a_complaint_is_sent_without_javascript(browser: Browser, address: str, desk: Desk) -> None:
    page = opened(browser, address, scripts=False)
    page.goto("/")
    page.get_by_role("link", name="Complaint").click()
    page.get_by_label("Your right").select_option("copyright")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Go on to the preview").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
    page.get_by_label("Name of the owner").fill("Maria Lind")
    page.get_by_label("E-mail address of the owner").fill("maria@lind.example")
    page.get_by_label("Title").fill("Sunset over the bay")
    page.get_by_label("The addresses (URLs) that infringe it").fill("https://shop.example/item/a-1")
    page.get_by_label("Sign by typing your full name").fill("Maria Lind")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Add another work").click()
    page.locator("#works-2-title").fill("Harbour")
    page.get_by_role("button", name="Take out work 2").click()
    page.get_by_label("Sign by typing your full name").press("Enter")
    expect(page.locator("main")).to_contain_text("Nothing has been sent yet")
    with desk.db.read() as look:
        assert records.find(look, Submission) == []
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("main")).to_contain_text("We received it")
    expect(page).to_have_url(re.compile("/status/F-"))
    with desk.db.read() as look:
        assert len(records.find(look, Submission)) == 1
    page.context.close()


def test_axe_looks_when_the_styles_of_a_page_are_there(
    browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(browser, address, scripts=True)
    page.goto("/complaint?service=shop&right=copyright")
    at_once = StaticFiles.get_response

    async def late(*args: Any) -> Response:
        await asyncio.sleep(2)
        return await at_once(*args)

    monkeypatch.setattr(StaticFiles, "get_response", late)
    page.get_by_role("button", name="Go on to the preview").click()
    expect(page.get_by_role("alert")).to_be_attached()
    assert violations(page) == {}
    page.context.close()


def test_no_page_has_a_fault_for_axe_or_for_the_browser(browser: Browser, address: str) -> None:
    page = opened(browser, address, scripts=True)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    chosen = [f"{form.path}?service=shop&right=copyright" for form in FORMS]
    for path in ("/", "/check", "/status", "/complaint", *chosen):
        page.goto(path)
        assert violations(page) == {}, path
    page.get_by_role("button", name="Go on to the preview").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == {}
    page.goto("/complaint?service=shop&right=copyright")
    page.get_by_role("button", name="Add another work").click()
    expect(page.locator("#works-2-title")).to_be_focused()
    assert violations(page) == {}
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # the page of mistakes is an answer 422, which the browser notes
    assert [one for one in complaints if "422" not in one] == []
    page.context.close()
