"""Two described pictures in, a finding out: hashes of the whole first, then keypoints, then the pixels themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchers.finding import Finding, Region
from matchers.image.hashes import Pdq, distance
from matchers.image.keypoints import Matrix
from matchers.image.looks import Look, looks
from matchers.image.picture import Picture, Unreadable, View
from matchers.image.region import region, turned
from matchers.image.score import BORDERLINE, HASH_REVIEW, MATCH, of_hash, of_look

MATCHER = "image"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a copy: score, reason, the steps that led to it, and where."""

    score: float
    reason: str
    steps: tuple[str, ...] = ()
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
    if ours.side == "theirs" or theirs.side == "ours":
        raise ValueError(f"pictures described for the sides {ours.side} and {theirs.side} cannot be ours and theirs")
    if ours.sha256 == theirs.sha256:
        return _identical(called, ours.views[0])
    pairs = [(mine, other) for mine in ours.views for other in theirs.views if not mine.plain and not other.plain]
    if not pairs:
        side = "ours" if all(view.plain for view in ours.views) else "theirs"
        return _unmatchable(called, f"{side} is too plain: hardly any detail to compare")
    looked = [(compare_views(mine, other, logo), mine, other) for mine, other in pairs]
    best, mine, other = max(looked, key=lambda item: item[0].score)
    unseen = ours.unseen or theirs.unseen
    if best.score < BORDERLINE and unseen:
        return _unmatchable(called, f"nothing found in common, but {unseen}")
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
    """The best evidence that one frame is a copy of another; the search ends with the first match."""
    best, steps = Evidence(0.0, "nothing found in common"), list[str]()
    for evidence in _evidence(mine, other, logo):
        steps += evidence.steps
        if evidence.score > best.score:
            best = evidence
        if best.score >= MATCH:
            break
    if not steps or best.matrix is None:
        steps.append("keypoints: fewer than five agree on any one place")
    return Evidence(best.score, best.reason, tuple(steps), best.matrix)


def _evidence(mine: View, other: View, logo: bool) -> Iterator[Evidence]:
    yield _by_hash(mine, other)
    yield from (_by_look(look, logo) for look in looks(mine, other))


def _by_hash(mine: View, other: View) -> Evidence:
    """The nearest of the areas whose bits mean something: whole on whole, border cut from both, ours on a panel."""
    known = [
        (*distance(ours, theirs), ours.box, theirs.box, what)
        for ours, theirs, what in _areas(mine, other)
        if ours.usable and theirs.usable
    ]
    if not known:
        return Evidence(0.0, "too little detail for a hash", ("PDQ: unknown, too little detail",))
    far, row, ours, theirs, what = min(known, key=lambda item: item[0])
    said = f"{what}: {far} of 256 bits of PDQ differ"
    return Evidence(of_hash(far), said, (said,), turned(ours, theirs, row) if far <= HASH_REVIEW else None)


def _areas(mine: View, other: View) -> Iterator[tuple[Pdq, Pdq, str]]:
    yield mine.whole, other.whole, "whole pictures"
    yield mine.trimmed, other.trimmed, "pictures without borders"
    for panel in other.panels:
        yield mine.whole, panel.whole, "ours and a panel of theirs"
        yield mine.trimmed, panel.trimmed, "ours and a panel of theirs, without borders"


def _by_look(look: Look, logo: bool) -> Evidence:
    found = f"{look.inliers} keypoints agree on one place"
    pixels = (
        f"the pixels there correlate by {look.like:.2f}, and {look.texture.agreeing:.0%} of the texture is the same"
    )
    return Evidence(of_look(look, logo), f"{found}; {pixels}", (f"{look.told}: {found}; {pixels}",), look.matrix)
