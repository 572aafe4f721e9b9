"""What a message in the thread of a claim says in its sender's own words, although it is no notice by itself."""

from noticedesk.check.layout import laid_out
from noticedesk.check.reading import Reading
from noticedesk.model.document import Document


def announces_court_action(document: Document, reading: Reading) -> bool:
    """Whether it says that somebody will go to court; that an action is filed is another matter."""
    return _says(document, reading, "announces_court_action")


def takes_back_part(document: Document, reading: Reading) -> bool:
    """Whether it speaks of a part of what was reported, and not of all of it."""
    return _says(document, reading, "takes_back_part")


def spares_part(document: Document, reading: Reading) -> bool:
    """Whether it tells what is not taken back, so that what it names may be either."""
    return _says(document, reading, "spares_part")


def _says(document: Document, reading: Reading, name: str) -> bool:
    cue = reading.thread[name]
    page = laid_out(document, reading.marks, reading.slots.fields)
    return any(cue.search(sentence.flat) for sentence in page.own())
