"""Told: what follows once a letter has left: the events that its duty is, their clocks, and a notice passed on."""

from datetime import datetime

from noticedesk import store
from noticedesk.desk.actors import DISPATCH
from noticedesk.desk.cases.casefacts import FORWARDED, About
from noticedesk.desk.deadlines import beside, clocks
from noticedesk.desk.desk import Desk
from noticedesk.desk.mail import correspondence
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.letter import Letter
from noticedesk.model.listing import Listing
from noticedesk.store import moves, records


def sent(desk: Desk, tx: store.Transaction, letter: Letter, at: datetime) -> None:
    """Starts, and ends, the clocks that hang on the letter, at the moment at which it left."""
    claim = records.get(tx, Claim, letter.claim)
    if not claim.regime:
        return
    allegation = records.get(tx, Allegation, letter.allegation) if letter.allegation else None
    events = (*_events(desk, claim, letter), *_beside(desk, tx, claim, letter, allegation))
    if events:
        clocks.start(desk, tx, claim, dict.fromkeys(events, at), allegation)
    if allegation and FORWARDED in events:
        # the duty to pass on, and to tell of it, is the claim's
        clocks.start(desk, tx, claim, {FORWARDED: at})
    if allegation and FORWARDED in events and allegation.state is AllegationState.APPROVED:
        passed_on = moves.move(tx, allegation, AllegationState.FORWARDED, DISPATCH, letter=letter.id)
        correspondence.on_event(desk, tx, claim, FORWARDED, About(allegation=passed_on))


def _beside(desk: Desk, look: store.Look, claim: Claim, letter: Letter, about: Allegation | None) -> tuple[str, ...]:
    """The events that a letter is by a law beside the claim's own."""
    others = beside.laws(desk, claim, records.get(look, Listing, about.listing)) if about else ()
    owed = (duty for law in others for duty in beside.duties(law))
    return tuple(event for duty in owed if duty.letter == letter.template for event in duty.done)


def _events(desk: Desk, claim: Claim, letter: Letter) -> tuple[str, ...]:
    version = clocks.law_of(desk, claim).version
    duties = [duty for duty in version.duties if duty.letter == letter.template]
    named = [event for duty in duties for event in duty.done]
    if letter.template in desk.policy.letters.accounts.values():
        named += [
            event
            for duty in version.duties
            if duty.after == correspondence.STATING_EFFECT and duty.to == "seller"
            for event in duty.done
        ]
    named += [correspondence.DECIDED for duty in duties if duty.after == correspondence.DECIDED]
    if version.inquiry and version.inquiry.letter == letter.template:
        named.append(version.inquiry.asked)
    return tuple(dict.fromkeys(named))
