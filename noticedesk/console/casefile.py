"""A case as its page shows it: the file, what it rests on, and what the person may see of it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from matchers.finding import Passage, Region
from noticedesk import gather, store
from noticedesk.console.choices import Choices, choices
from noticedesk.console.marking import Change, Piece, around, changes, marked
from noticedesk.console.visit import Visit
from noticedesk.desk.cases import casefile, custody, notes
from noticedesk.desk.cases.casefile import AllegationFile
from noticedesk.desk.cases.showing import Complaint, complaint, listing_as_captured
from noticedesk.desk.mail import letters
from noticedesk.desk.staff import wellness
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.allegation import AllegationState
from noticedesk.model.casework import Custody, FirstAnswer, Note
from noticedesk.model.claim import Claim, Lane
from noticedesk.model.decision import Decision
from noticedesk.model.evidence import Evidence, EvidenceRole, Outcome
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.model.person import Act, Person, Preferences
from noticedesk.model.right import RightKind, Work
from noticedesk.model.verdict import Status
from noticedesk.store import records

FOR_SPECIALISTS = frozenset({AllegationState.IN_REVIEW, AllegationState.ACTION_FAILED, AllegationState.REAPPEARED})
FOR_LEGAL = frozenset({AllegationState.COUNTERED, AllegationState.WITHDRAWN})
UNDECIDED = FOR_SPECIALISTS | FOR_LEGAL
"""The states in which an allegation waits for a person."""
EDITABLE = frozenset({LetterState.DRAFT, LetterState.QUEUED})
SHOWN = 100
"""Allegations of one claim that its page lists."""


@dataclass(frozen=True, slots=True)
class Given:
    """One legal element: what the law asks, what became of it, and the words that give it, in their context."""

    id: str
    asks: str
    reference: str
    status: Status
    quotes: tuple[tuple[str, str, str], ...]
    cure: str


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as the page shows it."""

    complaint: Complaint
    pieces: tuple[Piece, ...]
    elements: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Captured:
    """The listing as captured, with the words that matched marked."""

    page: gather.Gathered | None
    title: tuple[Piece, ...]
    description: tuple[Piece, ...]
    pictures: tuple[Evidence, ...]
    references: tuple[Evidence, ...]
    at: datetime | None
    sha256: str


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """A letter with its words, and what people changed in them since it was compiled."""

    letter: Letter
    text: str
    changes: tuple[Change, ...]
    editable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything that the page of a case shows."""

    file: casefile.Case
    focus: AllegationFile | None
    work: Work | None
    custody: Custody
    people: Mapping[str, str]
    notes: tuple[Note, ...]
    told: tuple[Told, ...]
    captured: Captured | None
    letters: tuple[DraftLetter, ...]
    choices: Choices
    asked_first: bool
    first_answer: FirstAnswer | None
    last_decision: Decision | None
    undo_until: datetime | None
    way: wellness.Way

    @property
    def blind(self) -> bool:
        """Whether score, proposal and drafts are kept back until the person has answered."""
        return self.asked_first and self.first_answer is None and self.undecided

    @property
    def undecided(self) -> bool:
        """Whether the allegation in focus waits for a decision."""
        return self.focus is not None and self.focus.allegation.state in UNDECIDED

    @property
    def for_legal(self) -> bool:
        """Whether only legal may decide it now."""
        return self.focus is not None and self.focus.allegation.state in FOR_LEGAL


def admitted(look: store.Look, visit: Visit, claim: str) -> Claim:
    """The claim; raises NotPermitted where it is with the safety team and the person is not of it."""
    known = records.get(look, Claim, claim)
    notices = records.find(look, Notice, claim=known.id, state=NoticeState.QUARANTINED)
    stopped = any(not item.problem for item in notices)
    if (known.lane is Lane.SAFETY or stopped) and not visit.who.may(Act.READ_SAFETY):
        raise NotPermitted(f"{known.id} is with the safety team and is shown to nobody else")
    return known


def opened(look: store.Look, visit: Visit, claim: str) -> casefile.Case:
    """The file of a claim that the person may see; raises NotPermitted for another."""
    return casefile.case(look, admitted(look, visit, claim).id)


def case(look: store.Look, visit: Visit, claim: str, allegation: str = "") -> CasePage:
    """The case with one allegation in focus: the one asked for, else the first that waits."""
    file = opened(look, visit, claim)
    focus = _focus(file, allegation or visit.query.text("allegation"))
    proposal = focus.proposal if focus else None
    last = _last_decision(focus)
    right = focus.right.kind if focus and focus.right else None
    return CasePage(
        file=file,
        focus=focus,
        work=next((work for work in file.works if focus and work.id == focus.allegation.work), None),
        custody=custody.custody(look, file.claim.id),
        people={person.id: person.name for person in records.find(look, Person)},
        notes=tuple(notes.notes(look, file.claim.id)),
        told=tuple(_told(visit, item) for item in file.notices if item.state is NoticeState.READ),
        captured=_captured(visit, file, focus) if focus else None,
        letters=tuple(_letter(visit, item) for item in _about(file, focus)),
        choices=choices(right, proposal, visit.desk.reasons),
        asked_first=notes.is_asked_first(proposal, visit.house.rules.first_answer_percent),
        first_answer=notes.first_answer(look, visit.who, focus.allegation.id) if focus else None,
        last_decision=last,
        undo_until=last.decided_at + visit.desk.policy.undo_window if last else None,
        way=_way(visit, file, focus, right),
    )


def _way(visit: Visit, file: casefile.Case, focus: AllegationFile | None, right: RightKind | None) -> wellness.Way:
    """How the pictures are shown: as the person chose for such claims, and plain once they have revealed them."""
    flags = {*file.claim.flags, *(focus.allegation.flags if focus else ())}
    flagged = not flags.isdisjoint(visit.house.rules.sensitive_flags)
    liked = visit.preferences or Preferences(id=visit.who.id)
    return wellness.Way.PLAIN if visit.query.text("revealed") else wellness.way(liked, right, flagged=flagged)


def read_complaint(visit: Visit, notice: Notice) -> Complaint:
    """A notice as it reads, from memory where it was read before under the same law."""
    key = ("complaint", notice.id, notice.sha256, notice.part, visit.desk.now().date())
    return visit.house.remembered.get(key, lambda: complaint(visit.desk, notice))


def _focus(file: casefile.Case, wanted: str) -> AllegationFile | None:
    named = next((item for item in file.allegations if item.allegation.id == wanted), None)
    waits = next((item for item in file.allegations if item.allegation.state in UNDECIDED), None)
    return named or waits or next(iter(file.allegations), None)


def _last_decision(focus: AllegationFile | None) -> Decision | None:
    """The decision that can be taken back: the latest, while the allegation stands where it left it."""
    if focus is None or focus.allegation.state not in (AllegationState.APPROVED, AllegationState.DISMISSED):
        return None
    standing = [item for item in focus.decisions if item.undone_at is None]
    return max(standing, key=lambda item: (item.decided_at, item.id), default=None)


def _told(visit: Visit, notice: Notice) -> Told:
    read = read_complaint(visit, notice)
    text, primary = read.document.text, read.check.primary
    rules = {
        rule.id: rule
        for law in visit.desk.in_force(read.notice.received_at, read.notice.service)
        if law.id == primary.regime
        for rule in (*law.version.elements, *law.version.counter_notice.elements)
    }
    elements = tuple(
        Given(
            item.id,
            rules[item.id].asks if item.id in rules else "",
            item.reference,
            item.status,
            tuple(around(text, span) for span in item.spans),
            item.cure,
        )
        for item in primary.elements
    )
    spans = [(span, item.id.replace("_", " ")) for item in primary.elements for span in item.spans]
    return Told(read, marked(text, spans), elements)


def _captured(visit: Visit, file: casefile.Case, focus: AllegationFile) -> Captured:
    mine = tuple(item for item in file.evidence if item.listing == focus.listing.id)
    ours = tuple(item for item in file.evidence if item.work == focus.allegation.work)
    warc = [item for item in mine if item.role is EvidenceRole.WARC and item.outcome is Outcome.FETCHED]
    digest = warc[-1].sha256 if warc else ""
    page = read_listing(visit, mine, focus.listing.url)
    title, description = (page.title, page.description) if page else (focus.listing.title, "")
    return Captured(
        page,
        _matched(title, focus),
        _matched(description, focus),
        _once(item for item in mine if item.role is EvidenceRole.MEDIA),
        _once(item for item in ours if item.role is EvidenceRole.REFERENCE),
        warc[-1].fetched_at if warc else None,
        digest,
    )


def read_listing(visit: Visit, captured: tuple[Evidence, ...], url: str) -> gather.Gathered | None:
    """What the captured page of a listing says, from memory where it was read before."""
    pages = [item.sha256 for item in captured if item.role is EvidenceRole.WARC and item.outcome is Outcome.FETCHED]
    key = ("listing", pages[-1] if pages else "", url)
    return visit.house.remembered.get(key, lambda: listing_as_captured(visit.desk, captured, url))


def _once(pictures: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The pictures, each once, however often it was captured."""
    return tuple({item.sha256 or item.url: item for item in pictures}.values())


def _matched(text: str, focus: AllegationFile) -> tuple[Piece, ...]:
    """The text with every passage marked that a finding on exactly this text names."""
    spans = [
        (place.theirs, f"{item.matcher}: {item.reason}")
        for item in focus.findings
        for place in item.where
        if isinstance(place, Passage) and item.theirs in (text, "description")
    ]
    return marked(text, spans)


def has_region(finding: store.AttachedFinding) -> bool:
    """Whether both pictures of a finding can be shown side by side."""
    return bool(finding.reference and finding.evidence) and (
        any(isinstance(place, Region) for place in finding.where) or finding.matcher == "image"
    )


def _about(file: casefile.Case, focus: AllegationFile | None) -> list[Letter]:
    mine = [item for item in file.letters if item.allegation in (None, focus.allegation.id if focus else None)]
    standing = [item for item in mine if item.state is not LetterState.CANCELLED]
    return sorted(standing, key=lambda item: item.allegation is None)


def read_letter(visit: Visit, letter: Letter) -> str:
    """The words of a letter, from memory where it was read before."""
    return visit.house.remembered.get(("letter", letter.sha256), lambda: letters.text(visit.desk, letter))


def _letter(visit: Visit, letter: Letter) -> DraftLetter:
    text = read_letter(visit, letter)
    compiled = visit.desk.blobs.get(letter.edited_from).decode() if letter.edited_from else text
    return DraftLetter(letter, text, changes(compiled, text) if letter.edited_from else (), letter.state in EDITABLE)
