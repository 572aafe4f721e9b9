"""What a person changed in a draft goes with the decision, although its letters are compiled anew from the facts."""

from noticedesk import store
from noticedesk.desk import letters
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.event import Event
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.person import Person
from noticedesk.store import records

EDITED = "letter.edited"


def edited(desk: Desk, look: store.Look, allegation: Allegation) -> dict[tuple[str, str], str]:
    """The words of the drafts about an allegation that people changed, by template and side."""
    drafts = records.find(look, Letter, allegation=allegation.id, state=LetterState.DRAFT)
    changed = {event.subject for event in records.find(look, Event, claim=allegation.claim, act=EDITED)}
    return {(item.template, item.to_role): letters.text(desk, item) for item in drafts if item.id in changed}


def keep(desk: Desk, person: Person, allegation: Allegation, words: dict[tuple[str, str], str]) -> list[Letter]:
    """Puts the changed words into the letters that the decision queued; what waits for the platform is not changed."""
    with desk.db.read() as look:
        queued = records.find(look, Letter, allegation=allegation.id, state=LetterState.QUEUED)
    mine = [item for item in queued if (item.template, item.to_role) in words]
    return [letters.edit(desk, person, item.id, words[item.template, item.to_role]) for item in mine]
