"""Asking a side of a case: a letter with a person's own words, to whom it should go, or a plain refusal."""

from pathlib import Path

import pytest

from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import asking, letters
from noticedesk.desk.mail.asking import BadQuestion, Question
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.event import Event
from noticedesk.model.letter import LetterState
from noticedesk.model.person import Role
from noticedesk.store import records
from tests.noticedesk.console.factory import cases
from tests.noticedesk.desk.chase.case import countered
from tests.noticedesk.desk.factory import person


def test_a_question_goes_to_the_holder_in_the_words_of_who_asks(desk: Desk, tmp_path: Path) -> None:
    (one,) = cases(desk, tmp_path)
    ann = person(desk, Role.SPECIALIST)
    letter = asking.ask(desk, ann, one.claim, Question("claimant", "Which print do you mean?\n", one.id))
    assert letter.state is LetterState.QUEUED and letter.to_role == "claimant"
    words = letters.text(desk, letter)
    assert "Which print do you mean?" in words and "/item/c0-0" in words
    with desk.db.read() as look:
        (event,) = records.find(look, Event, act="party.asked")
    assert event.actor == ann.id and "print" not in str(event.details)


@pytest.mark.parametrize(
    ("side", "words", "said"),
    [
        ("seller", "Whose is it?", "no address of the seller"),
        ("police", "Whose is it?", "not to police"),
        ("claimant", "  ", "1 to"),
        ("claimant", "[[claim]]?", "still shows"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_written(
    desk: Desk, tmp_path: Path, side: str, words: str, said: str
) -> None:
    (one,) = cases(desk, tmp_path)
    with pytest.raises(BadQuestion, match=said):
        asking.ask(desk, person(desk, Role.SPECIALIST), one.claim, Question(side, words, one.id))
    with desk.db.read() as look:
        assert records.find(look, Event, act="party.asked") == []


def test_an_analyst_asks_nobody(desk: Desk, tmp_path: Path) -> None:
    (one,) = cases(desk, tmp_path)
    with pytest.raises(NotPermitted):
        asking.ask(desk, person(desk, Role.ANALYST), one.claim, Question("claimant", "Whose is it?"))


def test_about_an_answered_takedown_only_legal_writes(desk: Desk) -> None:
    one = countered(desk)
    with pytest.raises((NotPermitted, BadQuestion)):
        asking.ask(desk, person(desk, Role.SPECIALIST), one.claim, Question("seller", "Whose is it?", one.id))
