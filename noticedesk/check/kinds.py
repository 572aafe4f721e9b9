"""What a document is, judged by what it says; and the regimes that it is judged under."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from noticedesk.check.page import URL_MARK, Page, Sentence, Zone
from noticedesk.check.reading import CompiledKind, Reading
from noticedesk.model.notice import NoticeKind
from noticedesk.regime import InForce

_FORM_SLOTS = frozenset({"work", "reported", "licence", "forks", "good_faith", "perjury", "work_title"})
_LOCATING = frozenset({"reported", "forks"})
_STATEMENT_CUES = ("good_faith", "perjury", "foreign_statement")
_STATES = (*_STATEMENT_CUES, "accurate")


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
    on_form, asks = bool(page.asked & _FORM_SLOTS), _asks(words, reading)
    located = any(URL_MARK in sentence.flat or reading.item_named.search(sentence.flat) for sentence in words)
    complains = located and asks and not any(reading.asks_return.search(sentence.flat) for sentence in words)
    for compiled in reading.kind_rules:
        fits = not (on_form and compiled.rule.never_on_form) and not (complains and compiled.rule.never_complaining)
        if fits and _points(compiled, words) >= compiled.rule.needs:
            return compiled.rule.kind
    claims = located or asks or on_form or any(reading.accuses.search(sentence.flat) for sentence in words)
    right = _by_right(words, reading) if claims else None
    right = right or _by_slots({slot for slot, _ in page.answers} | page.asked)
    if right is not None or complains:
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


def _asks(words: Sequence[Sentence], reading: Reading) -> bool:
    """Whether it asks to have something removed, or states what complaints have to state."""
    cues = (reading.asks_removal, *(reading.cues[name] for name in _STATES))
    return any(cue.search(one.flat) for one in words for cue in cues)


def _outweighs(compiled: CompiledKind, said: Sequence[Sentence], reading: Reading) -> bool:
    """True if more sentences speak of this right than of copyright."""
    spoken = sum(any(cue.search(one.flat) for _, cue, _ in compiled.cues) for one in said)
    return spoken > 2 * sum(bool(reading.copyright_words.search(one.flat)) for one in said)


def _is_statement(sentence: Sentence, reading: Reading) -> bool:
    return any(reading.cues[name].search(sentence.flat) for name in _STATEMENT_CUES)


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
