"""POST /v1/complaints: saved as received, once a key, by a token's party; every mistake named by its pointer."""

import json
from typing import Any

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from noticedesk.desk.actors import acting
from noticedesk.desk.desk import Desk
from noticedesk.desk.portal import senders, takeover
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.event import Event
from noticedesk.model.notice import Notice, NoticeKind, Verified
from noticedesk.model.person import Role
from noticedesk.model.submission import Sender, SenderToken, Submission, SubmissionState
from noticedesk.store import records
from noticedesk.store import senders as kept_senders
from tests.noticedesk.api.factory import MARIA, client, complaint, rows, sender
from tests.noticedesk.desk.factory import Time, person


def send(api: TestClient, who: dict[str, str], form: Any, key: str = "") -> Any:
    headers = who | {"content-type": "application/json"} | ({"idempotency-key": key} if key else {})
    return api.post("/v1/complaints", content=form if isinstance(form, bytes) else json.dumps(form), headers=headers)


def kept(desk: Desk) -> list[Submission]:
    with desk.db.read() as look:
        return records.find(look, Submission)


def test_a_complaint_is_kept_byte_for_byte_before_anything_else(
    api: TestClient, desk: Desk, maria: dict[str, str]
) -> None:
    raw = b'  {"schema":   "noticedesk/complaint/1", "right": "copyright"}\n'
    answer = send(api, maria, raw)
    assert answer.status_code == 202 and answer.json()["schema"] == "receipt/1"
    (submission,) = kept(desk)
    assert desk.blobs.get(submission.body) == raw
    assert submission.state is SubmissionState.WAITING and submission.email == MARIA
    with desk.db.read() as look:
        assert records.find(look, Notice) == []
        assert [event.act for event in records.find(look, Event, subject=submission.id)] == ["submission.received"]


def test_it_becomes_a_notice_of_the_token_s_party_once(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    lies = complaint(desk) | {"agent": {"name": "Somebody", "email": "somebody@else.example"}}
    send(api, maria, lies)
    assert dict(takeover.take_over(desk).counts) == {"opened": 1}
    assert takeover.take_over(desk).taken == 0
    with desk.db.read() as look:
        (notice,) = records.find(look, Notice)
        (claim,) = records.find(look, Claim)
    assert (notice.sender, notice.verified, notice.channel) == (MARIA, Verified.LOGIN, "api")
    assert notice.kind is NoticeKind.COPYRIGHT_NOTICE and notice.received_at == kept(desk)[0].received_at
    assert claim.state is ClaimState.RECEIVED


def test_a_crash_between_saving_and_taking_over_loses_and_doubles_nothing(
    api: TestClient, desk: Desk, time: Time, maria: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(api, maria, complaint(desk))
    whole = takeover.records.replace

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(takeover.records, "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        takeover.take_over(desk)
    monkeypatch.setattr(takeover.records, "replace", whole)
    with desk.db.read() as look:
        assert records.find(look, Notice) == [] and records.find(look, Claim) == []
    time.pass_(seconds=takeover.LEASE_SECONDS + 1)
    assert takeover.take_over(desk).counts["opened"] == 1


def test_what_cannot_be_taken_over_says_why_and_stops_nothing(
    api: TestClient, desk: Desk, maria: dict[str, str]
) -> None:
    send(api, maria, complaint(desk))
    send(api, maria, complaint(desk, "https://shop.example/item/b-2"))
    first, _ = kept(desk)
    desk.blobs.remove(first.body, "test")
    tally = takeover.take_over(desk)
    assert tally.counts["opened"] == 1 and tally.errors.total() == 1
    assert [one.problem.partition(":")[0] for one in kept(desk)] == ["Erased", ""]


def test_the_same_key_and_body_get_the_same_answer(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    first, again = (send(api, maria, complaint(desk), "k-1") for _ in range(2))
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json() and len(kept(desk)) == 1


def test_the_same_key_with_another_body_is_a_conflict(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    send(api, maria, complaint(desk), "k-1")
    other = send(api, maria, complaint(desk, signature="Somebody"), "k-1")
    assert other.status_code == 409 and other.headers["content-type"] == "application/problem+json"
    assert len(kept(desk)) == 1


def test_a_key_is_its_sender_s_own(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    _, other = sender(desk, "bob@agency.example", "Bob")
    answers = [send(api, who, complaint(desk), "k-1").json()["id"] for who in (maria, other)]
    assert len(set(answers)) == 2


def test_the_status_address_of_a_second_token_works(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    _, second = sender(desk)
    send(api, maria, complaint(desk), "k-1")
    again = send(api, second, complaint(desk), "k-1").json()["status_url"]
    assert api.get(again).status_code == 200 and len(kept(desk)) == 1


MISTAKES: list[tuple[Any, int, list[str]]] = [
    (b"", 400, []),
    (b"{", 400, []),
    (b"\xff{}", 400, []),
    (b'{"schema": NaN}', 400, []),
    (b'{"schema": "noticedesk/complaint/1", "schema": "noticedesk/complaint/1"}', 400, []),
    (b"[" * 100_000, 400, []),
    (b"[]", 422, ["#"]),
    (b"{}", 422, ["#"]),
    (b'{"schema": "noticedesk\\u002fcomplaint/1"}', 422, ["#/schema"]),
    ({"schema": "other/1"}, 422, ["#/schema"]),
    ({"schema": "noticedesk/complaint/1", "works": [{"titel": "x"}, {"title": 5}]}, 422,
     ["#/works/0", "#/works/1/title"]),
    ({"schema": "noticedesk/complaint/1", "service": "shpo"}, 422, ["#/service"]),
    ({"schema": "noticedesk/complaint/1", "kind": "court_action"}, 422, ["#/kind"]),
    ({"schema": "noticedesk/complaint/1", "statements": {"a/b~": 1}}, 422, ["#/statements/a~1b~0"]),
]  # fmt: skip


@pytest.mark.parametrize(("form", "status", "pointers"), MISTAKES)
def test_a_mistake_is_named_by_its_pointer_and_nothing_is_kept(
    api: TestClient, desk: Desk, maria: dict[str, str], form: Any, status: int, pointers: list[str]
) -> None:
    answer = send(api, maria, form)
    assert answer.status_code == status, answer.text
    assert [one["pointer"] for one in answer.json().get("errors", [])] == pointers
    assert kept(desk) == [] and not (desk.settings.home / "blobs").exists()


def test_each_row_of_a_batch_has_its_own_result(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    batch = (
        rows(complaint(desk), {"schema": "noticedesk/complaint/1", "x": 1})
        + b"\n{\n"
        + rows(complaint(desk, "https://shop.example/item/b-2"))
    )
    headers = maria | {"content-type": "application/x-ndjson", "idempotency-key": "b-1"}
    answer, again = (api.post("/v1/complaints/batch", content=batch, headers=headers) for _ in range(2))
    assert [row["status"] for row in answer.json()["rows"]] == [202, 422, 400, 202]
    pointers = [[one["pointer"] for one in row["errors"]] for row in answer.json()["rows"]]
    assert pointers == [[], ["#"], [], []]
    assert answer.json() == again.json() and len(kept(desk)) == 2
    # two of one millisecond have no order
    lines = batch.splitlines()
    assert {desk.blobs.get(one.body) for one in kept(desk)} == {lines[0], lines[-1]}


def test_a_batch_of_too_many_rows_is_refused(desk: Desk, maria: dict[str, str]) -> None:
    headers = maria | {"content-type": "application/x-ndjson"}
    with client(desk, most_rows=2) as api:
        answer = api.post("/v1/complaints/batch", content=rows(*[complaint(desk)] * 3), headers=headers)
    assert answer.status_code == 422 and kept(desk) == []


@pytest.mark.parametrize("shown", [None, "", "Bearer", "Bearer x", "Bearer nds_T-1_00", "Basic YTpi"])
def test_without_a_token_nothing_is_taken(api: TestClient, desk: Desk, shown: str | None) -> None:
    answer = send(api, {} if shown is None else {"authorization": shown}, complaint(desk))
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    assert kept(desk) == []


def test_a_token_that_was_taken_back_works_no_longer(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    token = maria["authorization"].split("_")[1]
    senders.revoke(desk.db, person(desk, Role.ADMIN, name="Zoe"), token, desk.now())
    assert send(api, maria, complaint(desk)).status_code == 401


def test_only_the_digest_of_a_token_is_kept(desk: Desk, maria: dict[str, str]) -> None:
    secret = maria["authorization"].split("_")[2]
    with desk.db.read() as look:
        (token,) = records.find(look, SenderToken)
        everything = "".join(str(row) for row in look.run(text("SELECT * FROM sender_tokens")))
    assert len(token.sha256) == 64 and secret not in everything


def test_a_use_is_noted_at_most_once_in_five_minutes(
    api: TestClient, desk: Desk, maria: dict[str, str], time: Time
) -> None:
    used = []
    for minutes in (0, 1, 5):
        time.pass_(minutes=minutes)
        send(api, maria, complaint(desk))
        with desk.db.read() as look:
            used.append(records.find(look, SenderToken)[0].last_used_at)
    assert used[0] == used[1] and used[2] == desk.now()


def test_who_is_not_active_sends_nothing(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    zoe = acting(person(desk, Role.ADMIN, name="Zoe"))
    with desk.db.write() as tx:
        kept_senders.set_active(tx, records.find(tx, Sender)[0].id, False, zoe)
    assert send(api, maria, complaint(desk)).status_code == 401


def test_another_media_type_is_refused(api: TestClient, desk: Desk, maria: dict[str, str]) -> None:
    answer = api.post("/v1/complaints", content=b"a=b", headers=maria | {"content-type": "text/plain"})
    assert answer.status_code == 415
