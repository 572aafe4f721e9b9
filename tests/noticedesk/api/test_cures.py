"""What is missing is supplied at the status address: nothing else is asked, and it counts once its sender confirms."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.letter import Letter
from noticedesk.model.notice import Notice, NoticeState, Verified
from noticedesk.model.submission import Submission
from noticedesk.store import records
from tests.noticedesk.api.factory import MARIA, OURS, complaint
from tests.noticedesk.api.test_answers_to_claims import LINK, desk, run, send, the, url, web
from tests.noticedesk.api.test_forms import Page
from tests.noticedesk.desk.factory import Time

__all__ = ["desk", "url", "web"]


@pytest.fixture
def waiting(api: TestClient, desk: Desk, maria: dict[str, str], url: str) -> Iterator[str]:
    """The status page of a complaint that lacks its statements and its signature, and was asked for them."""
    path = send(api, maria, complaint(desk, url, statements={}, signature="")).removeprefix("/v1")
    run(desk)
    assert the(desk, Claim).state is ClaimState.NEEDS_CURE
    yield path


def missing(desk: Desk) -> dict[str, str]:
    """Everything that is asked for, filled in."""
    elements = ("good_faith_statement", "accuracy_statement", "perjury_authority_statement")
    return {f"statements.{one}": "yes" for one in elements} | {"signature": "Maria Lind"}


def link(desk: Desk) -> str:
    letter = the(desk, Letter, template="any/address_confirmation")
    assert letter.to == MARIA
    found = LINK.search(desk.blobs.get(letter.sha256).replace(b"=\r\n", b"").replace(b"=3D", b"=").decode())
    assert found
    return found[1]


def test_only_what_is_missing_is_asked(api: TestClient, desk: Desk, waiting: str) -> None:
    assert f'href="{waiting}/cure"' in api.get(waiting).text
    page = Page(api.get(f"{waiting}/cure").text)
    asked = {name for name in page.fields if name not in ("service", "right")}
    assert asked == missing(desk).keys() and page.faults == []
    assert "m…@lind.example" in api.get(f"{waiting}/cure").text and MARIA not in api.get(f"{waiting}/cure").text


def test_what_is_still_missing_is_shown_before_it_is_sent(api: TestClient, desk: Desk, waiting: str) -> None:
    before = len(kept(desk))
    half = api.post(f"{waiting}/cure", data={"signature": "Maria Lind", "do": "preview"}, headers=OURS).text
    passed = half.partition("What is missing")[0]
    assert "To the person whose listing it is" in passed and "17 USC 512(g)(2)(A)" in passed
    assert "Nothing has been sent yet" in half and "17 USC 512(c)(3)(A)(v)" in half
    assert "17 USC 512(c)(3)(A)(i)" not in half.partition("What is missing")[2]
    whole = api.post(f"{waiting}/cure", data=missing(desk) | {"do": "preview"}, headers=OURS).text
    assert "is missing.</p>" in whole and len(kept(desk)) == before


def test_it_counts_once_the_address_of_the_complaint_is_confirmed(api: TestClient, desk: Desk, waiting: str) -> None:
    answer = api.post(f"{waiting}/cure", data=missing(desk) | {"do": "send"}, headers=OURS)
    run(desk)
    assert "nothing takes effect before it is opened" in api.get(answer.headers["location"]).text
    assert the(desk, Claim).state is ClaimState.NEEDS_CURE
    assert api.post(link(desk), headers=OURS).status_code == 200
    run(desk)
    run(desk)
    assert the(desk, Claim).state is ClaimState.ACCEPTED
    page = api.get(waiting).text
    assert "What is missing" not in page and "/cure" not in page
    assert api.get(f"{waiting}/cure").status_code == 410
    assert the(desk, Notice, kind="cure_reply").verified is Verified.ADDRESS


def test_who_only_has_the_address_of_the_page_changes_nothing(
    api: TestClient, desk: Desk, waiting: str, time: Time
) -> None:
    lies = missing(desk) | {"principal.email": "mallory@evil.example", "email": "mallory@evil.example"}
    api.post(f"{waiting}/cure", data=lies | {"do": "send"}, headers=OURS)
    run(desk)
    assert the(desk, Letter, template="any/address_confirmation").to == MARIA
    time.pass_(days=8)
    run(desk)
    assert the(desk, Claim).state in (ClaimState.NEEDS_CURE, ClaimState.EXPIRED)
    assert the(desk, Notice, sender=MARIA, verified=Verified.NO).state is NoticeState.QUARANTINED


def test_addresses_that_were_missing_become_allegations(
    api: TestClient, desk: Desk, maria: dict[str, str], url: str
) -> None:
    path = send(api, maria, complaint(desk, url) | {"listings": []}).removeprefix("/v1")
    run(desk)
    page = Page(api.get(f"{path}/cure").text)
    assert {name for name in page.fields if name not in ("service", "right")} == {"listings"}
    api.post(f"{path}/cure", data={"listings": url, "do": "send"}, headers=OURS)
    run(desk)
    api.post(link(desk), headers=OURS)
    run(desk)
    run(desk)
    assert the(desk, Allegation).url == url


@pytest.mark.parametrize("form", [{}, {"signature": " "}, {"nothing": "of it"}])
def test_an_empty_answer_is_not_taken(api: TestClient, desk: Desk, waiting: str, form: dict[str, Any]) -> None:
    before = len(kept(desk))
    answer = api.post(f"{waiting}/cure", data=form | {"do": "send"}, headers=OURS)
    assert answer.status_code == 422 and "fill in at least one" in answer.text and len(kept(desk)) == before
    assert set(Page(answer.text).anchors) <= set(Page(answer.text).ids)


def test_where_nothing_is_asked_nothing_can_be_supplied(
    api: TestClient, desk: Desk, maria: dict[str, str], url: str
) -> None:
    path = send(api, maria, complaint(desk, url)).removeprefix("/v1")
    for at in (path, "/status/F-1_00"):
        assert api.get(f"{at}/cure").status_code in (404, 410)
        assert api.post(f"{at}/cure", data={"signature": "x", "do": "send"}, headers=OURS).status_code in (404, 410)
    assert len(kept(desk)) == 1


def test_a_cure_from_another_site_is_refused(api: TestClient, desk: Desk, waiting: str) -> None:
    assert api.post(f"{waiting}/cure", data=missing(desk) | {"do": "send"}).status_code == 403


def kept(desk: Desk) -> list[Submission]:
    with desk.db.read() as look:
        return records.find(look, Submission)
