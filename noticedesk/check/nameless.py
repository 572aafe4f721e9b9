"""Notices that surely name nobody on the side of their sender, as far from those whose names could not be read."""

from noticedesk.check.layout import laid_out
from noticedesk.check.names import Names
from noticedesk.check.parties import parties_of
from noticedesk.check.people import EMAIL, People
from noticedesk.check.reading import Reading
from noticedesk.check.statements import MISSING
from noticedesk.model.document import Document

_SLOTS = ("contact", "email", "phone", "address", "name")


def nameless(document: Document, reading: Reading, hosts: tuple[str, ...]) -> bool:
    """Whether nobody is named: no signature, no sender with a name, and nothing but addresses in lines of contact."""
    page = laid_out(document, reading.marks, reading.slots.fields)
    people = People(page, reading, hosts)
    named = any(party.name for party in parties_of(page, reading, people, Names(reading, hosts)))
    if named or document.envelope.sender_name.strip() or people.signature(("signature",)) is not MISSING:
        return False
    lines = (page.plain[start:end] for start, end in people.contact(_SLOTS).spans)
    return not any(letter.isalpha() for line in lines for letter in EMAIL.sub("", line))
