"""What a decision rests on, as letters say it: the findings in sentences where it rests on a comparison."""

from collections.abc import Iterator
from dataclasses import dataclass

from matchers.finding import Passage
from noticedesk import draft, store
from noticedesk.compare import USE
from noticedesk.decide import band_of, moved_by_use
from noticedesk.desk.desk import Desk
from noticedesk.desk.statements.privacy import personal
from noticedesk.model.action import Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.decision import Band, Decision, Proposal
from noticedesk.model.party import Party
from noticedesk.model.right import Work
from noticedesk.store import AttachedFinding, records

COMPARED = frozenset(
    {
        Reason.COPY,
        Reason.DERIVATIVE,
        Reason.IDENTICAL_SIGN,
        Reason.SIMILAR_SIGN,
        Reason.COUNTERFEIT,
        Reason.DESIGN_COPY,
    }
)
"""The reasons that say what a listing shows; another is a fact of its own, whatever was compared before it."""

_SURE = (Band.STRONG, Band.BORDERLINE)
_KIND = {"mark_word": "mark"}


@dataclass(frozen=True, slots=True)
class _Rested:
    """A decision about an allegation, with the findings that lay before who decided."""

    decision: Decision
    allegation: Allegation
    findings: tuple[AttachedFinding, ...]


def told(desk: Desk, look: store.Look, decision: Decision, language: str) -> str:
    """The facts that a decision rests on, in sentences of a language; of one without a comparison, its reason."""
    rested = _rested(look, decision)
    if decision.reason not in COMPARED or not rested.findings:
        return desk.says(decision.reason, language)
    frame, _ = desk.letters.frames.get(language) or desk.letters.frames[draft.FALLBACK]
    compared = any(one.score is not None for one in rested.findings)
    return draft.found(frame.found, _matches(desk, rested), _title(look, rested), compared=compared)


def _rested(look: store.Look, decision: Decision) -> _Rested:
    """The findings since the proposal before the last: older ones are about the listing as it was."""
    made = sorted(one.made_at for one in records.find(look, Proposal, allegation=decision.allegation))
    known = records.find(look, AttachedFinding, allegation=decision.allegation)
    newest = [one for one in known if not made[1:] or one.made_at > made[-2]]
    return _Rested(decision, records.get(look, Allegation, decision.allegation), tuple(newest or known))


def _matches(desk: Desk, rested: _Rested) -> Iterator[draft.Match]:
    for one in rested.findings:
        use = next((step.removeprefix(USE) for step in one.steps if step.startswith(USE)), "")
        band, _ = moved_by_use(band_of(one.finding, desk.bands), use, pictured=False)
        if band in _SURE:
            kind = _KIND.get(one.matcher, one.matcher)
            yield draft.Match(matcher=kind, sure=band.value, mark=one.ours, words=_words(one))


def _words(one: AttachedFinding) -> str:
    """The words of the listing that matched."""
    place = next((where for where in one.where if isinstance(where, Passage)), None)
    return one.theirs[slice(*place.theirs)] if place else one.theirs


def _title(look: store.Look, rested: _Rested) -> str:
    """The title of the work, unless it names who is on the side of the notice, or how to reach them."""
    work = records.get(look, Work, rested.allegation.work)
    names = {party.name for party in records.find(look, Party, claim=rested.allegation.claim) if party.name}
    return "" if personal(work.title, names) else work.title
