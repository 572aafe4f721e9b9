"""`noticedesk effects`: what failed is seen, retried and handed over from the command line, by a person."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click.testing
import pytest
from click.testing import CliRunner

from noticedesk import store
from noticedesk.cli import cli
from noticedesk.desk.actors import acting
from noticedesk.desk.dispatch import dispatch
from noticedesk.desk.enforcement.deadletters import NotRetriable
from noticedesk.model.escalation import Escalation
from noticedesk.model.letter import Outbox, OutboxState
from noticedesk.model.person import Role
from noticedesk.store import people, records
from tests.noticedesk.desk.factory import NOW, person
from tests.noticedesk.desk.receiver import NEVER, Receiver, approved, connect


@pytest.fixture
def dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The id of an effect that the platform refused for good, beside one that waits; Ann's token is set."""
    with connect(tmp_path, Receiver([NEVER])) as desk:
        approved(desk)
        dispatch(desk)
        with desk.db.read() as look:
            (refused,) = records.find(look, Outbox, state=OutboxState.DEAD)
        approved(desk)
        ann = person(desk, Role.SPECIALIST)
        with desk.db.write() as tx:
            token = people.issue_token(tx, ann.id, acting(ann), now=NOW)
        monkeypatch.setenv("NOTICEDESK_HOME", str(tmp_path))
        monkeypatch.setenv("NOTICEDESK_TOKEN", token)
        yield refused.id


def call(*arguments: str) -> click.testing.Result:
    return CliRunner().invoke(cli, ["effects", *arguments], catch_exceptions=False)


def rows(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in call(*arguments, "--json").stdout.splitlines()]


def saved(tmp_path: Path, noun: type, **equals: object) -> list:  # type: ignore[type-arg]
    with closing(store.open(f"sqlite:///{tmp_path / 'claims.db'}")) as db, db.read() as look:
        return records.find(look, noun, **equals)


def test_the_list_shows_the_dead_first_and_can_show_them_alone(dead: str) -> None:
    listed = rows()
    assert [(row["schema"], row["state"]) for row in listed] == [("effect/1", "dead"), ("effect/1", "queued")]
    (only,) = rows("--dead")
    assert only["id"] == dead
    assert "there is no such listing" in str(only["last_error"])
    assert {"attempts", "age_hours", "claim", "allegation", "key"} <= set(only)
    assert "dead" in call().stdout
    assert len(rows("--all")) == 2


def test_a_dead_effect_is_retried_by_the_owner_of_the_token(dead: str, tmp_path: Path) -> None:
    assert f"{dead} is tried again" in call("retry", dead).stdout
    assert saved(tmp_path, Outbox, id=dead)[0].state is OutboxState.QUEUED
    with pytest.raises(NotRetriable, match="only a failed or dead effect needs a person"):
        call("retry", dead)


def test_a_dead_effect_is_handed_over_to_a_team(dead: str, tmp_path: Path) -> None:
    told = call("hand-over", dead, "--team", "operations", "--question", "Is it locked?").stdout
    (asked,) = saved(tmp_path, Escalation)
    assert told.startswith(asked.id)
    assert asked.question == "Is it locked?"
    assert saved(tmp_path, Outbox, id=dead)[0].state is OutboxState.DEAD


def test_without_a_token_nothing_is_done(dead: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NOTICEDESK_TOKEN", "")
    assert "set NOTICEDESK_TOKEN" in call("retry", dead).output
    assert saved(tmp_path, Outbox, id=dead)[0].state is OutboxState.DEAD
