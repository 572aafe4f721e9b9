"""The parties that a notice names: whose right it is, who acts for them, who signs, and who sends."""

import re

from noticedesk.check.labelled import place_of
from noticedesk.check.names import Names
from noticedesk.check.page import Page, Sentence, squash
from noticedesk.check.people import People
from noticedesk.check.reading import Reading
from noticedesk.model.document import Field, Span
from noticedesk.model.verdict import NamedParty, Status

_OTHERS = frozenset({"infringer", "licence", "forks", "ticked"})
_MARK = re.compile(r"/{1,2}\s?s\s?/{1,2}[ \t]*", re.IGNORECASE)
_LABEL = 60
_REACHED = ("contact", "email", "phone", "address", "name")


def parties_of(page: Page, reading: Reading, people: People, names: Names) -> tuple[NamedParty, ...]:
    """The parties that a notice names, the owner first; a name that stands in the text comes with its place."""
    read = _Parties(page, reading, people, names)
    named = (
        read.party(
            "principal",
            read.field(Field.OWNER_NAME) or read.labelled_owner() or read.told_owner(),
            (Field.OWNER_EMAIL, Field.OWNER_ADDRESS, Field.OWNER_PHONE),
        ),
        read.party(
            "agent",
            read.field(Field.COMPLAINANT_NAME) or read.field(Field.COMPLAINANT_COMPANY),
            (Field.COMPLAINANT_EMAIL, Field.COMPLAINANT_ADDRESS, Field.COMPLAINANT_PHONE),
        ),
        read.party("signer", read.field(Field.SIGNATURE) or read.signer()),
        read.party("sender", read.sender()),
    )
    return tuple(party for party in named if party.name or party.email or party.address or party.phone)


class _Parties:
    """Reads one notice for the names of its parties; what it finds is a name with its span, if it has one."""

    def __init__(self, page: Page, reading: Reading, people: People, names: Names) -> None:
        self._page = page
        self._reading = reading
        self._people = people
        self._names = names

    def party(self, role: str, named: tuple[str, Span | None] | None, reached: tuple[Field, ...] = ()) -> NamedParty:
        """A party with its name and the fields by which it is reached: e-mail, address, phone."""
        name, span = named or ("", None)
        email, address, phone = (self._value(field) for field in reached) if reached else ("", "", "")
        return NamedParty(role=role, name=name, email=email, address=address, phone=phone, span=span)

    def field(self, field: Field) -> tuple[str, Span | None] | None:
        """The name that a field of a record gives."""
        for answer in self._page.document.answers_to(field):
            if answer.span and (found := self._names.given(self._page, answer.span)):
                return self._at(found)
            if answer.span is None and self._names.may_be(answer.value):
                return " ".join(answer.value.split()), None
        return None

    def labelled_owner(self) -> tuple[str, Span | None] | None:
        """The owner that a labelled line names."""
        place = place_of(self._page, self._reading, "principal_name")
        found = self._names.given(self._page, place) if place else None
        return self._at(found) if found else None

    def told_owner(self) -> tuple[str, Span | None] | None:
        """For whom the sender says to speak; else the name by which the sender says to be the owner."""
        own = [one for one in self._page.own() if one.slot not in _OTHERS]
        told = (self._spoken_for(one) for one in own if self._reading.people["speaker"].search(one.flat))
        found = next((span for span in told if span), None)
        found = found or next((span for span in map(self._own_name, own) if span), None)
        return self._at(found) if found else None

    def signer(self) -> tuple[str, Span | None] | None:
        """The name of who signs: after an s-mark, under the closing, on the last line."""
        signed = self._people.signature(("signature",))
        if signed.status is not Status.PRESENT:
            return None
        for span in signed.spans:
            mark = _MARK.search(self._page.plain, *span)
            start = mark.end() if mark else self._after_label(span)
            for plain in (self._page.plain, _capitals(self._page.plain, start, span[1])):
                if found := self._names.first(plain, (start, span[1])):
                    return self._at(found)
        return None

    def sender(self) -> tuple[str, Span | None] | None:
        """The name in a line for it, at the head of the contact lines or right above them, or of the From header."""
        found = self._labelled_name() or self._reached()
        if found:
            return self._at(found)
        name = self._page.document.envelope.sender_name.partition("(")[0].strip(" \"'")
        return (" ".join(name.split()), None) if self._names.whole(name) and self._names.may_be(name) else None

    def _spoken_for(self, sentence: Sentence) -> Span | None:
        for found in self._reading.speaks_for.finditer(self._page.plain, sentence.start, sentence.end):
            name = self._names.begins(self._page.plain, found.end(), sentence.end)
            if name:
                return name
        return None

    def _own_name(self, sentence: Sentence) -> Span | None:
        """The name by which a sentence's speaker says to own the right."""
        people = self._reading.people
        if not people["own_right"].search(sentence.flat) or people["others_right"].search(sentence.flat):
            return None
        said = self._page.plain[sentence.start : sentence.end]
        opened = self._reading.self_named.match(said)
        name = self._names.begins(said, opened.end()) if opened else None
        return (sentence.start + name[0], sentence.start + name[1]) if name else None

    def _labelled_name(self) -> Span | None:
        for sentence in self._page.own():
            start = self._after_label((sentence.start, sentence.end))
            head = squash(self._page.plain[sentence.start : start]).rstrip(": ")
            if (
                start > sentence.start
                and sentence.slot not in _OTHERS
                and self._reading.people["name_labels"].search(head)
            ):
                found = self._names.first(self._page.plain, (start, sentence.end))
                if found:
                    return found
        return None

    def _reached(self) -> Span | None:
        """The name at the head of a line of contact, or alone on the line above one."""
        street = self._reading.people["street"]
        lines = self._people.contact(_REACHED).spans
        heads = [(self._after_label((start, end)), end) for start, end in lines if self._is_card(start, end)]
        above = [(self._page.plain.rfind("\n", 0, max(0, start - 1)) + 1, start) for start, _ in lines[:1]]
        for span in (*heads, *above):
            found = self._names.first(self._page.plain, span)
            if found and not street.search(squash(self._page.plain[slice(*found)])):
                return found
        return None

    def _is_card(self, start: int, end: int) -> bool:
        """True for a line that says more than an address, so that it can begin with a name."""
        said = self._page.plain[start:end]
        return "@" in said or said.count(",") > 2

    def _after_label(self, span: Span) -> int:
        colon = self._page.plain.find(":", span[0], min(span[1], span[0] + _LABEL))
        return span[0] if colon < 0 or self._page.plain.startswith("://", colon) else colon + 1

    def _at(self, span: Span) -> tuple[str, Span | None]:
        return " ".join(self._page.text[slice(*span)].split()), span

    def _value(self, field: Field) -> str:
        return next((answer.value for answer in self._page.document.answers_to(field)), "")


def _capitals(plain: str, start: int, end: int) -> str:
    """The text as far as an end, with capitals for those who sign without: from the start on, letter by letter."""
    said = plain[start:end]
    if said.lower() != said:
        return plain
    return plain[:start] + "".join(
        letter.upper()[0] if place == 0 or not said[place - 1].isalpha() else letter
        for place, letter in enumerate(said)
    )
