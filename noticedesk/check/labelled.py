"""Lines of a letter that name a field and say its value: "Trademark: HARBOR", "Registered owner: Harbor Packs Inc."."""

import re
from collections.abc import Collection, Iterator

from noticedesk.check.page import Page, Sentence
from noticedesk.check.reading import Reading
from noticedesk.model.document import Span

# what parts a label from its value, and no colon of a URL
_COLON = re.compile(r":(?!//)")
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
        at = after_label(page, sentence)
        if at is not None:
            return at, sentence.end
    return None


def after_label(page: Page, sentence: Sentence) -> int | None:
    """Where the words after a label begin; None for a sentence without one."""
    colon = _COLON.search(page.text, sentence.start, min(sentence.end, sentence.start + _LABEL))
    return colon.end() if colon else None
