"""GET /v1/status: the facts of one's own side to whoever has the address, nothing of the other's, until it expires."""

import json
from dataclasses import replace
from typing import Any

from starlette.testclient import TestClient

from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import takeover
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Decision
from noticedesk.model.event import Actor
from noticedesk.model.ids import new_id
from noticedesk.model.notice import Notice
from noticedesk.model.person import Role
from noticedesk.store import moves, records
from tests.noticedesk.api.factory import complaint, sender
from tests.noticedesk.desk.factory import Time, person


def sent(api: TestClient, who: dict[str, str], form: dict[str, Any]) -> str:
    """The path of the status address."""
    answer = api.post("/v1/complaints", content=json.dumps(form), headers=who | {"content-type": "application/json"})
    assert answer.status_code == 202
    return str(answer.json()["status_url"]).removeprefix("https://notices.shop.example")


def decided(desk: Desk, state: AllegationState, action: Action = Action.NONE) -> Actor:
    """Takes the only allegation to a state as a decision does, without the stages before it; who decided."""
    by = acting(person(desk, Role.SPECIALIST))
    with desk.db.write() as tx:
        (one,) = records.find(tx, Allegation)
        one = moves.move(tx, one, AllegationState.IN_REVIEW, by)
        made = Decision(
            id=new_id("D"),
            allegation=one.id,
            action=action,
            reason=Reason.NOT_PROVEN,
            decided_by=by.name,
            decided_at=desk.now(),
        )
        records.add(tx, made)
        moves.move(tx, one, state, by)
    return by


def test_what_is_missing_is_told_with_its_reference_and_cure(
    api: TestClient, desk: Desk, maria: dict[str, str]
) -> None:
    path = sent(api, maria, complaint(desk, signature="", statements={}))
    told = api.get(path).json()
    assert told["schema"] == "status/1" and told["stage"] == "received"
    missing = {one["element"]: one for one in told["missing"]}
    assert {"signature", "good_faith_statement"} <= missing.keys()
    assert all(one["reference"] and one["cure"] for one in missing.values())


def test_the_page_says_the_same_in_words(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    path = sent(api, maria, complaint(desk, signature="", statements={}))
    page = api.get(path.removeprefix("/v1"))
    assert page.headers["content-type"].startswith("text/html")
    assert "17 USC 512(c)(3)" in page.text and "Please sign the notice" in page.text


def test_the_fate_of_an_address_is_told_when_its_letter_may_leave(
    api: TestClient, desk: Desk, maria: dict[str, str], time: Time
) -> None:
    path = sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    assert api.get(path).json()["listings"][0]["fate"] == "under_review"
    decided(desk, AllegationState.DISMISSED)
    assert api.get(path).json()["listings"][0]["fate"] == "under_review"
    time.pass_(minutes=desk.policy.undo_minutes + 1)
    (told,) = api.get(path).json()["listings"]
    assert told["fate"] == "refused" and told["reason"] == desk.reasons[Reason.NOT_PROVEN]


def test_an_approved_measure_is_not_told_before_the_platform_confirms_it(
    api: TestClient, desk: Desk, maria: dict[str, str]
) -> None:
    path = sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    decided(desk, AllegationState.APPROVED, Action.DISABLE)
    assert api.get(path).json()["listings"][0]["fate"] == "under_review"


def test_that_somebody_answered_is_not_told(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    path = sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    ann = decided(desk, AllegationState.APPROVED, Action.DISABLE)
    with desk.db.write() as tx:
        (one,) = records.find(tx, Allegation)
        for state in (AllegationState.DISPATCHING, AllegationState.ACTIONED):
            one = moves.move(tx, one, state, ann)
    actioned = api.get(path).json()["listings"]
    with desk.db.write() as tx:
        moves.move(tx, one, AllegationState.COUNTERED, ann)
    assert api.get(path).json()["listings"] == actioned
    assert "countered" not in api.get(path.removeprefix("/v1")).text


def test_what_others_reported_about_the_same_listing_is_not_told(
    api: TestClient, desk: Desk, maria: dict[str, str]
) -> None:
    secret = "https://shop.example/item/secret-9"
    sent(api, maria, complaint(desk, listings=["https://shop.example/item/a-1", secret]))
    _, other = sender(desk, "mallory@evil.example", "Mallory")
    path = sent(api, other, complaint(desk))
    takeover.take_over(desk)
    with desk.db.read() as look:
        assert len({notice.claim for notice in records.find(look, Notice)}) == 2
    told = api.get(path)
    assert [one["url"] for one in told.json()["listings"]] == ["https://shop.example/item/a-1"]
    assert "secret-9" not in told.text + api.get(path.removeprefix("/v1")).text


def test_an_expired_address_is_gone(api: TestClient, desk: Desk, maria: dict[str, str], time: Time) -> None:
    path = sent(api, maria, complaint(desk))
    time.pass_(days=181)
    assert api.get(path).status_code == 410 and api.get(path.removeprefix("/v1")).status_code == 410


def test_no_other_address_leads_anywhere(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    path = sent(api, maria, complaint(desk))
    for wrong in (path[:-1], path[:-1] + ("0" if path[-1] != "0" else "1"), path.split("_")[0], "/v1/status/x"):
        assert api.get(wrong).status_code == 404


def test_what_was_erased_is_not_read_again(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    path = sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    with desk.db.read() as look:
        desk.blobs.remove(records.find(look, Notice)[0].sha256, "erasure")
    assert api.get(path).json()["stage"] == "erased"


def test_nothing_is_shown_of_what_is_with_the_safety_team(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    path = sent(api, maria, complaint(desk))
    takeover.take_over(desk)
    with desk.db.write() as tx:
        (claim,) = records.find(tx, Claim)
        records.replace(tx, replace(claim, lane=Lane.SAFETY))
    told = api.get(path).json()
    assert told["stage"] == "received" and told["listings"] == [] and told["reference"] == ""
