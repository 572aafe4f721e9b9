"""Two described pictures in, a finding out: hashes of the whole first, then keypoints, then the pixels themselves.

The score is fixed to its evidence: from MATCH on the evidence is enough to act on, from BORDERLINE on a person looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchers.finding import Finding, Region
from matchers.image.geometry import agreement
from matchers.image.hashes import Pdq, distance
from matchers.image.keypoints import Matrix, scaling
from matchers.image.photometric import likeness
from matchers.image.picture import Picture, Unreadable, View
from matchers.image.region import region, turned

MATCHER = "image"
MATCH, BORDERLINE = 0.8, 0.5
"""The cuts that `score` is made for."""

_HASH_MATCH, _HASH_REVIEW = 40, 70
_FIRST_LOOK, _POINTS_REVIEW, _POINTS_MATCH, _POINTS_LOGO = 5, 8, 10, 20
_LIKE = 0.7
_HASH_SCORES = (
    (0, _HASH_MATCH, _HASH_MATCH + 1, _HASH_REVIEW, _HASH_REVIEW + 1, 128),
    (0.99, MATCH, 0.79, BORDERLINE, 0.4, 0.0),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a copy: score, reason, the steps that led to it, and where."""

    score: float
    reason: str
    steps: tuple[str, ...]
    matrix: Matrix | None = None


def compare(
    ours: Picture | Unreadable,
    theirs: Picture | Unreadable,
    *,
    logo: bool = False,
    names: tuple[str, str] = ("", ""),
) -> Finding:
    """Whether theirs is a copy, perhaps changed, of ours; `logo` asks for the stricter rule of simple graphics.

    Score 1 only for identical bytes. It says that this picture was taken over, not that it infringes. `names` say what
    was compared (default: the digests).
    """
    called = (names[0] or ours.sha256, names[1] or theirs.sha256)
    if isinstance(ours, Unreadable) or isinstance(theirs, Unreadable):
        return _unmatchable(called, _unreadable(ours, theirs))
    if ours.preprocessing != theirs.preprocessing:
        return _unmatchable(
            called, f"described by version {ours.preprocessing} and {theirs.preprocessing}: do both anew"
        )
    if ours.sha256 == theirs.sha256:
        return _identical(called, ours.views[0])
    pairs = [(mine, other) for mine in ours.views for other in theirs.views if not mine.plain and not other.plain]
    if not pairs:
        side = "ours" if all(view.plain for view in ours.views) else "theirs"
        return _unmatchable(called, f"{side} is too plain: hardly any detail to compare")
    looked = [(compare_views(mine, other, logo), mine, other) for mine, other in pairs]
    best, mine, other = max(looked, key=lambda item: item[0].score)
    return _compared(called, best, mine, other)


def _unreadable(ours: Picture | Unreadable, theirs: Picture | Unreadable) -> str:
    sides = (("ours", ours), ("theirs", theirs))
    return "; ".join(f"{side} cannot be read: {it.reason}" for side, it in sides if isinstance(it, Unreadable))


def _unmatchable(called: tuple[str, str], reason: str) -> Finding:
    return Finding(matcher=MATCHER, ours=called[0], theirs=called[1], reason=reason, outcome="unmatchable")


def _identical(called: tuple[str, str], view: View) -> Finding:
    return Finding(
        matcher=MATCHER,
        ours=called[0],
        theirs=called[1],
        score=1.0,
        reason="the same file, byte for byte",
        where=(_where(np.eye(3), view, view),),
        steps=("SHA-256: identical",),
    )


def _compared(called: tuple[str, str], best: Evidence, mine: View, other: View) -> Finding:
    where = () if best.matrix is None or best.score < BORDERLINE else (_where(best.matrix, mine, other),)
    return Finding(
        matcher=MATCHER,
        ours=called[0],
        theirs=called[1],
        score=round(best.score, 4),
        reason=best.reason,
        where=where,
        steps=best.steps,
    )


def _where(matrix: Matrix, mine: View, other: View) -> Region:
    return region(matrix, (mine.width, mine.height), (other.width, other.height))


def compare_views(mine: View, other: View, logo: bool) -> Evidence:
    """The best evidence that one frame is a copy of another."""
    by_hash = _by_hash(mine, other)
    if by_hash.score >= MATCH:
        return by_hash
    by_points = _by_points(mine, other, logo)
    best = max(by_hash, by_points, key=lambda one: one.score)
    return Evidence(best.score, best.reason, by_hash.steps + by_points.steps, best.matrix)


def _by_hash(mine: View, other: View) -> Evidence:
    areas: Sequence[tuple[Pdq, Pdq, str]] = (
        (mine.whole, other.whole, "whole pictures"),
        (mine.trimmed, other.trimmed, "without borders"),
    )
    known = [(*distance(a, b), a.box, b.box, what) for a, b, what in areas if a.usable and b.usable]
    if not known:
        return Evidence(0.0, "too little detail for a hash", ("PDQ: unknown, too little detail",))
    far, row, from_box, to_box, what = min(known, key=lambda item: item[0])
    step = (f"PDQ, {what}: {far} of 256 bits differ",)
    reason = f"{what} differ in {far} of 256 bits of PDQ"
    return Evidence(hash_score(far), reason, step, turned(from_box, to_box, row))


def hash_score(far: int) -> float:
    """The score of a PDQ distance: 0.99 at none, MATCH at 40, BORDERLINE at 70, 0 at 128."""
    return float(np.interp(far, *_HASH_SCORES))


def _by_points(mine: View, other: View, logo: bool) -> Evidence:
    looks = [_look(mine, other, mirrored, logo) for mirrored in (False, True)]
    return max(looks, key=lambda one: one.score)


def _look(mine: View, other: View, mirrored: bool, logo: bool) -> Evidence:
    found = agreement(mine.mirrored if mirrored else mine.coarse, other.fine)
    matrix = found.matrix @ _mirror(mine) if mirrored else found.matrix
    side = "mirrored" if mirrored else "upright"
    step = f"keypoints, {side}: {found.inliers} agree"
    if found.inliers < _FIRST_LOOK:
        return Evidence(points_score(found.inliers, 0.0, logo), "nothing found in common", (step,))
    like = likeness(mine.grey, other.grey, scaling(other.scale) @ matrix @ np.linalg.inv(scaling(mine.scale)))
    reason = f"{found.inliers} keypoints agree on one place and shape; the pixels there correlate by {like:.2f}"
    steps = (step, f"pixels, {side}: correlation {like:.2f}")
    return Evidence(points_score(found.inliers, like, logo), reason, steps, matrix)


def _mirror(view: View) -> Matrix:
    return np.array([[-1, 0, view.width - 1], [0, 1, 0], [0, 0, 1]], dtype=np.float64)


def points_score(inliers: int, like: float, logo: bool) -> float:
    """The score of keypoint evidence: MATCH from 10 inliers (logos 20) and likeness .7, BORDERLINE from 8 inliers."""
    needed = _POINTS_LOGO if logo else _POINTS_MATCH
    if inliers >= needed and like > _LIKE:
        return MATCH + 0.18 * (like - _LIKE) / (1 - _LIKE) * min(1.0, inliers / 40)
    if inliers >= _POINTS_REVIEW:
        return BORDERLINE + 0.29 * min(1.0, max(0.0, like)) * min(1.0, inliers / 40)
    return 0.06 * inliers
