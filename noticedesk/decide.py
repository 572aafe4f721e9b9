"""Decide: findings, regime and policy in; a band and a proposal out. Findings are evidence, not the legal test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchers.finding import Finding
from noticedesk.model.action import Action, Reason
from noticedesk.model.decision import Band, Threshold
from noticedesk.model.right import Permission, RightKind
from noticedesk.settings import shape


@shape
class Cuts:
    """The cuts of one matcher: from `strong` on it is strong, from `borderline` on a person looks; and their origin."""

    strong: float
    borderline: float
    origin: str


Bands = dict[str, Cuts]
"""The form of config/bands.yaml: cuts by matcher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One allegation as it stands before deciding.

    `duty_from_notice` says that the regime's duty follows from an effective notice, whatever the findings say;
    `use` is what the mention of a mark does: brand, reference, allusion, word or none.
    """

    right: RightKind
    counterfeit: bool = False
    duty_from_notice: bool
    effective: bool
    findings: tuple[Finding, ...]
    use: str = ""
    permissions: tuple[Permission, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What deciding says: band, action and reason (or the question for a person), the reasons in words, the cuts."""

    band: Band
    action: Action | None
    reason: Reason | None
    question: str
    why: tuple[str, ...]
    thresholds: tuple[Threshold, ...]


def decide(asked: Question, bands: Bands) -> Answer:
    """The band of the findings taken together, and what follows from it for this right and this regime."""
    pictured = any(item.matcher == "image" and band_of(item, bands) is Band.STRONG for item in asked.findings)
    band = together([band_of(finding, bands) for finding in asked.findings])
    band, moved = moved_by_use(band, asked.use, pictured=pictured)
    action, reason, question = _consequence(band, asked, pictured)
    return Answer(
        band=band,
        action=action,
        reason=reason,
        question=question,
        why=tuple([*(finding.reason for finding in asked.findings), *moved, *_permitted(asked)]),
        thresholds=_in_force(asked.findings, bands),
    )


def band_of(finding: Finding, bands: Mapping[str, Cuts]) -> Band:
    """The band of one finding by the cuts of its matcher; a failure to compare stays what it is."""
    if finding.score is None:
        return Band(finding.outcome)
    cuts = bands[finding.matcher]
    if finding.score >= cuts.strong:
        return Band.STRONG
    return Band.BORDERLINE if finding.score >= cuts.borderline else Band.NONE


def together(found: Sequence[Band]) -> Band:
    """The band of several findings: the surest one that was made; a failure outweighs a finding of none."""
    order = (Band.STRONG, Band.BORDERLINE, Band.UNMATCHABLE, Band.NO_REFERENCE, Band.NONE)
    return next((band for band in order if band in found), Band.NO_REFERENCE)


_USES = {
    "reference": "the mark is named to say what the goods fit, which may be permitted",
    "allusion": "the mark is alluded to, not used as the brand of the goods",
    "word": "the mark is an ordinary word and may be used as one",
}


def moved_by_use(band: Band, use: str, *, pictured: bool) -> tuple[Band, list[str]]:
    """A mention that is not use as a brand is never strong on the words alone; a matching picture stands by itself."""
    why = [_USES[use]] if use in _USES else []
    return (Band.BORDERLINE if why and band is Band.STRONG and not pictured else band), why


def _permitted(asked: Question) -> list[str]:
    return [
        f"a permission is on file: {permission.reason} ({permission.note or permission.id})"
        for permission in asked.permissions
    ]


Consequence = tuple[Action | None, Reason | None, str]


def _consequence(band: Band, asked: Question, pictured: bool) -> Consequence:
    if asked.flags:
        return None, None, "Marked for a person: " + ", ".join(asked.flags)
    if asked.permissions and band in (Band.STRONG, Band.BORDERLINE):
        return Action.NONE, Reason(asked.permissions[0].reason), ""
    if asked.use in ("reference", "word") and not pictured:
        return Action.NONE, Reason.NOMINATIVE, ""
    if band is Band.STRONG:
        return Action.DISABLE, _ground(asked), ""
    if band is Band.NONE and not (asked.duty_from_notice and asked.effective):
        return Action.NONE, Reason.NOT_SAME, ""
    return None, None, _QUESTIONS[band]


_QUESTIONS = {
    Band.BORDERLINE: "Is this the claimed work or mark, used without permission?",
    Band.NONE: "Nothing alike was found. Does the notice identify this material all the same?",
    Band.UNMATCHABLE: "Part of it could not be compared. Does the notice identify this material?",
    Band.NO_REFERENCE: "There was nothing to compare with. Does the notice identify this material?",
}


def _ground(asked: Question) -> Reason:
    if asked.counterfeit:
        return Reason.COUNTERFEIT
    if asked.right is RightKind.TRADEMARK:
        exact = any(finding.matcher.startswith("mark") and finding.score == 1.0 for finding in asked.findings)
        return Reason.IDENTICAL_SIGN if exact else Reason.SIMILAR_SIGN
    return _GROUNDS[asked.right]


_GROUNDS = {
    RightKind.COPYRIGHT: Reason.COPY,
    RightKind.DESIGN: Reason.DESIGN_COPY,
    RightKind.PATENT: Reason.EFFECTIVE_NOTICE,
    RightKind.ANTICIRCUMVENTION: Reason.CIRCUMVENTION,
}


def _in_force(findings: Sequence[Finding], bands: Bands) -> tuple[Threshold, ...]:
    used = sorted({finding.matcher for finding in findings if finding.matcher in bands})
    return tuple(
        Threshold(name=f"{matcher}.{cut}", value=getattr(bands[matcher], cut), origin=bands[matcher].origin)
        for matcher in used
        for cut in ("strong", "borderline")
    )
