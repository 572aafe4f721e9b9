"""What a real browser shows: the code of one-time codes, pictures revealed by key, proof beside the decision, undo."""

import re
import subprocess
import sys
import urllib.parse
import zipfile
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from playwright.sync_api import Browser, expect

from noticedesk.desk.staff import wellness
from noticedesk.model.claim import Claim
from noticedesk.model.event import Event
from noticedesk.model.person import Role
from noticedesk.report import bundle
from noticedesk.store import records
from tests.browser.conftest import Console, NewPage, SignIn
from tests.browser.test_deciding import press


def test_a_telephone_reads_the_code_from_the_page(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    who = console.staff(Role.SPECIALIST)
    page = sign_in(new_page(), who)
    page.goto("/you")
    shot = cv2.imdecode(np.frombuffer(page.locator(".qr svg").screenshot(), np.uint8), cv2.IMREAD_COLOR)
    text, *_ = cv2.QRCodeDetector().detectAndDecode(shot)
    secret = page.locator("input[name=secret]").get_attribute("value")
    told = urllib.parse.parse_qs(urllib.parse.urlsplit(text).query)
    assert text.startswith("otpauth://totp/noticedesk:") and told["secret"] == [secret]


def test_pictures_are_revealed_by_key_and_counted_for_their_viewer_alone(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    (one,) = console.with_cases(1)
    ann, bea = console.staff(Role.SPECIALIST, name="Ann"), console.staff(Role.SPECIALIST, name="Bea")
    wellness.choose(console.desk, ann, {kind: wellness.Way.BLUR for kind in wellness.KINDS})
    page = sign_in(new_page(), ann)
    page.goto(f"/case/{one.claim}")
    picture = page.locator(".pictures img").first
    assert "blur" in picture.evaluate("one => getComputedStyle(one).filter")
    with page.expect_response("**/you/seen"):
        press(page, "i")
    expect(picture).to_have_css("filter", "none")
    page.goto("/you")
    expect(page.locator("main")).to_contain_text("You revealed: 1 on")
    other = sign_in(new_page(), bea)
    for path in ("/you", "/overview", "/audit"):
        other.goto(path)
        expect(other.locator("main")).not_to_contain_text("revealed")
    with console.desk.db.read() as look:
        assert not [event for event in records.find(look, Event) if "reveal" in event.act or "seen" in event.act]


def test_the_proof_stands_beside_the_decision_without_scrolling(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    (one,) = console.with_cases(1)
    page = sign_in(new_page(), console.staff(Role.SPECIALIST))
    page.goto(f"/case/{one.claim}")
    tops = {name: page.locator(f"#{name}-title").bounding_box() for name in ("complaint", "listing", "decide")}
    assert all(box and box["y"] < 300 for box in tops.values()), tops
    lefts = [box["x"] for box in tops.values() if box]
    assert lefts == sorted(lefts) and len(set(lefts)) == 3
    outlined = page.get_by_role("img", name=re.compile("same file|match"))
    outlined.first.scroll_into_view_if_needed()
    expect(outlined.first).to_be_visible()
    assert page.locator(".elements mark").count() >= 3


def test_nothing_jumps_while_a_case_loads(console: Console, new_page: NewPage, sign_in: SignIn) -> None:
    (one,) = console.with_cases(1)
    page = sign_in(new_page(), console.staff(Role.SPECIALIST))
    page.goto(f"/case/{one.claim}")
    page.wait_for_load_state("networkidle")
    shifted = page.evaluate(
        """new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((seen) => { for (const one of seen.getEntries()) sum += one.value; })
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 300);
        })"""
    )
    assert shifted < 0.1, "what Core Web Vitals calls good"


def test_another_reviewer_takes_a_decision_back_and_both_see_it(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    (one,) = console.with_cases(1)
    ann = sign_in(new_page(), console.staff(Role.SPECIALIST, name="Ann"))
    bea = sign_in(new_page(), console.staff(Role.SPECIALIST, name="Bea"))
    ann.goto(f"/case/{one.claim}")
    ann.get_by_role("button", name="Decide and go on").click()
    expect(ann.locator("#status")).to_contain_text("Take back")
    bea.goto(f"/case/{one.claim}")
    expect(bea.locator("main")).to_contain_text("By Ann at")
    bea.get_by_role("button", name="Take it back").click()
    expect(bea.locator("#decide-title")).to_be_visible()
    ann.goto(f"/case/{one.claim}")
    expect(ann.locator(".deciding")).to_contain_text("Bea took back what Ann had decided (disable, copy)")
    ann.locator("#timeline summary").click()
    expect(ann.locator("#timeline")).to_contain_text(re.compile("by Bea.*decision taken back"))


def test_the_bundle_opens_offline_in_a_browser_and_verifies_itself(
    console: Console, browser: Browser, tmp_path: Path
) -> None:
    (one,) = console.with_cases(1)
    archive, folder = tmp_path / "case.zip", tmp_path / "out"
    bundle.make(console.desk, console.staff(Role.SPECIALIST), one.claim, archive)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    page = browser.new_context(offline=True, java_script_enabled=False).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "index.html").as_uri())
    expect(page.locator("body")).to_contain_text(one.claim)
    assert asked and all(url.startswith((folder.as_uri(), "data:")) for url in asked)
    page.context.close()
    check = [sys.executable, "-I", str(folder / "verify.py"), str(archive)]
    assert subprocess.run(check, capture_output=True, check=False).returncode == 0
    changed = next(folder.rglob("*.html"))
    changed.write_bytes(changed.read_bytes().replace(b"<", b"< ", 1))
    check[-1] = str(folder)
    assert subprocess.run(check, capture_output=True, check=False).returncode != 0


def test_a_claim_that_is_flagged_is_blurred_until_revealed_without_scripts_too(
    console: Console, new_page: NewPage, sign_in: SignIn
) -> None:
    (one,) = console.with_cases(1)
    with console.desk.db.write() as tx:
        claim = records.get(tx, Claim, one.claim)
        records.replace(tx, replace(claim, flags=("minor_involved",)))
    page = sign_in(new_page(scripts=False), console.staff(Role.SPECIALIST))
    page.goto(f"/case/{one.claim}")
    expect(page.locator("#evidence.softened")).to_have_count(1)
    page.get_by_role("button", name="Show pictures as they are").click()
    expect(page.locator("#evidence.softened")).to_have_count(0)
