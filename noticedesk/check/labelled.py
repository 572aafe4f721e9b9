"""Lines of a letter that name a field and say its value: "Trademark: HARBOR", "Registered owner: Harbor Packs Inc."."""

from collections.abc import Collection, Iterator

from noticedesk.check.page import Page, Sentence
from noticedesk.check.reading import Reading
from noticedesk.model.document import Span

_LABEL = 120


def labelled(page: Page, reading: Reading, slots: Collection[str]) -> Iterator[Sentence]:
    """The sender's sentences whose beginning names one of the slots."""
    cues = [cue for slot, cue in reading.labels if slot in slots]
    for sentence in page.own():
        if any(cue.search(sentence.flat[:200]) for cue in cues):
            yield sentence


def value_of(page: Page, reading: Reading, slot: str) -> str:
    """What stands after the colon of the first line that names the slot; empty where no line does."""
    place = place_of(page, reading, slot)
    return " ".join(page.text[slice(*place)].split()).strip(' ."\u201c\u201d') if place else ""


def place_of(page: Page, reading: Reading, slot: str) -> Span | None:
    """Where that stands."""
    for sentence in labelled(page, reading, (slot,)):
        colon = page.text.find(":", sentence.start, sentence.end)
        if 0 <= colon <= sentence.start + _LABEL:
            return colon + 1, sentence.end
    return None
