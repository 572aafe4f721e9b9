"""What a document is, judged by what it says; and the regimes that it is judged under."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from noticedesk.check.page import URL_MARK, Page, Sentence, Zone
from noticedesk.check.phrase import Cue
from noticedesk.check.reading import CompiledKind, Reading
from noticedesk.model.notice import NoticeKind
from noticedesk.regime import InForce

_FORM_SLOTS = frozenset({"work", "reported", "licence", "forks", "good_faith", "perjury", "work_title"})
_LOCATING = frozenset({"reported", "forks"})
_STATEMENT_CUES = ("good_faith", "perjury", "sworn")


@dataclass(frozen=True, slots=True)
class Tone:
    """How a message speaks: of an address or item, as one who accuses, asks for removal or states, or asks back."""

    located: bool
    accuses: bool
    asks: bool
    asks_back: bool

    @property
    def claims(self) -> bool:
        """Whether it may be a complaint at all, and not talk about rights."""
        return self.located or self.accuses or self.asks

    @property
    def complains(self) -> bool:
        """Whether it surely is one: it asks for something to be done, and for nothing back."""
        return self.asks and (self.located or self.accuses) and not self.asks_back


def kind_of(page: Page, reading: Reading) -> NoticeKind:
    """The kind of a document: from its envelope and fields where they decide, else by points for what it says."""
    envelope = page.document.envelope
    if envelope.bounce:
        return NoticeKind.DELIVERY_REPORT
    if envelope.opened:
        return NoticeKind.AUTO_REPLY
    chosen = _by_field(page, reading)
    if chosen is not None:
        return chosen
    heard = (sentence for sentence in page.sentences if sentence.zone in (Zone.OWN, Zone.MARKED))
    words = [sentence for sentence in heard if not reading.not_own.search(sentence.flat)]
    on_form, tone = bool(page.asked & _FORM_SLOTS), _tone(words, reading)
    for compiled in reading.kind_rules:
        rule = compiled.rule
        out = (on_form and rule.never_on_form) or (tone.complains and rule.never_complaining)
        if not out and _points(compiled, words) >= rule.needs:
            return rule.kind
    right = _by_right(words, reading) if tone.claims or on_form else None
    right = right or _by_slots({slot for slot, _ in page.answers} | page.asked)
    if right is not None or (tone.complains and tone.located):
        return right or _likeliest_right(words, reading)
    if envelope.automatic:
        return NoticeKind.AUTO_REPLY
    return NoticeKind.CORRESPONDENCE if words else NoticeKind.OTHER


def _by_field(page: Page, reading: Reading) -> NoticeKind | None:
    """The kind that a record or form names itself: in its field for what it is, or in that for the right."""
    named = [answer for wanted in ("kind", "right") for slot, answer in page.answers if slot == wanted]
    for answer in named:
        value = answer.value.strip().lower()
        for name, kind in reading.kinds.fields.items():
            if name in value:
                return kind
    return None


def _by_slots(slots: AbstractSet[str]) -> NoticeKind | None:
    """The kind of a form or record whose words say nothing of a right: by what its fields are about."""
    if not slots & _LOCATING:
        return None
    if slots & {"mark", "registration"}:
        return NoticeKind.TRADEMARK_NOTICE
    return NoticeKind.COPYRIGHT_NOTICE if slots & _FORM_SLOTS else None


def _by_right(words: Sequence[Sentence], reading: Reading) -> NoticeKind | None:
    """The kind by the right that a notice rests on: copyright, unless more of it speaks of another right.

    The statements of a form speak of copyright whatever the complaint is about, so they are not weighed.
    """
    said = [one for one in words if one.slot != "ticked" and not _is_statement(one, reading)]
    for compiled in reading.right_rules:
        kind = compiled.rule.kind
        content = words if kind is NoticeKind.COPYRIGHT_NOTICE else said
        if _points(compiled, content) < compiled.rule.needs:
            continue
        if kind in (NoticeKind.COPYRIGHT_NOTICE, NoticeKind.ANTICIRCUMVENTION) or _outweighs(compiled, said, reading):
            return kind
    return None


def _likeliest_right(words: Sequence[Sentence], reading: Reading) -> NoticeKind:
    """The right of a complaint that hardly says it: the one with most points, copyright where none has two."""
    said = [one for one in words if not _is_statement(one, reading)]
    points = {compiled.rule.kind: _points(compiled, said) for compiled in reading.right_rules}
    likeliest = max(points, key=lambda kind: points[kind])
    return likeliest if points[likeliest] > 1 else NoticeKind.COPYRIGHT_NOTICE


def _tone(words: Sequence[Sentence], reading: Reading) -> Tone:
    def says(*cues: Cue) -> bool:
        return any(cue.search(one.flat) for one in words for cue in cues)

    telling = reading.kind_words
    return Tone(
        located=any(URL_MARK in one.flat for one in words) or says(telling["item_named"]),
        accuses=says(telling["accuses"]),
        asks=says(telling["asks_removal"], *_statements(reading), reading.cues["accurate"]),
        asks_back=says(telling["asks_return"]),
    )


def _outweighs(compiled: CompiledKind, said: Sequence[Sentence], reading: Reading) -> bool:
    """True if more sentences speak of this right than of copyright."""
    spoken = sum(any(cue.search(one.flat) for _, cue, _ in compiled.cues) for one in said)
    return spoken > 2 * sum(bool(reading.kind_words["copyright"].search(one.flat)) for one in said)


def _is_statement(sentence: Sentence, reading: Reading) -> bool:
    return any(cue.search(sentence.flat) for cue in _statements(reading))


def _statements(reading: Reading) -> tuple[Cue, ...]:
    return tuple(reading.cues[name] for name in _STATEMENT_CUES)


def _points(compiled: CompiledKind, words: Sequence[Sentence]) -> int:
    """The points of a kind, each group of phrases once, less those against it."""
    heard = [one for one in words if one.slot not in compiled.rule.skip]
    everything = "\n".join(one.flat for one in words)
    earned = 0
    for points, cue, slots in compiled.cues:
        if cue.may_stand_in(everything):
            among = [one for one in words if one.slot in slots] if slots else heard
            earned += points * any(cue.search(one.flat) for one in among)
    if not earned:
        return 0
    return earned - 3 * min(2, sum(bool(compiled.against.search(one.flat)) for one in heard))


def regimes_for(
    kind: NoticeKind, law: Sequence[InForce], page: Page, reading: Reading, primary: str | None
) -> tuple[InForce | None, tuple[InForce, ...]]:
    """The regime that a document of a kind is judged under first, and the others that its right falls under too."""
    named = next((force for force in law if force.id == primary), None)
    taking = [force for force in law if kind in force.regime.kinds]
    wanted = reading.kinds.regimes.get(kind, ())
    flat = " ".join(sentence.flat for sentence in page.own())[:60_000]
    cited = [force.id for force in taking if force.id in reading.cites and reading.cites[force.id].search(flat)]
    order = [*(name for name in wanted if name in cited), *cited, *wanted]
    first = named or next((force for name in order for force in law if force.id == name), None)
    first = first or next(iter(taking), None)
    written_under = [force for force in law if force.id == reading.kinds.read_as.get(kind) and force not in taking]
    return first, tuple(force for force in (*written_under, *taking) if force is not first)
