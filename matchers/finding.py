"""A finding: one comparison, its score, and the reason in words that a reviewer can check."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["compared", "unmatchable", "no_reference"]
Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where two pictures match: corners in pixels of each picture (clockwise from the top left of ours).

    `transform` says in words what was done, e.g. "mirrored, rotated 10 degrees, covers 38 % of the picture".
    """

    ours: Quad
    theirs: Quad
    transform: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where two texts match: half-open code points of the original texts, and the view in which they matched."""

    ours: tuple[int, int] | None
    theirs: tuple[int, int]
    view: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """When two videos match: seconds of each from the first to the last frame that does, and how many of theirs do.

    `transform` says in words what was done to the frames.
    """

    ours_seconds: tuple[float, float]
    theirs_seconds: tuple[float, float]
    frames: int
    transform: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one matcher found. A failure to compare is an outcome of its own and never a low score.

    `score` is in [0, 1] and None unless the outcome is "compared"; `ours` and `theirs` name what was compared (a
    digest, an id, a URL); `steps` tell how the matcher came to it, first to last.
    """

    matcher: str
    ours: str
    theirs: str
    reason: str
    score: float | None = None
    outcome: Outcome = "compared"
    where: tuple[Region | Passage | Stretch, ...] = ()
    steps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.reason:
            raise ValueError(f"{self.matcher}: a finding needs a reason")
        if (self.score is not None) != (self.outcome == "compared"):
            raise ValueError(f"{self.matcher}: a score belongs to what was compared, and to nothing else")
        if self.score is not None and not 0 <= self.score <= 1:
            raise ValueError(f"{self.matcher}: score {self.score} is not within 0 and 1")
