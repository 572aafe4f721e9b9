"""Going from case to case in a real browser: one request each, addresses that can be loaded anew, and the way back."""

import re

from playwright.sync_api import Page, Request, expect

from noticedesk.model.allegation import Allegation
from noticedesk.model.person import Role
from tests.browser.conftest import Console, NewPage, SignIn
from tests.browser.test_deciding import press


def on_the_second_case(console: Console, new_page: NewPage, sign_in: SignIn) -> tuple[Page, Allegation, Allegation]:
    """A specialist has decided the first of two cases, and sees the second."""
    first, second = console.with_cases(2)
    page = sign_in(new_page(), console.staff(Role.SPECIALIST))
    press(page, "s")
    expect(page.locator("h1")).to_contain_text(first.claim)
    press(page, "a")
    expect(page.locator("h1")).to_contain_text(second.claim)
    return page, first, second


def test_a_decision_brings_the_next_case_in_one_request(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    first, second, _ = console.with_cases(3)
    page = sign_in(new_page(), console.staff(Role.SPECIALIST))
    press(page, "s")
    expect(page.locator("h1")).to_contain_text(first.claim)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []

    def note(request: Request) -> None:
        # a browser asks for its icon when it likes, and the pictures of a case are no part of its page
        path = request.url.removeprefix(console.url).partition("?")[0]
        if request.resource_type != "image" and not path.endswith("favicon.svg"):
            asked.append(f"{request.method} {path}")

    page.on("request", note)
    press(page, "a")
    expect(page.locator("h1")).to_contain_text(second.claim)
    assert asked == [f"POST /case/{first.claim}/decide"]
    expect(page).to_have_url(re.compile(rf"/case/{second.claim}\?"))
    expect(page).to_have_title(f"{second.claim} · noticedesk")
    page.reload()
    expect(page.locator("h1")).to_contain_text(second.claim)


def test_the_way_back_leads_to_the_case_before_and_forward_again(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    page, first, second = on_the_second_case(console, new_page, sign_in)
    page.go_back()
    expect(page.locator("h1")).to_contain_text(first.claim)
    expect(page.locator("nav[aria-label=Main]")).to_be_visible()
    expect(page.locator("main")).to_contain_text("By Ann at")
    page.go_forward()
    expect(page.locator("h1")).to_contain_text(second.claim)


def test_who_goes_forward_before_the_scripts_listen_sees_the_case_of_the_address(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    page, first, second = on_the_second_case(console, new_page, sign_in)
    page.route("**/*.js?*", lambda route: None)
    page.go_back(wait_until="commit")
    expect(page.locator("h1")).to_contain_text(first.claim)
    expect(page.locator("main")).to_contain_text("By Ann at")
    page.evaluate("history.forward()")
    page.wait_for_url(f"**/case/{second.claim}*", wait_until="commit")
    page.unroute_all()
    expect(page.locator("h1")).to_contain_text(second.claim)


def test_who_was_slower_can_load_the_page_anew(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    (one,) = console.with_cases(1)
    fast = sign_in(new_page(), console.staff(Role.SPECIALIST, name="Fast"))
    slow = sign_in(new_page(expected=("409",)), console.staff(Role.SPECIALIST, name="Slow"))
    for page in (fast, slow):
        page.goto(f"/case/{one.claim}")
    fast.get_by_role("button", name="Decide and go on").click()
    expect(fast.locator("#status")).to_contain_text("Nothing more waits")
    slow.get_by_role("button", name="Decide and go on").click()
    expect(slow.locator("h1")).to_have_text("Somebody was quicker")
    slow.reload()
    expect(slow.locator("main")).to_contain_text("By Fast at")


def test_a_pause_is_suggested_to_who_goes_from_case_to_case_without_loading_a_page(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    console.with_cases(2)
    ann = console.staff(Role.SPECIALIST)
    page = sign_in(new_page(), ann)
    press(page, "s")
    expect(page.locator("h1")).to_be_focused()
    for _ in range(11):
        console.time.pass_(minutes=5)
        page.request.get("/queue")
    press(page, "a")
    expect(page.locator("#nudge")).to_contain_text("You have worked for")
