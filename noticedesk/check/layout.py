"""A text cut into pieces by whose words they are: a platform's preface, questions, answers, quotes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from noticedesk.check.forms import Asked, Forms, Question
from noticedesk.check.page import URL_MARK, Page, Piece, Zone, fold, squash
from noticedesk.check.phrase import Cue
from noticedesk.check.sentences import sentences_of
from noticedesk.model.document import Answer, Document, Field, Span

_RULE = re.compile(r"[ \t]{0,3}[-*_]{3,}[ \t]*")
_QUOTED = re.compile(r"[ ]{0,3}>")
_MOST_OF_IT = 0.6
_LABEL = re.compile(r"[^\n]{2,90}:[ \t*_]{0,6}$")
_LABEL_WORDS, _SHORT_LABEL = 12, 5
_LABELS_OF_A_FORM = 3


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells pieces apart: the cue of prefaces, the known forms, and the names of labelled lines."""

    preface: Cue
    forms: Forms
    labels: tuple[tuple[str, Cue], ...] = ()


def lines_of(plain: str) -> Iterator[Span]:
    """The lines as spans without their line ends."""
    start = 0
    while start <= len(plain):
        end = plain.find("\n", start)
        end = len(plain) if end < 0 else end
        yield start, end
        start = end + 1


def pieces_of(plain: str, marks: Marks, quoted: Iterable[Span] = ()) -> tuple[tuple[Piece, ...], frozenset[str]]:
    """The pieces of a text in order, covering all of it, and the slots that its questions ask for.

    `quoted` are the spans known to be somebody else's; lines marked with ">" without such knowledge may be.
    """
    spans = list(lines_of(plain))
    begin = _after_preface(plain, spans, marks.preface)
    asked = _questions(plain, spans, begin, marks.forms)
    if not any(found.question.kind == "ask" for found in asked):
        asked = [found for found in asked if found.question.kind != "tick"]
    asked = _with_labels(plain, spans, begin, asked, marks.labels)
    pieces = [Piece(0, begin, Zone.PREFACE)] if begin else []
    pieces += _answered(plain, begin, asked)
    others = [(start, end, Zone.QUOTED) for start, end in quoted]
    pieces = _overlaid(pieces, others or _marked(plain, spans))
    return tuple(pieces), frozenset(found.question.slot for found in asked)


def _marked(plain: str, spans: list[Span]) -> list[tuple[int, int, Zone]]:
    """The lines marked with ">", unless nearly all are: who sends nothing but a quotation means it."""
    filled = [span for span in spans if plain[span[0] : span[1]].strip()]
    marked = [span for span in filled if _QUOTED.match(plain, span[0])]
    if len(marked) > _MOST_OF_IT * len(filled):
        return []
    return [(start, end, Zone.MARKED) for start, end in marked]


def _overlaid(pieces: list[Piece], others: list[tuple[int, int, Zone]]) -> list[Piece]:
    """The pieces with some stretches given to another zone; prefaces stay what they are."""
    out: list[Piece] = []
    waiting = iter(sorted(others))
    other = next(waiting, None)
    for piece in pieces:
        at = piece.start
        while other is not None and other[0] < piece.end:
            start, end = max(other[0], at), min(other[1], piece.end)
            if start < end and piece.zone is not Zone.PREFACE:
                if at < start:
                    out.append(Piece(at, start, piece.zone, piece.slot))
                out.append(Piece(start, end, other[2], piece.slot))
                at = end
            if other[1] > piece.end:
                break
            other = next(waiting, None)
        if at < piece.end:
            out.append(Piece(at, piece.end, piece.zone, piece.slot))
    return out


def _after_preface(plain: str, spans: list[Span], preface: Cue) -> int:
    """Where the document proper starts: after every block at the top that is a platform's own preface."""
    begin = at = 0
    while True:
        block_end = next((n for n in range(at, len(spans)) if _RULE.fullmatch(plain[slice(*spans[n])])), None)
        stop = len(plain) if block_end is None else spans[block_end][0]
        block = plain[begin:stop]
        if len(block) > 20_000 or not preface.search(squash(block[:1_500])):
            return begin
        if block_end is None:
            return _after_paragraphs(plain, begin, preface)
        begin, at = min(spans[block_end][1] + 1, len(plain)), block_end + 1


def _after_paragraphs(plain: str, begin: int, preface: Cue) -> int:
    """The same where no rule closes the preface: the paragraphs at the top that hold its words."""
    for found in re.finditer(r"\n[ \t]*\n", plain):
        if found.end() > begin and not preface.search(squash(plain[begin : found.start()][:1_500])):
            return begin
        begin = max(begin, found.end())
    return begin if begin < len(plain) else 0


def _questions(plain: str, spans: list[Span], begin: int, forms: Forms) -> list[Asked]:
    found: list[Asked] = []
    for start, end in spans:
        if start < begin or start == end or (found and start < found[-1].end):
            continue
        asked = forms.at(plain, start)
        if asked is not None:
            found.append(asked)
    return found


def _with_labels(
    plain: str, spans: list[Span], begin: int, asked: list[Asked], labels: tuple[tuple[str, Cue], ...]
) -> list[Asked]:
    """The questions with the lines that are labels, if there are enough of these for a form of its own."""
    taken = [(found.start, found.end) for found in asked]
    found: list[Asked] = []
    at = 0
    for start, end in spans:
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        inside = at < len(taken) and taken[at][0] <= start
        if start < begin or inside or not _LABEL.match(plain, start, end):
            continue
        words = squash(plain[start:end])
        slot = next((slot for slot, cue in labels if _covers(cue, words)), "")
        if (
            words.endswith(":")
            and URL_MARK not in words
            and len(words.split()) <= (_LABEL_WORDS if slot else _SHORT_LABEL)
        ):
            found.append(Asked(Question(slot=slot, kind="label", wordings=()), start, end))
    if sum(bool(label.question.slot) for label in found) < _LABELS_OF_A_FORM:
        return asked
    return sorted((*asked, *found), key=lambda one: one.start)


def _covers(cue: Cue, words: str) -> bool:
    """True if a label's name is the larger part of a line."""
    return any(2 * len(found[0]) >= len(words) for found in cue.found(words))


def _answered(plain: str, begin: int, asked: list[Asked]) -> list[Piece]:
    """Questions as prompts, what follows each as its answer; a statement to tick is the sender's own words."""
    pieces: list[Piece] = []
    at, slot = begin, ""
    before: Asked | None = None
    for found in asked:
        if at < found.start:
            pieces.append(Piece(at, found.start, Zone.OWN, slot))
        pieces.append(_asking(plain, found, before))
        at, slot, before = found.end, found.question.slot, found
    if at < len(plain):
        pieces.append(Piece(at, len(plain), Zone.OWN, slot))
    return pieces


def _asking(plain: str, found: Asked, before: Asked | None) -> Piece:
    """A question as a piece. Pasted once more below itself it is the answer; so are ticked statements."""
    again = before is not None and before.question is found.question and not plain[before.end : found.start].strip()
    if found.question.kind == "tick" or (again and found.question.kind == "type"):
        return Piece(found.start, found.end, Zone.OWN, "ticked" if found.question.kind == "tick" else "")
    return Piece(found.start, found.end, Zone.PROMPT, found.question.slot)


def laid_out(document: Document, marks: Marks, fields: Mapping[Field, str]) -> Page:
    """The document laid out for reading: folded, cut into pieces and sentences, with the slots of its answers."""
    plain = fold(document.text)
    pieces, asked = pieces_of(plain, marks, document.quoted)
    answers = tuple((fields[a.field], a) for a in document.answers if a.field is not None and a.field in fields)
    pieces = _with_answers(plain, pieces, document.answers, fields)
    return Page(document, plain, pieces, sentences_of(plain, pieces), asked, answers)


def _with_answers(
    plain: str, pieces: tuple[Piece, ...], answers: Iterable[Answer], fields: Mapping[Field, str]
) -> tuple[Piece, ...]:
    """The pieces with each answer of a record in its slot, and the words around it on its line as a prompt."""
    given = sorted(
        (answer.span, fields.get(answer.field, "") if answer.field else "") for answer in answers if answer.span
    )
    if not given:
        return pieces
    out: list[Piece] = []
    at = 0
    for (start, end), slot in given:
        if start < at or end > len(plain):
            continue
        line = max(plain.rfind("\n", 0, start) + 1, at)
        out += [part for piece in pieces if (part := _within(piece, at, line))]
        out += [Piece(line, start, Zone.PROMPT)] if line < start else []
        out += [Piece(start, end, Zone.OWN, slot)] if start < end else []
        at = end
    return (*out, *(part for piece in pieces if (part := _within(piece, at, len(plain)))))


def _within(piece: Piece, start: int, end: int) -> Piece | None:
    """The part of a piece between two places, or None."""
    start, end = max(piece.start, start), min(piece.end, end)
    return Piece(start, end, piece.zone, piece.slot) if start < end else None
