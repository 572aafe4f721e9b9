"""Answers through the API and the forms: the right token or reference from another sender changes nothing."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from noticedesk.desk import answer, process, review
from noticedesk.desk.act import lookup
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import takeover
from noticedesk.desk.review import Ruling
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.letter import Letter
from noticedesk.model.notice import Notice, NoticeKind, NoticeState, Verified
from noticedesk.model.person import Role
from noticedesk.model.submission import Submission, SubmissionState
from noticedesk.settings import Settings
from noticedesk.store import records
from tests.noticedesk.api.factory import OURS, PAT, client, complaint, counter_notice, sender, statements
from tests.noticedesk.desk.factory import Time, Web, opened, person

LINK = re.compile(r"https://notices\.shop\.example(/confirm/[A-Za-z0-9_-]+)")


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def desk(tmp_path: Path, web: Web, time: Time, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose api.yaml names its public address, and whose platform knows who sells."""
    account = lookup.Account(account="seller-1", name="Pat", contact=PAT)
    monkeypatch.setattr(lookup, "account", lambda desk, item: account)
    shipped = takeover.confirming.terms_of

    def public(settings: Settings) -> Any:
        return replace(shipped(settings), public_url="https://notices.shop.example")

    monkeypatch.setattr(takeover.confirming, "terms_of", public)
    with opened(tmp_path, web, time) as made:
        yield made


@pytest.fixture
def url(web: Web) -> str:
    return web.listing("a1", seed=7)


def send(api: TestClient, who: dict[str, str], form: dict[str, Any]) -> str:
    answer = api.post("/v1/complaints", content=json.dumps(form), headers=who | {"content-type": "application/json"})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["status_url"]).removeprefix("https://notices.shop.example")


def run(desk: Desk) -> None:
    takeover.take_over(desk)
    answer.answer(desk)
    process.run_all(desk)


def the(desk: Desk, noun: type, /, **equals: object) -> Any:
    with desk.db.read() as look:
        (one,) = records.find(look, noun, **equals)
    return one


def answering(kind: str, claim: str, url: str) -> dict[str, Any]:
    return {
        "schema": "noticedesk/complaint/1",
        "kind": kind,
        "service": "shop",
        "reference": claim,
        "listings": [url],
        "message": "I withdraw my notice about this listing.",
        "signature": "/s/ Maria Lind",
    }


def state(desk: Desk) -> tuple[ClaimState, AllegationState]:
    return the(desk, Claim).state, the(desk, Allegation).state


@pytest.mark.parametrize("kind", ["retraction", "cure_reply", "appeal", "counter_notice"])
def test_the_right_reference_from_another_sender_changes_nothing(
    api: TestClient, desk: Desk, maria: dict[str, str], url: str, kind: str
) -> None:
    lacking = kind == "cure_reply"
    send(api, maria, complaint(desk, url, **({"statements": {}} if lacking else {})))
    run(desk)
    before = state(desk)
    _, mallory = sender(desk, "mallory@evil.example", "Mallory")
    form = answering(kind, the(desk, Claim).id, url) | {"statements": statements(desk, NoticeKind.COPYRIGHT_NOTICE)}
    send(api, mallory, form | {"principal": {"name": "Maria Lind", "email": "maria@lind.example"}})
    run(desk)
    assert state(desk) == before
    notice = the(desk, Notice, sender="mallory@evil.example")
    assert notice.kind.value == kind and notice.state is NoticeState.QUARANTINED and notice.claim is None


def test_the_sender_s_own_retraction_takes_effect(api: TestClient, desk: Desk, maria: dict[str, str], url: str) -> None:
    path = send(api, maria, complaint(desk, url))
    run(desk)
    send(api, maria, answering("retraction", the(desk, Claim).id, url))
    run(desk)
    assert state(desk) == (ClaimState.WITHDRAWN, AllegationState.WITHDRAWN)
    assert api.get(path).json()["listings"] == [
        {"url": url, "fate": "withdrawn", "action": "", "reason": "", "since": None}
    ]


def test_the_sender_s_own_cure_is_read_with_the_complaint(
    api: TestClient, desk: Desk, maria: dict[str, str], url: str
) -> None:
    send(api, maria, complaint(desk, url, statements={}))
    run(desk)
    assert the(desk, Claim).state is ClaimState.NEEDS_CURE
    cure = answering("cure_reply", the(desk, Claim).id, url) | {
        "message": "",
        "statements": statements(desk, NoticeKind.COPYRIGHT_NOTICE),
    }
    send(api, maria, cure)
    run(desk)
    run(desk)
    assert the(desk, Claim).state is ClaimState.ACCEPTED


@pytest.fixture
def taken_down(api: TestClient, desk: Desk, maria: dict[str, str], url: str) -> str:
    """The listing, disabled by a decision."""
    send(api, maria, complaint(desk, url))
    run(desk)
    ann, one = person(desk, Role.SPECIALIST), the(desk, Allegation)
    review.decide(desk, ann, one.id, Ruling(action=Action.DISABLE, reason=Reason.COPY), one.version)
    return url


def fill_in(api: TestClient, desk: Desk, url: str, email: str = PAT) -> str:
    """Sends the counter-notice form off; the path of its status page."""
    form = counter_notice(desk, url)
    filled = {f"principal.{name}": value for name, value in form["principal"].items()} | {
        "service": "shop",
        "principal.email": email,
        "listings": url,
        "signature": "Pat Seller",
        "do": "send",
    }
    filled |= {f"statements.{name}": "yes" for name in form["statements"]}
    answer = api.post("/counter-notice", data=filled, headers=OURS)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def mailed(desk: Desk) -> str:
    """The link in the letter to the account holder."""
    letter = the(desk, Letter, template="any/address_confirmation")
    assert (letter.to, letter.routine) == (PAT, True)
    words = desk.blobs.get(letter.sha256).replace(b"=\r\n", b"").decode()
    found = LINK.search(words.replace("=3D", "="))
    assert found
    return found[1]


def test_a_counter_notice_by_form_counts_only_once_its_address_is_confirmed(
    api: TestClient, desk: Desk, taken_down: str
) -> None:
    page = fill_in(api, desk, taken_down)
    received = the(desk, Submission, email=PAT).received_at
    run(desk)
    assert the(desk, Allegation).state is AllegationState.APPROVED
    with desk.db.read() as look:
        assert records.find(look, Notice, sender=PAT) == []
    link = mailed(desk)
    assert "Yes, I sent it" in api.get(link).text
    run(desk)
    assert the(desk, Allegation).state is AllegationState.APPROVED, "opening the link alone confirms nothing"
    assert "counts as yours" in api.post(link, headers=OURS).text
    run(desk)
    notice = the(desk, Notice, sender=PAT)
    assert (notice.verified, notice.received_at) == (Verified.ADDRESS, received)
    assert the(desk, Allegation).state is AllegationState.COUNTERED
    assert "counter notice" in api.get(page).text
    assert api.post(link, headers=OURS).status_code == 200, "confirming twice is once"
    run(desk)
    the(desk, Notice, sender=PAT)


def test_nothing_is_mailed_to_an_address_that_is_of_no_side(api: TestClient, desk: Desk, taken_down: str) -> None:
    fill_in(api, desk, taken_down, "mallory@evil.example")
    run(desk)
    with desk.db.read() as look:
        assert records.find(look, Letter, template="any/address_confirmation") == []
    notice = the(desk, Notice, sender="mallory@evil.example")
    assert (notice.verified, notice.state) == (Verified.NO, NoticeState.QUARANTINED)
    assert the(desk, Allegation).state is AllegationState.APPROVED


def test_what_is_never_confirmed_is_put_before_a_person(
    api: TestClient, desk: Desk, taken_down: str, time: Time
) -> None:
    fill_in(api, desk, taken_down)
    run(desk)
    link = mailed(desk)
    time.pass_(days=8)
    run(desk)
    assert the(desk, Submission, email=PAT).state is SubmissionState.TAKEN
    assert the(desk, Notice, sender=PAT).state is NoticeState.QUARANTINED
    assert api.post(link, headers=OURS).status_code == 410
    assert the(desk, Allegation).state is AllegationState.APPROVED


def test_another_link_confirms_nothing(api: TestClient, desk: Desk, taken_down: str) -> None:
    fill_in(api, desk, taken_down)
    run(desk)
    link = mailed(desk)
    for wrong in (link[:-1], f"{link[:-1]}{'0' if link[-1] != '0' else '1'}", "/confirm/F-1_00", "/confirm/x"):
        assert api.get(wrong).status_code == api.post(wrong, headers=OURS).status_code == 410
    assert the(desk, Submission, email=PAT).confirmed_at is None


def test_without_a_public_address_a_form_goes_to_a_person(
    desk: Desk, taken_down: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = takeover.confirming.terms_of
    monkeypatch.setattr(takeover.confirming, "terms_of", lambda given: replace(named(given), public_url=None))
    with client(desk) as api:
        fill_in(api, desk, taken_down)
    run(desk)
    assert the(desk, Notice, sender=PAT).state is NoticeState.QUARANTINED
