"""Two described clips in, a finding out: frames nominated, verified as stills are, and strung together in time."""

from dataclasses import dataclass

from matchers.finding import Finding, Region, Stretch
from matchers.image import BORDERLINE, MATCH, Unreadable
from matchers.image import compare as compared_pictures
from matchers.index import Index
from matchers.video.clip import Clip, Moment

MATCHER = "video"
_NOMINEES = 3
# Speeds at which a copy may run, and gaps, in samples, that lettering or a bad frame may leave in it.
_SLOWEST, _FASTEST, _GAP = 0.5, 2.0, 4
_FRAMES_OF_A_MATCH = 2
_LONE_FRAME = 0.79


@dataclass(frozen=True, slots=True)
class _Pair:
    """A frame of theirs that is a copy of one of ours."""

    ours: float
    theirs: float
    score: float
    transform: str


def compare(ours: Clip | Unreadable, theirs: Clip | Unreadable, *, names: tuple[str, str] = ("", "")) -> Finding:
    """Whether theirs holds frames of ours, and when; ours may be a picture, too.

    A single frame of a video is never enough for a match: a person looks.
    """
    called = (names[0] or ours.sha256, names[1] or theirs.sha256)
    if isinstance(ours, Unreadable) or isinstance(theirs, Unreadable):
        sides = (("ours", ours), ("theirs", theirs))
        why = (f"{side} cannot be read: {clip.reason}" for side, clip in sides if isinstance(clip, Unreadable))
        return _unmatchable(called, "; ".join(why))
    for side, clip in (("ours", ours), ("theirs", theirs)):
        if all(view.plain for moment in clip.moments for view in moment.picture.views):
            return _unmatchable(called, f"{side} is too plain: hardly any detail in any frame")
    pairs = _pairs(ours, theirs)
    stretches = sorted(_strung(pairs, ours, theirs), key=lambda run: (-len(run), run[0].theirs))
    unseen = ours.unseen or theirs.unseen
    if not stretches and unseen:
        return _unmatchable(called, f"nothing found in common, but {unseen}")
    return _found(called, stretches, ours, theirs)


def _unmatchable(called: tuple[str, str], reason: str) -> Finding:
    return Finding(matcher=MATCHER, ours=called[0], theirs=called[1], reason=reason, outcome="unmatchable")


def _pairs(ours: Clip, theirs: Clip) -> list[_Pair]:
    """For each frame of theirs its likeliest originals, where a person would at least look."""
    index, known = Index(), dict[str, Moment]()
    for number, moment in enumerate(ours.moments):
        known[str(number)] = moment
        index.add(str(number), moment.picture)
    found: list[_Pair] = []
    for moment in theirs.moments:
        likeliest = index.search(moment.picture, _NOMINEES) if not ours.still else []
        names = [nominee.name for nominee in likeliest] if not ours.still else list(known)
        found += [pair for name in names if (pair := _pair(known[name], moment))]
    return found


def _pair(ours: Moment, theirs: Moment) -> _Pair | None:
    finding = compared_pictures(ours.picture, theirs.picture)
    if finding.score is None or finding.score < BORDERLINE:
        return None
    said = [place.transform for place in finding.where if isinstance(place, Region)]
    return _Pair(ours.at, theirs.at, finding.score, said[0] if said else "")


def _strung(pairs: list[_Pair], ours: Clip, theirs: Clip) -> list[list[_Pair]]:
    """Runs of pairs that go forward in both clips at a possible speed; each frame of theirs in one run only."""
    reach = _GAP * max(ours.apart, theirs.apart)
    runs: list[list[_Pair]] = []
    for pair in sorted(pairs, key=lambda one: (one.theirs, -one.score)):
        going = [run for run in runs if _goes_on(run[-1], pair, reach, ours.still)]
        if going:
            max(going, key=len).append(pair)
        else:
            runs.append([pair])
    taken: set[float] = set()
    kept: list[list[_Pair]] = []
    for run in sorted(runs, key=lambda run: (-len(run), -max(pair.score for pair in run))):
        rest = [pair for pair in run if pair.theirs not in taken]
        taken |= {pair.theirs for pair in rest}
        kept += [rest] if rest else []
    return kept


def _goes_on(last: _Pair, pair: _Pair, reach: float, still: bool) -> bool:
    later = pair.theirs - last.theirs
    if not 0 < later <= reach:
        return False
    return still or _SLOWEST * later - 1 <= pair.ours - last.ours <= _FASTEST * later + 1


def _found(called: tuple[str, str], stretches: list[list[_Pair]], ours: Clip, theirs: Clip) -> Finding:
    sampled = f"{len(ours.moments)} frames of ours, {len(theirs.moments)} of theirs looked at"
    if not stretches:
        return Finding(
            matcher=MATCHER,
            ours=called[0],
            theirs=called[1],
            score=0.0,
            reason="no frame found in common",
            steps=(sampled,),
        )
    scores = [_score(run, lone_is_enough=ours.still or theirs.still) for run in stretches]
    best = max(range(len(scores)), key=lambda number: scores[number])
    kept = [run for run, score in zip(stretches, scores, strict=True) if score >= MATCH or len(run) > 1] or [
        stretches[best]
    ]
    where = tuple(_stretch(run) for run in kept)
    return Finding(
        matcher=MATCHER,
        ours=called[0],
        theirs=called[1],
        score=round(scores[best], 4),
        reason="; ".join(_told(place) for place in where),
        where=where,
        steps=(sampled, *(f"{len(run)} frames from {run[0].theirs:.1f} s on: {run[0].transform}" for run in stretches)),
    )


def _score(run: list[_Pair], *, lone_is_enough: bool) -> float:
    """The score of the second best frame, as of the best where one is enough."""
    best = sorted((pair.score for pair in run), reverse=True)
    if lone_is_enough:
        return best[0]
    return best[_FRAMES_OF_A_MATCH - 1] if len(best) >= _FRAMES_OF_A_MATCH else min(best[0], _LONE_FRAME)


def _stretch(run: list[_Pair]) -> Stretch:
    ours = [pair.ours for pair in run]
    clearest = max(run, key=lambda pair: pair.score)
    return Stretch(
        ours_seconds=(round(min(ours), 2), round(max(ours), 2)),
        theirs_seconds=(round(run[0].theirs, 2), round(run[-1].theirs, 2)),
        frames=len(run),
        transform=clearest.transform,
    )


def _told(place: Stretch) -> str:
    (start, end), (first, last) = place.theirs_seconds, place.ours_seconds
    return f"{start:.1f} to {end:.1f} s of theirs show {first:.1f} to {last:.1f} s of ours ({place.frames} frames)"
