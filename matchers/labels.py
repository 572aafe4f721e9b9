"""Labels: what people decided about scored comparisons, and what that allows to promise for each kind of score."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import Literal

from matchers.calibrate import TRIED, Cuts, calibrate

Source = Literal["decision", "audit"]
BandName = Literal["strong", "borderline", "none"]

NEVER = 1.01
"""A cut that no score reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One comparison with the answer of a person. `source`: its case was reviewed, or it was drawn for an audit."""

    matcher: str
    score: float
    match: bool
    kind: str = ""
    source: Source = "decision"

    @property
    def name(self) -> str:
        """The name under which its cuts stand: the matcher, and the kind of mark where one is given (mark_word)."""
        return f"{self.matcher}_{self.kind}" if self.kind else self.matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is asked: at most so much false among the strong, so much missed below borderline, with so much doubt."""

    false: float = 0.05
    miss: float = 0.05
    doubt: float = 0.05

    def __post_init__(self) -> None:
        for name in ("false", "miss", "doubt"):
            if not 0 < getattr(self, name) < 1:
                raise PromiseError(f"{name} is {getattr(self, name)}; give a share between 0 and 1, such as 0.05")

    @property
    def fewest_strong(self) -> int:
        """How many labels above a cut are needed at the least, none of them false."""
        return ceil(log(self.doubt / TRIED) / log(1 - self.false))

    @property
    def fewest_matches(self) -> int:
        """How many true matches are needed at the least, for a cut that misses none of them."""
        return ceil(log(self.doubt) / log(1 - self.miss))


class PromiseError(ValueError):
    """A promise that cannot be asked for: names what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the labels of one kind of score allow: its cuts, what they rest on, and what they cannot promise.

    Where nothing may be called strong, `strong` is a cut that no score reaches; where no lower cut keeps the promise,
    `borderline` is 0 and everything goes to a person. `lacks` says so in words, and is empty where both hold.
    """

    name: str
    strong: float
    borderline: float
    labels: int
    matches: int
    audited: int
    cuts: Cuts | None = None
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How many labelled cases go from one band to another, and how many of them are true matches."""

    before: BandName
    after: BandName
    cases: int
    matches: int


def verdicts(labels: Iterable[Label], promise: Promise, never_strong: Collection[str] = ()) -> tuple[Verdict, ...]:
    """The verdict on each kind of score, by name; those of `never_strong` get no strong cut whatever the labels say."""
    by_name: dict[str, list[Label]] = {}
    for label in labels:
        by_name.setdefault(label.name, []).append(label)
    return tuple(_verdict(name, by_name[name], promise, name in never_strong) for name in sorted(by_name))


def changes(labels: Sequence[Label], old: tuple[float, float], new: tuple[float, float]) -> tuple[Change, ...]:
    """What new cuts (strong, borderline) would have made of past cases: only moves from one band to another."""
    moves: dict[tuple[BandName, BandName], list[bool]] = {}
    for label in labels:
        move = _band(label.score, old), _band(label.score, new)
        if move[0] != move[1]:
            moves.setdefault(move, []).append(label.match)
    return tuple(
        Change(before=before, after=after, cases=len(found), matches=sum(found))
        for (before, after), found in sorted(moves.items())
    )


def _verdict(name: str, labels: Sequence[Label], promise: Promise, never: bool) -> Verdict:
    matches, audited = sum(label.match for label in labels), sum(label.source == "audit" for label in labels)
    if not matches:
        lacks = (f"no true match among {len(labels)} labels: nothing can be promised, everything stays borderline",)
        return Verdict(
            name=name, strong=NEVER, borderline=0.0, labels=len(labels), matches=0, audited=audited, lacks=lacks
        )
    cuts = calibrate(
        [label.score for label in labels],
        [label.match for label in labels],
        false=promise.false,
        miss=promise.miss,
        doubt=promise.doubt,
    )
    return Verdict(
        name=name,
        strong=NEVER if never or cuts.strong is None else cuts.strong,
        borderline=cuts.borderline if cuts.missed <= promise.miss else 0.0,
        labels=len(labels),
        matches=matches,
        audited=audited,
        cuts=cuts,
        lacks=tuple(_lacking(cuts, promise, never, audited)),
    )


def _lacking(cuts: Cuts, promise: Promise, never: bool, audited: int) -> Iterable[str]:
    if never:
        yield "never strong by itself, whatever the labels say: its cut in force is above 1"
    elif cuts.strong is None:
        yield (
            f"nothing may be called strong: among the likeliest up to {cuts.false_strong:.1%} may be false, "
            f"{promise.false:.1%} was asked; at least {promise.fewest_strong} labels above the cut are needed, "
            "none of them false"
        )
    if cuts.missed > promise.miss:
        yield (
            f"everything stays borderline: with {cuts.matches} true matches up to {cuts.missed:.1%} may be missed, "
            f"{promise.miss:.1%} was asked; at least {promise.fewest_matches} true matches are needed"
        )
    if not audited:
        yield "no label is from an audit: the cuts hold for what was reviewed, not for what never was"


def _band(score: float, cuts: tuple[float, float]) -> BandName:
    strong, borderline = cuts
    return "strong" if score >= strong else "borderline" if score >= borderline else "none"
