"""What a document is, judged by what it says; and the regimes that it is judged under."""

from collections.abc import Sequence

from noticedesk.check.page import Page, Zone
from noticedesk.check.reading import CompiledKind, Reading
from noticedesk.model.notice import NoticeKind
from noticedesk.regime import InForce

_TOP = 6


def kind_of(page: Page, reading: Reading) -> NoticeKind:
    """The kind of a document: from its envelope and fields where they decide, else by points for what it says."""
    envelope = page.document.envelope
    if envelope.bounce:
        return NoticeKind.DELIVERY_REPORT
    chosen = _by_field(page, reading)
    if chosen is not None:
        return chosen
    words = [sentence.flat for sentence in page.sentences if sentence.zone in (Zone.OWN, Zone.MARKED)]
    points = {compiled.rule.kind: _points(compiled, words, page.asked) for compiled in reading.kind_rules}
    for compiled in reading.kind_rules:
        if points[compiled.rule.kind] >= compiled.rule.needs:
            return compiled.rule.kind
    if envelope.automatic:
        return NoticeKind.AUTO_REPLY
    return NoticeKind.CORRESPONDENCE if words else NoticeKind.OTHER


def _by_field(page: Page, reading: Reading) -> NoticeKind | None:
    """The kind that a record or form names itself in its field for the right."""
    for slot, answer in page.answers:
        if slot == "right":
            value = answer.value.strip().lower()
            for name, kind in reading.kinds.rights.items():
                if name in value:
                    return kind
    return None


def _points(compiled: CompiledKind, words: Sequence[str], asked: frozenset[str]) -> int:
    earned = sum(points for points, cue in compiled.cues if any(cue.search(flat) for flat in words))
    earned += 4 * bool(asked & set(compiled.rule.slots))
    lost = 3 * sum(bool(compiled.against.search(flat)) for flat in words)
    return earned - lost


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
    return first, tuple(force for force in taking if force is not first)
