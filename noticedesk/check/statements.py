"""Statements as people make them: cues that stand together in the sender's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from noticedesk.check.page import Page, Sentence, Zone
from noticedesk.check.reading import Reading
from noticedesk.check.wording import Recipe
from noticedesk.model.document import Span
from noticedesk.model.verdict import Status


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one thing that was looked for, and the words that give it."""

    status: Status
    spans: tuple[Span, ...] = ()
    quotes: tuple[str, ...] = ()


MISSING = Found(Status.MISSING)


class Statements:
    """The statements of one document: every cue is looked for once in each sentence."""

    def __init__(self, page: Page, reading: Reading) -> None:
        self._page = page
        self._reading = reading
        self._own = [sentence for sentence in page.own() if not reading.not_own.search(sentence.flat)]
        self._marked = [sentence for sentence in page.sentences if sentence.zone is Zone.MARKED]
        self._hits: dict[tuple[str, bool], frozenset[int]] = {}

    def of(self, name: str, slots: Sequence[str] = ()) -> Found:
        """The statement of that name: by the first recipe that is met, else by an answer that affirms it."""
        for recipe in self._reading.recipes[name]:
            for where in self._met(recipe, self._own, marked=False):
                return self._found(recipe.gives, where)
        answered = self._answered(slots)
        if answered is not None:
            return answered
        for recipe in self._reading.recipes[name]:
            for where in self._met(recipe, self._marked, marked=True):
                return self._found(Status.NEEDS_REVIEW, where)
        return MISSING

    def refused(self, slots: Sequence[str]) -> Found | None:
        """An answer that refuses the statement asked for, or None."""
        for span in self._page.answered(*slots):
            if self._reading.refused.search(self._flat(span)):
                return Found(Status.NEEDS_REVIEW, (span,), (self._page.text[slice(*span)],))
        return None

    def _answered(self, slots: Sequence[str]) -> Found | None:
        """A field of a record that says yes gives its statement; a bare yes under words to type needs a person."""
        for slot, answer in self._page.answers:
            if slot in slots and self._reading.affirmed.search(answer.value.strip().lower()):
                return Found(Status.PRESENT, (answer.span,) if answer.span else (), (answer.value,))
        for span in self._page.answered(*slots):
            if self._reading.affirmed.search(self._flat(span)):
                return Found(Status.NEEDS_REVIEW, (span,), (self._page.text[slice(*span)],))
        return None

    def _met(self, recipe: Recipe, sentences: list[Sentence], *, marked: bool) -> Iterator[tuple[Sentence, ...]]:
        """The stretches in which all cues of a recipe stand, as the sentences that hold them."""
        hits = [self._with(cue, sentences, marked=marked) for cue in recipe.cues]
        if not all(hits):
            return
        if recipe.within == "document":
            chosen = sorted({min(found) for found in hits})
            yield tuple(sentences[n] for n in chosen)
            return
        for n in sorted(hits[0]):
            chosen = _together(n, hits[1:], sentences, recipe.within)
            if chosen:
                yield tuple(sentences[m] for m in chosen)

    def _with(self, name: str, sentences: list[Sentence], *, marked: bool) -> frozenset[int]:
        key = (name, marked)
        if key not in self._hits:
            cue = self._reading.cues[name]
            self._hits[key] = frozenset(n for n, sentence in enumerate(sentences) if cue.search(sentence.flat))
        return self._hits[key]

    def _found(self, status: Status, sentences: tuple[Sentence, ...]) -> Found:
        spans = tuple((sentence.start, sentence.end) for sentence in sentences)
        return Found(status, spans, tuple(self._page.text[start:end] for start, end in spans))

    def _flat(self, span: Span) -> str:
        return self._page.plain[slice(*span)].strip().lower()


def _together(at: int, others: list[frozenset[int]], sentences: list[Sentence], within: str) -> list[int]:
    """The sentences near `at` that hold the other cues; empty unless each stands near enough."""
    if within == "sentence":
        near = [at]
    elif within == "neighbours":
        near = [at, at + 1, at - 1]
    else:
        near = [n for n in range(max(0, at - 6), at + 7) if n < len(sentences)]
        near = [n for n in near if sentences[n].paragraph == sentences[at].paragraph]
    chosen = {at}
    for found in others:
        place = next((n for n in near if n in found), None)
        if place is None:
            return []
        chosen.add(place)
    return sorted(chosen)
