"""Every element that a law or policy may ask for, looked for in the way that its id stands for."""

import re
from collections.abc import Callable

from noticedesk.check.labelled import after_label, labelled
from noticedesk.check.page import Page, Sentence, Zone
from noticedesk.check.people import People
from noticedesk.check.reading import Reading
from noticedesk.check.roles import Links
from noticedesk.check.statements import MISSING, Found, Statements
from noticedesk.check.wording import Way
from noticedesk.check.works import tells_of_work
from noticedesk.model.document import Span
from noticedesk.model.verdict import ReportedItem, Status, UrlRole

_NUMBER = re.compile(r"\b(?:[A-Z]{1,3}[ -]?)?\d[\d,./ -]{4,15}\d\b")
# six digits at least, in groups or not, with the letters of an office before or behind; no date, and no part of a URL
_REGISTERED = re.compile(
    r"(?<![\w/.@+=-])(?!\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b)"
    r"(?:[A-Z]{1,3}[ -]?)?\d(?:[ .,/'-]?\d){5,16}(?:[ -]?[A-Z]\d?)?(?!\w)"
)
_MOST = 12


class Elements:
    """The elements of one document; each id is looked for once."""

    def __init__(
        self,
        page: Page,
        reading: Reading,
        people: People,
        links: Links,
        items: tuple[ReportedItem, ...],
        *,
        covered: bool,
    ) -> None:
        self._page = page
        self._reading = reading
        self._people = people
        self._links = links
        self._items = items
        self._covered = covered
        self._statements = Statements(page, reading)
        self._found: dict[str, Found] = {}
        self._ways: dict[Way, Found] = {}
        self._heard: dict[str, tuple[Sentence, ...]] = {}

    def of(self, element: str) -> Found:
        """What became of the element of that id; one that cannot be read here is for a person, never missing."""
        if element not in self._found:
            way = self._reading.elements.elements.get(element)
            found = Found(Status.NEEDS_REVIEW) if way is None else self._looked_for(way)
            if found.status is Status.MISSING and not self._covered:
                found = Found(Status.NEEDS_REVIEW)
            self._found[element] = found
        return self._found[element]

    def _looked_for(self, way: Way) -> Found:
        if way not in self._ways:
            self._ways[way] = _WAYS[way.by](self, way)
        return self._ways[way]

    def _with(self, name: str) -> tuple[Sentence, ...]:
        """The sender's sentences that hold one of the words of that name."""
        if name not in self._heard:
            cue = self._reading.words[name]
            own = (one for one in self._page.own() if one.slot != "ticked")
            self._heard[name] = tuple(one for one in own if cue.search(one.flat))
        return self._heard[name]

    def _statement(self, way: Way) -> Found:
        return self._statements.refused(way.slots) or self._statements.of(way.statement, way.slots)

    def _signature(self, way: Way) -> Found:
        return self._people.signature(way.slots)

    def _contact(self, way: Way) -> Found:
        return self._people.contact(way.slots)

    def _full_contact(self, way: Way) -> Found:
        return self._people.full_contact(way.slots)

    def _name_and_email(self, way: Way) -> Found:
        return self._people.name_and_email(way.slots)

    def _postal_contact(self, way: Way) -> Found:
        return self._people.postal_contact(way.slots)

    def _slot(self, way: Way) -> Found:
        spans = self._page.answered(*way.slots)
        return self._given(spans[:_MOST]) if spans else self._labelled(way) or Found(Status.NEEDS_REVIEW)

    def _location(self, way: Way) -> Found:
        """Where the material is: a URL or an item; a placeholder or mark of an editor where one stood."""
        spans = self._links.spans(UrlRole.REPORTED)
        if spans:
            good = [reading for reading in self._links.readings if reading.role is UrlRole.REPORTED]
            vague = all(reading.status in ("not_specific", "invalid") for reading in good)
            status = Status.NEEDS_REVIEW if vague and not self._items else Status.PRESENT
            return Found(status, spans[:_MOST], self._quotes(spans[:_MOST]))
        if self._items:
            return self._given(tuple(self._places(item.value) for item in self._items[:_MOST]))
        hidden = [span for span in self._page.answered(*way.slots) if self._people.redacted(span)]
        gone = [span for mark in self._reading.zones.gone_marks for span in self._marks(mark)]
        if hidden or gone:
            status = Status.REDACTED if hidden else Status.NEEDS_REVIEW
            return Found(status, tuple((hidden or gone)[:_MOST]), self._quotes((hidden or gone)[:_MOST]))
        return MISSING

    def _work(self, way: Way) -> Found:
        """What is said to be infringed: an answer, an original's URL, or words for a work in the sender's letter."""
        spans = self._page.answered(*way.slots)
        if spans:
            return self._given(spans[:_MOST])
        originals = self._links.spans(UrlRole.ORIGINAL)
        words = tuple(one for one in self._with("work") if tells_of_work(self._reading, one))
        owned = [s for s in words if self._reading.cues["authority"].search(s.flat)] or words
        chosen = tuple((s.start, s.end) for s in owned[:3]) or originals[:_MOST]
        return self._given(chosen) if chosen else MISSING

    def _words(self, way: Way) -> Found:
        """An element told by its own words: an answer, a labelled line, or a sentence with its cue."""
        spans = self._page.answered(*way.slots)
        if spans:
            return self._given(spans[:_MOST])
        labelled = self._labelled(way)
        if labelled:
            return labelled
        hits = tuple((one.start, one.end) for one in self._with(way.by))
        return self._given(hits[:3]) if hits else MISSING

    def _registration(self, way: Way) -> Found:
        spans = self._page.answered(*way.slots)
        if spans:
            return self._given(spans[:_MOST])
        return self._labelled(way) or self._numbered() or MISSING

    def _numbered(self) -> Found | None:
        """A sentence that speaks of a registered right and holds a number that may be its own."""
        for one in self._with("registered"):
            if _REGISTERED.search(self._page.plain, one.start, one.end):
                return self._given(((one.start, one.end),))
        return None

    def _labelled(self, way: Way) -> Found | None:
        """Lines or phrases whose label names one of the slots, with what stands after the label."""
        for sentence in labelled(self._page, self._reading, way.slots):
            numbered = _NUMBER.search(self._page.plain, sentence.start, sentence.end)
            if numbered or after_label(self._page, sentence) is not None:
                return self._given(((sentence.start, sentence.end),))
        return None

    def _given(self, spans: tuple[Span, ...]) -> Found:
        redacted = bool(spans) and all(self._people.redacted(span) for span in spans)
        return Found(Status.REDACTED if redacted else Status.PRESENT, spans, self._quotes(spans))

    def _quotes(self, spans: tuple[Span, ...] | list[Span]) -> tuple[str, ...]:
        return tuple(self._page.text[start:end] for start, end in spans)

    def _places(self, value: str) -> Span:
        start = max(self._page.text.find(value), 0)
        return start, start + len(value)

    def _marks(self, mark: str) -> list[Span]:
        lowered = self._page.plain.lower()
        start = lowered.find(mark)
        own = any(p.zone is Zone.OWN and p.start <= start < p.end for p in self._page.pieces)
        return [(start, start + len(mark))] if start >= 0 and own and len(lowered) == len(self._page.plain) else []


_WAYS: dict[str, Callable[[Elements, Way], Found]] = {
    "statement": Elements._statement,
    "signature": Elements._signature,
    "contact": Elements._contact,
    "full_contact": Elements._full_contact,
    "postal_contact": Elements._postal_contact,
    "name_and_email": Elements._name_and_email,
    "slot": Elements._slot,
    "location": Elements._location,
    "work": Elements._work,
    "registration": Elements._registration,
    "mark": Elements._words,
    "office": Elements._words,
    "classes": Elements._words,
    "measures": Elements._words,
    "circumvention": Elements._words,
    "test_buy": Elements._words,
    "court_order": Elements._words,
}
"""How each way of elements.yaml looks."""
