"""Every page under axe-core: no violation of WCAG 2.2 AA; and a page with planted faults, to show that axe looks."""

import pytest

from noticedesk.desk.cases import waiting
from noticedesk.desk.escalation import escalate
from noticedesk.desk.registry import register
from noticedesk.desk.staff import people
from noticedesk.model.allegation import Allegation
from noticedesk.model.escalation import Team
from noticedesk.model.person import Role
from tests.browser.axe import violations
from tests.browser.conftest import Console, NewPage, SignIn
from tests.noticedesk.desk.chase.case import countered

SMALL = '<a href="#a" style="display:inline-block;width:9px;height:9px">a</a>'
FAULTS = f"""<!doctype html><html><head><title>faults</title></head><body>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><button></button>
<p style="color:#aaa;background:#fff">pale</p>{SMALL}{SMALL}</body></html>"""
PLANTED = {"image-alt", "button-name", "color-contrast", "html-has-lang", "target-size"}


def every_page(console: Console, one: Allegation, answered: Allegation) -> tuple[str, ...]:
    """The address of every page that shows something, on a desk with these two."""
    with console.desk.db.read() as look:
        row = waiting.standing(look, one.id)
    assert row is not None
    return (
        "/queue",
        f"/case/{one.claim}",
        "/you",
        "/keys",
        f"/group?by=campaign&key={row.campaign}",
        "/counter",
        f"/counter/{answered.id}",
        "/queue?view=aside",
        "/escalations",
        "/escalations?answered=1",
        "/sanctions",
        "/register",
        "/overview",
        "/overview/claims",
        "/audit",
        "/law",
        "/law/regime/us_dmca_512c",
        "/law/letter?name=any/receipt&language=en",
        "/operations",
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_violates_wcag(console: Console, new_page: NewPage, sign_in: SignIn, width: int) -> None:
    one, *_ = console.with_cases(2, listings=2)
    page = new_page(width=width, expected=("403", "404"))
    page.goto("/sign-in")
    assert violations(page) == {}
    answered = countered(console.desk)
    legal = console.staff(Role.SPECIALIST, Role.LEGAL)
    escalate.escalate(console.desk, legal, one.claim, Team.LEGAL, "Is this parody?")
    sign_in(page, legal)
    for path in (*every_page(console, one, answered), "/case/C-none", "/queue?text=nothing"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert violations(page) == {}, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_that_few_see_violate_nothing_either(
    console: Console, new_page: NewPage, sign_in: SignIn, width: int
) -> None:
    (one,) = console.with_cases(1)
    specialist = console.staff(Role.SPECIALIST)
    people.token(console.desk.db, console.staff(Role.ADMIN, name="Ada"), specialist.id, console.desk.now())
    register.add_mandate(console.desk, specialist, "Acme", "Agency", register.Shown(proof="paper", document=b"%PDF-"))
    for who, paths in (("Root", ("/people", "/you")), ("", (f"/case/{one.claim}/live",))):
        page = new_page(width=width)
        sign_in(page, console.staff(Role.ADMIN, name=who) if who else specialist)
        for path in paths:
            page.goto(f"/case/{one.claim}" if path.endswith("/live") else path)
            if path.endswith("/live"):
                page.get_by_role("button", name="As it is now").click()
                page.get_by_role("heading", name="The listing of").wait_for()
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert violations(page) == {}, path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_axe_finds_planted_faults(new_page: NewPage) -> None:
    page = new_page()
    page.set_content(FAULTS)
    assert set(violations(page)) >= PLANTED
