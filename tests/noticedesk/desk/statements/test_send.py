"""Statements leave once for each measure that is confirmed where the law asks for them, and fail one by one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import deadletters
from noticedesk.desk.statements import rows
from noticedesk.model.action import Action
from noticedesk.model.clock import Clock, ClockState
from noticedesk.model.decision import Decision
from noticedesk.model.event import Event
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.person import Role
from noticedesk.model.right import RightKind
from noticedesk.settings import SettingError
from tests.noticedesk.desk.factory import Time, person
from tests.noticedesk.desk.receiver import order, saved
from tests.noticedesk.desk.statements.conftest import alleged, changed, dispatch
from tests.noticedesk.desk.statements.database import Database


def sent(desk: Desk) -> list[Outbox]:
    return saved(desk, Outbox, kind="statement")


def states(desk: Desk) -> list[str]:
    return [row.state.value for row in sent(desk)]


def test_a_confirmed_measure_is_stated_once_by_the_rules_of_the_database(europe: Desk, database: Database) -> None:
    allegation = alleged(europe)
    order(europe, allegation)
    dispatch(europe)
    dispatch(europe)
    (decision,) = saved(europe, Decision)
    (stated,) = database.had.values()
    assert stated["puid"] == f"{decision.id}-sor"
    assert stated["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert stated["category_specification"] == ["KEYWORD_TRADEMARK_INFRINGEMENT"]
    assert stated["territorial_scope"] == ["DE", "FR"]
    assert (stated["content_date"], stated["application_date"]) == ("2026-10-01", "2026-11-20")
    assert stated["automated_decision"] == "AUTOMATED_DECISION_FULLY"
    assert database.calls == [1]
    assert states(europe) == ["confirmed"]
    (event,) = saved(europe, Event, act="statement.accepted")
    assert event.details == {"puid": f"{decision.id}-sor", "uuid": f"uuid-{decision.id}-sor"}
    (clock,) = saved(europe, Clock, rule="transparency_database")
    assert (clock.state, clock.allegation) == (ClockState.SATISFIED, allegation.id)


@pytest.mark.parametrize("regime", ["us_dmca_512c", "ca_notice_notice", "mp_trademark", "uk_ecr", "jp_idpa"])
def test_nothing_is_stated_of_a_decision_under_other_law(europe: Desk, database: Database, regime: str) -> None:
    order(europe, alleged(europe, regime=regime))
    dispatch(europe)
    assert (sent(europe), database.calls) == ([], [])


def test_nothing_is_stated_of_a_measure_that_has_no_effect_in_the_union(europe: Desk, database: Database) -> None:
    order(europe, alleged(europe), Action.GEO_RESTRICT, ("US",))
    order(europe, alleged(europe), Action.WARN_ACCOUNT)
    dispatch(europe)
    assert (sent(europe), database.calls) == ([], [])


def test_a_statement_names_only_the_states_where_the_measure_has_effect(europe: Desk, database: Database) -> None:
    order(europe, alleged(europe), Action.GEO_RESTRICT, ("US", "FR"))
    dispatch(europe)
    (stated,) = database.had.values()
    assert stated["territorial_scope"] == ["FR"]


@pytest.mark.parametrize(
    ("action", "field", "value"),
    [
        (Action.REMOVE, "decision_visibility", ["DECISION_VISIBILITY_CONTENT_REMOVED"]),
        (Action.REMOVE_PART, "decision_visibility", ["DECISION_VISIBILITY_OTHER"]),
        (Action.DEMOTE, "decision_visibility", ["DECISION_VISIBILITY_CONTENT_DEMOTED"]),
        (Action.LABEL, "decision_visibility", ["DECISION_VISIBILITY_CONTENT_LABELLED"]),
        (Action.HOLD_FUNDS, "decision_monetary", "DECISION_MONETARY_SUSPENSION"),
        (Action.SUSPEND_ACCOUNT, "decision_account", "DECISION_ACCOUNT_SUSPENDED"),
        (Action.TERMINATE_ACCOUNT, "decision_account", "DECISION_ACCOUNT_TERMINATED"),
    ],
)
def test_each_measure_has_its_field(
    europe: Desk, database: Database, action: Action, field: str, value: object
) -> None:
    order(europe, alleged(europe), action)
    dispatch(europe)
    (stated,) = database.had.values()
    assert stated[field] == value


@pytest.mark.parametrize("kind", list(RightKind))
def test_each_kind_of_right_is_stated(europe: Desk, database: Database, kind: RightKind) -> None:
    order(europe, alleged(europe, kind))
    dispatch(europe)
    assert len(database.had) == 1


def test_what_is_switched_off_queues_nothing_and_can_be_queued_later(europe: Desk, database: Database) -> None:
    there = rows.rules(europe).database
    off = europe.settings.config.parent / "off"
    off.mkdir()
    for path in europe.settings.config.iterdir():
        (off / path.name).symlink_to(path)
    (off / "transparency.yaml").unlink()
    (off / "transparency.yaml").write_bytes((europe.settings.config / "transparency.yaml").read_bytes())
    changed(off, database=None)
    quiet = replace(europe, settings=replace(europe.settings, config=off))
    order(quiet, alleged(quiet))
    dispatch(quiet)
    assert sent(quiet) == []
    with quiet.db.read() as look:
        (row,) = rows.listed(quiet, look)
    assert (row.state, row.problem) == (rows.UNSENT, "")
    assert there
    assert rows.queue_all(europe) == 1
    assert rows.queue_all(europe) == 0
    dispatch(europe)
    assert len(database.had) == 1


@pytest.mark.parametrize(
    ("change", "token", "says"),
    [
        ({"reviewed_by_counsel": False}, "t", "counsel"),
        ({}, "", "NOTICEDESK_TRANSPARENCY_TOKEN"),
        ({}, "another", "does not accept"),
    ],
)
def test_without_review_or_token_statements_wait_and_the_run_says_why(
    europe: Desk, database: Database, change: dict[str, object], token: str, says: str
) -> None:
    changed(europe.settings.config, **change)
    desk = replace(europe, settings=replace(europe.settings, transparency_token=token))
    order(desk, alleged(desk))
    with pytest.raises(SettingError, match=says):
        dispatch(desk)
    assert states(desk) == ["queued"]
    assert [row.attempts for row in sent(desk)] == [0]
    assert database.had == {}


def test_a_hundred_go_in_one_call(europe: Desk, database: Database) -> None:
    for _ in range(103):
        order(europe, alleged(europe))
    dispatch(europe)
    assert database.calls == [100, 3]
    assert states(europe) == ["confirmed"] * 103


def test_one_that_is_at_fault_is_held_and_the_others_go(
    europe: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from noticedesk.desk.act import dsa

    monkeypatch.setattr(dsa, "problems", lambda fields: ())
    order(europe, alleged(europe))
    order(europe, alleged(europe, created=None))
    order(europe, alleged(europe))
    dispatch(europe)
    assert database.calls == [3, 2]
    assert sorted(states(europe)) == ["confirmed", "confirmed", "dead"]
    (held,) = [row for row in sent(europe) if row.state is OutboxState.DEAD]
    assert held.last_error == "the database refused it: /content_date: is required"


def test_what_the_rules_forbid_is_held_before_anything_is_sent_and_goes_when_it_is_mended(
    europe: Desk, database: Database
) -> None:
    order(europe, alleged(europe, created=None))
    dispatch(europe)
    (held,) = sent(europe)
    assert (held.state, database.calls) == (OutboxState.DEAD, [])
    assert "'content_date' is a required property" in held.last_error
    from noticedesk.model.listing import Listing
    from noticedesk.store import records

    with europe.db.write() as tx:
        (listing,) = records.find(tx, Listing)
        records.replace(tx, replace(listing, created_at=datetime(2026, 10, 1, tzinfo=UTC)))
    deadletters.retry(europe, person(europe, Role.LEGAL), held.id)
    dispatch(europe)
    assert states(europe) == ["confirmed"]


@pytest.mark.parametrize("reply", [500, 502, 503, 429])
def test_a_database_that_is_not_there_is_asked_again(europe: Desk, database: Database, time: Time, reply: int) -> None:
    database.replies = [reply]
    order(europe, alleged(europe))
    dispatch(europe)
    assert states(europe) == ["failed"]
    dispatch(europe)
    assert database.calls == [1]
    time.pass_(minutes=2)
    dispatch(europe)
    assert (states(europe), database.calls) == (["confirmed"], [1, 1])


def test_one_whose_answer_was_lost_is_found_there_and_not_doubled(europe: Desk, database: Database, time: Time) -> None:
    database.deaf = 1
    order(europe, alleged(europe))
    dispatch(europe)
    assert states(europe) == ["failed"]
    order(europe, alleged(europe))
    time.pass_(minutes=2)
    dispatch(europe)
    assert states(europe) == ["confirmed", "confirmed"]
    assert len(database.had) == 2


def test_an_identifier_that_somebody_else_used_is_shown(europe: Desk, database: Database) -> None:
    order(europe, alleged(europe))
    (decision,) = saved(europe, Decision)
    database.had[f"{decision.id}-sor"] = {}
    dispatch(europe)
    assert states(europe) == ["dead"]
    assert "set another `puid`" in sent(europe)[0].last_error


def test_a_measure_that_ended_is_stated_with_its_end_and_later_ends_are_shown(
    europe: Desk, database: Database, time: Time
) -> None:
    database.replies = [503]
    early, late = alleged(europe), alleged(europe)
    order(europe, early)
    dispatch(europe)
    time.pass_(days=1)
    order(europe, early, Action.RESTORE)
    order(europe, late)
    dispatch(europe)
    dispatch(europe)
    time.pass_(days=1)
    order(europe, late, Action.RESTORE)
    dispatch(europe)
    ends = [stated.get("end_date_visibility_restriction") for stated in database.had.values()]
    assert ends == ["2026-11-21", None]
    with europe.db.read() as look:
        shown = {row.built.puid: (row.ended_at is not None, row.after_sending) for row in rows.listed(europe, look)}
    assert list(shown.values()) == [(True, False), (True, True)]
