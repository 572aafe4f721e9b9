"""Grey areas: each is flagged, asked of its team with a due time, and never proposed for anything by itself."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from noticedesk.desk import process
from noticedesk.desk.desk import Desk
from noticedesk.desk.escalation import routes
from noticedesk.desk.ingest import ingest
from noticedesk.desk.misuse import conduct as conduct_of
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision, Proposal
from noticedesk.model.escalation import Escalation
from noticedesk.model.letter import Outbox, OutboxKind
from noticedesk.store import records
from tests.noticedesk.desk.factory import Mail, Web, deliver
from tests.noticedesk.desk.history_letters import words

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "grey.yaml").read_text(encoding="utf-8")
)


def _notice(case: dict[str, Any], urls: tuple[str, ...]) -> str:
    text = words(case.get("message", "copyright notice"), {"adding": case["says"]} if "says" in case else {})
    return text.replace("{listings}", "\n".join(urls))


def _receive(desk: Desk, home: Path, name: str, text: str, sender: str) -> None:
    safe = text.replace("{", "{{").replace("}", "}}")
    deliver(home, {f"{name}.eml": Mail(text=safe, sender=sender, message_id=f"<{name}@x.example>").raw()})
    ingest(desk, desk.sources[0])
    process.run_all(desk)


@pytest.mark.parametrize("case", CASES, ids=[case["flag"] for case in CASES])
def test_a_grey_area_goes_to_its_team_and_nothing_is_proposed(
    case: dict[str, Any], desk: Desk, tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = replace(conduct_of.conduct(desk), sanctioned=tuple(case.get("sanctioned", ())))
    monkeypatch.setattr(conduct_of, "_read", lambda path: rules)
    urls = tuple(web.listing(f"a{number}") for number in range(case.get("listings", 1)))
    if "before" in case:
        _receive(desk, tmp_path, "before", _notice(case, (web.listing("b1"),)), case["before"])
    _receive(desk, tmp_path, "now", _notice(case, urls), case.get("from", "maria@lind.example"))
    with desk.db.read() as look:
        claim = records.find(look, Claim)[-1]
        asked = records.find(look, Escalation, claim=claim.id)
        proposals = [one for one in records.find(look, Proposal) if case["flag"] in one.flags]
        decisions = records.find(look, Decision)
        orders = records.find(look, Outbox, kind=OutboxKind.WEBHOOK)
    route = routes.routes(desk).flags[case["flag"]]
    assert case["flag"] in claim.flags
    assert [(one.team.value, one.due_at is not None) for one in asked if one.question == route.asks] == [
        (case["team"], True)
    ]
    assert proposals and all(one.action is None and one.question for one in proposals)
    assert (decisions, orders) == ([], [])


def test_every_grey_area_that_has_a_route_and_is_in_the_law_has_a_case() -> None:
    assert len(CASES) == len({case["flag"] for case in CASES}) == 21
