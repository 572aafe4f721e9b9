"""Verdicts on labels: promises kept or plainly declined, and what new cuts would have changed."""

import random

import pytest

from matchers.labels import NEVER, Change, Label, Promise, PromiseError, changes, verdicts


def drawn(count: int, seed: int, matcher: str = "mark", kind: str = "") -> list[Label]:
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        match = chance.random() < 0.3
        score = min(1.0, max(0.0, chance.gauss(0.8 if match else 0.3, 0.15)))
        source = "audit" if chance.random() < 0.1 else "decision"
        found.append(Label(matcher=matcher, kind=kind, score=score, match=match, source=source))  # type: ignore[arg-type]
    return found


def test_many_labels_give_both_cuts_and_nothing_is_lacking() -> None:
    (verdict,) = verdicts(drawn(3000, 1), Promise())
    assert (verdict.name, verdict.labels, verdict.lacks) == ("mark", 3000, ())
    assert 0 < verdict.borderline <= verdict.strong <= 1
    assert verdict.matches > 800 and verdict.audited > 200


def test_too_few_labels_keep_everything_borderline_and_say_how_many_are_needed() -> None:
    (verdict,) = verdicts(drawn(40, 2), Promise())
    assert (verdict.strong, verdict.borderline) == (NEVER, 0.0)
    assert "nothing may be called strong" in verdict.lacks[0] and "at least 94 labels" in verdict.lacks[0]
    assert "everything stays borderline" in verdict.lacks[1] and "at least 59 true matches" in verdict.lacks[1]


def test_the_numbers_that_are_said_to_be_needed_are_enough_and_no_more_than_needed() -> None:
    promise = Promise()
    for count, enough in ((promise.fewest_matches, True), (promise.fewest_matches - 1, False)):
        labels = [Label(matcher="mark", score=0.9, match=True) for _ in range(count)]
        assert (verdicts(labels, promise)[0].borderline > 0) == enough
    for count, enough in ((promise.fewest_strong, True), (promise.fewest_strong - 1, False)):
        labels = [Label(matcher="mark", score=0.9, match=True) for _ in range(count)]
        assert (verdicts(labels, promise)[0].strong < NEVER) == enough


def test_each_matcher_and_kind_of_mark_has_its_own_verdict() -> None:
    labels = drawn(200, 3) + drawn(200, 4, kind="word") + drawn(200, 5, "name")
    assert [verdict.name for verdict in verdicts(labels, Promise())] == ["mark", "mark_word", "name"]


def test_what_is_never_strong_by_itself_stays_so_whatever_the_labels_say() -> None:
    (verdict,) = verdicts(drawn(3000, 6, kind="word"), Promise(), never_strong=["mark_word"])
    assert verdict.strong == NEVER and verdict.borderline > 0
    assert "never strong by itself" in verdict.lacks[0]


def test_labels_without_a_true_match_promise_nothing() -> None:
    (verdict,) = verdicts([Label(matcher="image", score=0.4, match=False)] * 500, Promise())
    assert (verdict.strong, verdict.borderline) == (NEVER, 0.0)
    assert "no true match among 500 labels" in verdict.lacks[0]


def test_labels_of_reviewed_cases_alone_say_what_they_do_not_cover() -> None:
    labels = [Label(matcher="mark", score=label.score, match=label.match) for label in drawn(3000, 7)]
    assert "no label is from an audit" in verdicts(labels, Promise())[0].lacks[0]


def test_a_change_counts_the_cases_that_go_to_another_band() -> None:
    labels = [Label(matcher="mark", score=score, match=score > 0.6) for score in (0.2, 0.55, 0.7, 0.95, 0.99)]
    assert changes(labels, (0.9, 0.5), (0.97, 0.6)) == (
        Change(before="borderline", after="none", cases=1, matches=0),
        Change(before="strong", after="borderline", cases=1, matches=1),
    )
    assert changes(labels, (0.9, 0.5), (0.9, 0.5)) == ()


@pytest.mark.parametrize("share", [0, 1, -0.1])
def test_a_promise_of_an_impossible_share_is_refused(share: float) -> None:
    with pytest.raises(PromiseError, match="give a share between 0 and 1"):
        Promise(false=share)
