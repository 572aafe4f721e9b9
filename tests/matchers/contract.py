"""What holds for every matcher; its tests inherit this class and bring samples."""

from collections.abc import Sequence
from typing import Any

from matchers.finding import Finding


class MatcherContract:
    """Identity scores 1, scores are bounded, a reason is always given, and what cannot be compared is said to be so.

    A subclass sets `samples` (at least three things that differ) and `unmatchable` (pairs that cannot be compared),
    and `compare(ours, theirs)`.
    """

    samples: Sequence[Any] = ()
    unmatchable: Sequence[tuple[Any, Any]] = ()

    def compare(self, ours: Any, theirs: Any) -> Finding:
        raise NotImplementedError

    def test_there_are_samples_to_hold_the_contract_against(self) -> None:
        assert len(self.samples) >= 3
        assert self.unmatchable

    def test_the_same_thing_scores_one(self) -> None:
        for sample in self.samples:
            finding = self.compare(sample, sample)
            assert finding.outcome == "compared"
            assert finding.score == 1

    def test_a_score_lies_between_zero_and_one_and_always_has_its_reason(self) -> None:
        for ours in self.samples:
            for theirs in self.samples:
                finding = self.compare(ours, theirs)
                assert finding.reason.strip()
                assert finding.outcome != "compared" or 0 <= (finding.score or 0) <= 1

    def test_comparing_twice_gives_the_same_finding(self) -> None:
        for ours in self.samples:
            for theirs in self.samples:
                assert self.compare(ours, theirs) == self.compare(ours, theirs)

    def test_what_cannot_be_compared_is_said_to_be_so_and_is_no_low_score(self) -> None:
        for ours, theirs in self.unmatchable:
            finding = self.compare(ours, theirs)
            assert finding.outcome == "unmatchable"
            assert finding.score is None
            assert finding.reason.strip()
