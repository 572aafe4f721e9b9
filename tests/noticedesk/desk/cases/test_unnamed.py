"""A letter says that no name was given only where the law surely lets such a notice stand, and none was given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from noticedesk.model.letter import Letter, LetterState
from noticedesk.regime import Regime, Tag, by_id
from noticedesk.store import records
from tests.noticedesk.desk.history import World
from tests.noticedesk.desk.history_events import happen
from tests.noticedesk.desk.history_expect import check
from tests.noticedesk.desk.history_given import world

GIVEN: dict[str, Any] = {"countries": ["GB"], "timezone": "Europe/London", "listings": ["a1"], "at": "2026-11-18 10:00"}
NOTICE = {"at": GIVEN["at"], "event": "a notice arrives", "message": "british notice"}
REMOVES = {"at": "2026-11-18 12:00", "event": "a specialist removes"}
HELD, SAYS = "any/removal_notice", "Whose notice it is: the notifier, who gave no name."


def sure(laws: tuple[Regime, ...], tag: Tag) -> tuple[Regime, ...]:
    """The laws, with the British rule about notices that name nobody as sure as that."""
    british = by_id(laws, "uk_ecr")
    rule = british.versions[0].unnamed
    assert rule is not None
    versions = (replace(british.versions[0], unnamed=replace(rule, tag=tag)),)
    return tuple(replace(one, versions=versions) if one is british else one for one in laws)


@contextmanager
def removed(home: Path, tag: Tag, **said: Any) -> Iterator[World]:
    """A British listing that was removed after a notice, where the rule about names is as sure as that."""
    with world(home, GIVEN) as here:
        here.desk = replace(here.desk, law=sure(here.desk.law, tag))
        for step in ({**NOTICE, **said}, REMOVES):
            here.pass_until(here.when(str(step["at"])))
            happen(here, step)
            here.run()
        here.pass_until(here.when("+1 hours"))
        yield here


def test_where_the_law_surely_lets_it_stand_the_letter_says_that_no_name_was_given(tmp_path: Path) -> None:
    with removed(tmp_path, "verified", without=["claimant"]) as here:
        check(here, {"sent": [HELD], "says": {HELD: [SAYS]}, "blocked": []})


@pytest.mark.parametrize("tag", ["general", "secondary", "doubtful"])
def test_where_that_is_not_sure_the_letter_is_held(tmp_path: Path, tag: Tag) -> None:
    with removed(tmp_path, tag, without=["claimant"]) as here:
        check(here, {"blocked": [HELD], "says not": {HELD: [SAYS]}})


def test_a_name_that_was_given_stands_in_the_letter(tmp_path: Path) -> None:
    with removed(tmp_path, "verified") as here:
        check(here, {"sent": [HELD], "says": {HELD: ["Whose notice it is: Maria Lind."]}, "says not": {HELD: [SAYS]}})


def test_a_notice_that_is_not_there_to_be_read_is_not_said_to_give_no_name(tmp_path: Path) -> None:
    with world(tmp_path, GIVEN) as here:
        here.desk = replace(here.desk, law=sure(here.desk.law, "verified"))
        lost = {"at": "+1 minutes", "event": "the bytes of the notice are lost"}
        for step in ({**NOTICE, "without": ["claimant"]}, lost, REMOVES):
            here.pass_until(here.when(str(step["at"])))
            happen(here, step)
            here.run()
        here.pass_until(here.when("+1 hours"))
        with here.desk.db.read() as look:
            held = records.find(look, Letter, template=HELD, state=LetterState.BLOCKED)
        assert held and "[[principal]]" in held[-1].problem
