"""The hosted forms: no script, no cookie; what is passed on and what is missing is read before anything is sent."""

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from noticedesk.api.fields import FORMS, RIGHTS
from noticedesk.api.filled import MOST_WORKS
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import takeover
from noticedesk.desk.portal.disclosure import asked, law_for
from noticedesk.desk.portal.terms import Rates
from noticedesk.model.allegation import Allegation
from noticedesk.model.notice import Notice, NoticeKind, Verified
from noticedesk.model.right import Work
from noticedesk.model.submission import Submission
from noticedesk.store import records
from tests.noticedesk.api.factory import MANY, MARIA, OURS, PAT, client
from tests.noticedesk.desk.factory import LETTER

URL = "https://shop.example/item/a-1"
COMPLAINT = {
    "service": "shop",
    "right": "copyright",
    "principal.name": "Maria Lind",
    "principal.email": MARIA,
    "principal.address": "5 Harbour Road, Portland, ME 04101, USA",
    "works.1.title": "Sunset over the bay",
    "works.1.listings": f"{URL}\r\nhttps://shop.example/item/b-2",
    "signature": "Maria Lind",
}
COUNTER = {
    "service": "shop",
    "principal.name": "Pat Seller",
    "principal.email": PAT,
    "principal.address": "9 Hill Street, Austin, TX 78701, USA",
    "principal.phone": "+1 512 555 0199",
    "listings": URL,
    "signature": "Pat Seller",
}


class Page(HTMLParser):
    """A page as a browser without scripts sees it: its fields, labels, links, and what stands where it must not."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.anchors: list[str] = []
        self.faults: list[str] = []
        self.heads = 0
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.faults += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.faults += [tag] if tag in ("script", "style", "iframe") else []
        self.ids += [given["id"]] if "id" in given else []
        self.language = given.get("lang", "") if tag == "html" else self.language
        self.heads += tag == "h1"
        if tag == "label":
            self.labelled.add(given["for"])
        if tag == "a" and given["href"].startswith("#"):
            self.anchors.append(given["href"][1:])
        if tag in ("input", "textarea", "select"):
            self.controls.append(given)
            self.fields[given["name"]] = given.get("value", "")


def sworn(desk: Desk, kind: NoticeKind) -> dict[str, str]:
    law = law_for(desk, "shop", kind)
    assert law
    return {f"statements.{one.element}": "yes" for one in asked(desk, law, kind)}


def test_every_page_is_plain_labelled_html(api: TestClient, desk: Desk) -> None:
    chosen = [f"{form.path}?service=shop&right=copyright" for form in FORMS]
    answers = [api.get(path) for path in ("/", "/check", "/status", "/complaint", "/nowhere", *chosen)]
    answers.append(api.post("/complaint", data=COMPLAINT | {"signature": ""}, headers=OURS))
    answers.append(api.post("/complaint", data=COMPLAINT, headers=OURS))
    answers.append(api.post("/check", data={"text": LETTER.format(urls=URL)}, headers=OURS))
    for answer in answers:
        page = Page(answer.text)
        assert page.faults == [] and page.language == "en" and page.heads == 1, answer.url
        assert len(page.ids) == len(set(page.ids)) and set(page.anchors) <= set(page.ids)
        shown = [one for one in page.controls if one.get("type") != "hidden"]
        assert all(one.get("id") in page.labelled for one in shown)
        described = [name for one in page.controls for name in one.get("aria-describedby", "").split()]
        assert set(described) <= set(page.ids)
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("right", RIGHTS)
def test_the_statements_are_those_that_the_law_asks_for(api: TestClient, desk: Desk, right: str) -> None:
    page = api.get("/complaint", params={"service": "shop", "right": right}).text
    law = law_for(desk, "shop", RIGHTS[right][1])
    assert law and law.regime.title.replace("'", "&#39;") in page
    for one in asked(desk, law, RIGHTS[right][1]):
        assert f"statements.{one.element}" in page and one.reference.replace("'", "&#39;") in page


def test_a_mistake_is_linked_to_its_field_and_what_was_filled_in_stays(api: TestClient) -> None:
    answer = api.post("/complaint", data=COMPLAINT | {"signature": " ", "principal.email": "nobody"}, headers=OURS)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert {"signature", "principal-email"} <= set(page.anchors)
    wrong = {one["id"]: one["aria-describedby"] for one in page.controls if one.get("aria-invalid") == "true"}
    assert wrong.keys() == {"signature", "principal-email"} and "signature-wrong" in wrong["signature"]
    assert page.fields["works.1.title"] == "Sunset over the bay"


def test_the_preview_says_what_is_missing_and_sends_nothing(api: TestClient, desk: Desk) -> None:
    answer = api.post("/complaint", data=COMPLAINT | {"do": "preview"}, headers=OURS)
    assert answer.status_code == 200 and "Nothing has been sent yet" in answer.text
    assert "17 USC 512(c)(3)(A)(v)" in answer.text and "good faith" in answer.text
    with desk.db.read() as look:
        assert records.find(look, Submission) == []


def test_the_preview_of_a_counter_notice_shows_name_and_address_as_the_other_side_will_read_them(
    api: TestClient, desk: Desk
) -> None:
    form = COUNTER | sworn(desk, NoticeKind.COUNTER_NOTICE)
    page = api.post("/counter-notice", data=form | {"do": "preview"}, headers=OURS).text
    passed = page.partition("What is missing")[0]
    assert "To the person who complained" in passed and "17 USC 512(g)(2)(B)" in passed
    assert "Pat Seller, 9 Hill Street, Austin, TX 78701, USA, +1 512 555 0199" in passed
    assert "with your name and contact details" in passed
    assert "is missing.</p>" in page


def test_the_preview_of_a_complaint_shows_what_the_seller_will_read(api: TestClient) -> None:
    page = api.post("/complaint", data=COMPLAINT | {"do": "preview"}, headers=OURS).text
    passed = page.partition("What is missing")[0]
    assert "To each person whose listing it is" in passed and "Maria Lind" in passed
    assert "of their own listing, and of no other" in passed and "Harbour Road" not in passed
    assert "everything that you wrote, but how to reach you" in passed


TWO = COMPLAINT | {
    "works.2.title": "Harbour at night",
    "works.2.listings": "https://shop.example/item/c-3\r\nhttps://elsewhere.example/x",
}


def test_several_works_go_with_their_own_addresses(api: TestClient, desk: Desk) -> None:
    preview = api.post("/complaint", data=TWO | {"do": "preview"}, headers=OURS).text
    passed = re.sub(r"<[^>]+>", "", preview.partition("Addresses that are not ours")[0])
    assert "https://shop.example/item/b-2: Sunset over the bay" in passed
    assert "https://shop.example/item/c-3: Harbour at night" in passed
    elsewhere = preview.partition("Addresses that are not ours")[2].partition("What is missing")[0]
    assert re.findall(r'class="kept">(.*?)<', elsewhere) == ["https://elsewhere.example/x"]
    sent = api.post("/complaint", data=Page(preview).fields | {"do": "send"}, headers=OURS)
    assert sent.status_code == 303
    takeover.take_over(desk)
    with desk.db.read() as look:
        titles = {work.id: work.title for work in records.find(look, Work)}
        made = {(one.url, titles[one.work]) for one in records.find(look, Allegation)}
    assert made == {
        (URL, "Sunset over the bay"),
        ("https://shop.example/item/b-2", "Sunset over the bay"),
        ("https://shop.example/item/c-3", "Harbour at night"),
        ("https://elsewhere.example/x", "Harbour at night"),
    }


def test_a_work_is_added_and_taken_out_and_the_others_stay_as_they_are(api: TestClient, desk: Desk) -> None:
    more = Page(api.post("/complaint", data=TWO | {"do": "add"}, headers=OURS).text).fields
    assert more["works.3.title"] == "" and more["works.2.title"] == "Harbour at night"
    less = Page(api.post("/complaint", data=more | {"works.3.title": "Third", "do": "remove.1"}, headers=OURS).text)
    titles = {name: value for name, value in less.fields.items() if name.endswith(".title")}
    assert titles == {"works.1.title": "Harbour at night", "works.2.title": "Third"}
    assert less.faults == [] and len(less.ids) == len(set(less.ids))
    with desk.db.read() as look:
        assert records.find(look, Submission) == []


def test_a_work_of_which_nothing_was_filled_in_is_left_out_and_one_without_an_address_is_not(api: TestClient) -> None:
    empty = COMPLAINT | {"works.2.title": " ", "works.2.listings": ""}
    assert "works.2" not in api.post("/complaint", data=empty | {"do": "preview"}, headers=OURS).text
    answer = api.post("/complaint", data=empty | {"works.2.title": "Harbour"}, headers=OURS)
    assert answer.status_code == 422 and "(work 2)" in answer.text
    assert "works-2-listings" in Page(answer.text).anchors


def test_two_addresses_on_one_line_are_told_apart_by_who_wrote_them(api: TestClient) -> None:
    both = COMPLAINT | {"works.1.listings": f"{URL}\r\nhttps://shop.example/item/b-2 and https://shop.example/item/c-3"}
    answer = api.post("/complaint", data=both | {"do": "preview"}, headers=OURS)
    assert answer.status_code == 422 and "Line 2 has more than one address" in answer.text


@pytest.mark.parametrize("do", ["remove.", "remove.x", "remove.99", "add"])
def test_no_number_of_a_work_breaks_the_form(api: TestClient, do: str) -> None:
    many = COMPLAINT | {f"works.{number}.title": "x" for number in (2, 20, 999)}
    answer = api.post("/complaint", data=many | {"do": do}, headers=OURS)
    assert answer.status_code == 200 and Page(answer.text).faults == []
    assert len([name for name in Page(answer.text).fields if name.endswith(".title")]) <= MOST_WORKS


def test_what_was_previewed_is_what_is_sent(api: TestClient, desk: Desk) -> None:
    form = COMPLAINT | sworn(desk, NoticeKind.COPYRIGHT_NOTICE)
    preview = Page(api.post("/complaint", data=form | {"do": "preview"}, headers=OURS).text)
    answer = api.post("/complaint", data=preview.fields | {"do": "send"}, headers=OURS)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/status/F-")
    assert "We received it" in api.get(answer.headers["location"]).text
    assert takeover.take_over(desk).counts == {"opened": 1}
    with desk.db.read() as look:
        (notice,) = records.find(look, Notice)
    assert (notice.sender, notice.verified) == (MARIA, Verified.NO)
    again = Page(api.post("/complaint", data=preview.fields | {"do": "change"}, headers=OURS).text)
    assert {name: again.fields[name] for name in ("works.1.title", "signature")} == {
        "works.1.title": "Sunset over the bay",
        "signature": "Maria Lind",
    }


def test_what_outsiders_write_is_escaped_on_every_page(api: TestClient) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=y>'
    form = {name: value if name in ("service", "right") else f"{value}{evil}" for name, value in COMPLAINT.items()}
    for do in ("preview", "change"):
        assert Page(api.post("/complaint", data=form | {"do": do}, headers=OURS).text).faults == []
    assert Page(api.get("/status/" + evil).text).faults == []
    assert Page(api.get("/complaint", params={"service": evil, "right": "copyright"}).text).faults == []


def test_forms_are_sent_off_only_so_often(desk: Desk) -> None:
    rates = Rates(sender=MANY.sender, address=MANY.address, form="1/hour", check=MANY.check)
    with client(desk, limits=rates) as api:
        answers = [api.post("/complaint", data=COMPLAINT | {"do": "send"}, headers=OURS) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 429]
    assert re.fullmatch(r"\d+", answers[1].headers["retry-after"]) and "<h1>" in answers[1].text


def test_an_unknown_right_or_service_is_asked_for_again_or_refused(api: TestClient) -> None:
    assert "Your right" in api.get("/complaint?right=nothing").text
    assert api.get("/complaint?service=shpo&right=copyright").status_code == 422
    assert api.post("/complaint", data={"service": "shop"}, headers=OURS).status_code == 422
