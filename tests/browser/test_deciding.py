"""Deciding in a real browser: by keyboard, in bursts, in races, without scripts, on a small screen, and back again."""

import re

from playwright.sync_api import Page, expect

from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.decision import Decision
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.browser.conftest import Console, NewPage, SignIn


def decisions(console: Console) -> list[Decision]:
    with console.desk.db.read() as look:
        return records.find(look, Decision)


def state(console: Console, allegation: Allegation) -> AllegationState:
    with console.desk.db.read() as look:
        return records.get(look, Allegation, allegation.id).state


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.locator("html[data-ready]").wait_for(state="attached")
        page.locator("body").press(key)


def test_cases_are_decided_with_the_keyboard_alone(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    first, second, _ = console.with_cases(3)
    page = sign_in(new_page(), console.staff(Role.SPECIALIST))
    press(page, "s")
    expect(page.locator("h1")).to_contain_text(first.claim)
    expect(page.locator("h1")).to_be_focused()
    press(page, "a")
    expect(page.locator("h1")).to_contain_text(second.claim)
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("#status")).to_contain_text(first.id)
    press(page, "5", "a")
    expect(page.locator("#status")).to_contain_text(second.id)
    assert [(item.action, item.reason) for item in decisions(console)] == [("disable", "copy"), ("none", "not_same")]


def test_a_burst_of_keys_makes_no_duplicate_decision(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    console.with_cases(3)
    page = sign_in(new_page(), console.staff(Role.SPECIALIST))
    press(page, "s")
    page.wait_for_url("**/case/**")
    page.locator("html[data-ready]").wait_for(state="attached")
    for _ in range(12):
        page.locator("body").press("a")
    page.wait_for_timeout(1000)
    made = decisions(console)
    assert 1 <= len(made) <= 3
    assert len({item.allegation for item in made}) == len(made)


def test_two_reviewers_race_one_case_and_the_second_sees_what_changed(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    (one,) = console.with_cases(1)
    fast = sign_in(new_page(), console.staff(Role.SPECIALIST, name="Fast"))
    slow = sign_in(new_page(expected=("409",)), console.staff(Role.SPECIALIST, name="Slow"))
    for page in (fast, slow):
        page.goto(f"/case/{one.claim}")
    fast.get_by_role("button", name="Decide and go on").click()
    expect(fast.locator("#status")).to_contain_text("Nothing more waits")
    slow.get_by_role("button", name="Decide and go on").click()
    expect(slow.locator("h1")).to_have_text("Somebody was quicker")
    expect(slow.locator("main")).to_contain_text("by Fast")
    assert len(decisions(console)) == 1


def test_all_works_without_scripts(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    first, second = console.with_cases(2)
    page = sign_in(new_page(scripts=False), console.staff(Role.SPECIALIST))
    page.get_by_role("button", name="Take the next case").click()
    page.get_by_label("What the listing shows is not what the notice claims.").check()
    page.get_by_role("button", name="Decide and go on").click()
    expect(page).to_have_url(re.compile(second.claim))
    page.get_by_role("button", name="Take back").click()
    expect(page).to_have_url(re.compile(first.claim))
    assert state(console, first) is AllegationState.IN_REVIEW


def test_a_decision_is_taken_back_inside_its_window_and_not_after(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    first, _second = console.with_cases(2)
    page = sign_in(new_page(expected=("422",)), console.staff(Role.SPECIALIST))
    press(page, "s")
    expect(page.locator("h1")).to_contain_text(first.claim)
    press(page, "a")
    expect(page.locator("#status")).to_contain_text("Take back")
    press(page, "u")
    expect(page.locator("h1")).to_contain_text(first.claim)
    assert state(console, first) is AllegationState.IN_REVIEW
    press(page, "a")
    expect(page.locator("#status")).to_contain_text("Take back")
    console.time.pass_(minutes=11)
    press(page, "u")
    expect(page.locator("h1")).to_have_text("This could not be done")
    expect(page.locator("main")).to_contain_text("the window of 10 minutes has passed")
    assert state(console, first) is AllegationState.APPROVED


def test_keys_can_be_changed_and_switched_off(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    console.with_cases(1)
    page = sign_in(new_page(), console.staff(Role.SPECIALIST))
    press(page, "?")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/you")
    page.get_by_label("Decide as chosen and go on").fill("c")
    page.get_by_role("button", name="Save the keys").click()
    expect(page.locator("#status")).to_contain_text("saved")
    page.goto("/queue")
    press(page, "s")
    page.wait_for_url("**/case/**")
    expect(page.get_by_role("button", name="Decide and go on")).to_have_attribute("aria-keyshortcuts", "c")
    page.goto("/you")
    page.get_by_label("Single keys act").uncheck()
    page.get_by_role("button", name="Save the keys").click()
    expect(page.locator("#status")).to_contain_text("saved")
    page.goto("/queue")
    press(page, "s")
    page.wait_for_timeout(500)
    assert page.url.endswith("/queue")


def test_a_case_taken_over_says_so(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    (one,) = console.with_cases(1)
    ann, bea = console.staff(Role.SPECIALIST, name="Ann"), console.staff(Role.SPECIALIST, name="Bea")
    first, second = sign_in(new_page(), ann), sign_in(new_page(), bea)
    press(first, "s")
    first.wait_for_url("**/case/**")
    second.goto(f"/case/{one.claim}")
    expect(second.locator("main")).to_contain_text("held by Ann")
    second.get_by_role("button", name="Take over").click()
    expect(second.locator("main")).to_contain_text("held by you")
    first.reload()
    expect(first.locator("main")).to_contain_text("held by Bea")


def test_pages_fit_a_telephone_without_scrolling_sideways(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    (one,) = console.with_cases(1)
    page = sign_in(new_page(width=360), console.staff(Role.SPECIALIST))
    for path in ("/queue", f"/case/{one.claim}", "/you", "/keys"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
