"""Correspondence: which letters follow from what happened (the duties of the regime say), and where each stands."""

from dataclasses import replace

from noticedesk import draft, store
from noticedesk.desk import casefacts
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxKind
from noticedesk.store import chain, outbox, records

STATING_EFFECT = "material_disabled"
"""The event after which letters may say that a listing was removed: the platform's confirmation."""

SIDES = ("claimant", "seller")
"""Who a letter to both goes to."""

_OPEN = frozenset({LetterState.DRAFT, LetterState.WAITING, LetterState.BLOCKED, LetterState.QUEUED})


def on_event(desk: Desk, tx: store.Transaction, claim: Claim, event: str, about: casefacts.About) -> list[Letter]:
    """Writes every letter that the regime's duties ask for after the event.

    Routine letters are queued at once, unless policy.yaml keeps them for approval; the others are drafts.
    """
    names = [duty.letter for duty in law_of(desk, claim).version.duties if duty.after == event and duty.letter]
    return [letter for name in names for letter in write(desk, tx, claim, name, about)]


def write(desk: Desk, tx: store.Transaction, claim: Claim, name: str, about: casefacts.About) -> list[Letter]:
    """One letter to each side that its template addresses; where the case knows no address, the timeline says so."""
    drafted = draft.draft(desk.letters, name, claim.language or "en", casefacts.facts(desk, tx, claim, about))
    roles = SIDES if drafted.to_role == "both" else (drafted.to_role,)
    return [letter for role in roles if (letter := _save(desk, tx, claim, about, replace(drafted, to_role=role)))]


def propose(
    desk: Desk, tx: store.Transaction, allegation: Allegation, action: Action | None, reason: Reason | None
) -> None:
    """Drafts the letters that would go with an action, so that who decides reads what would be sent."""
    if action in (None, Action.RESTORE):
        return
    claim = records.get(tx, Claim, allegation.claim)
    for name in _letters_of(desk, claim, action):
        write(desk, tx, claim, name, casefacts.About(allegation=allegation, reason=reason))


def decided(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    """Replaces the drafts by the letters of the decision: a refusal is queued, what states an effect waits for it."""
    withdraw(tx, allegation)
    claim = records.get(tx, Claim, allegation.claim)
    for name in _letters_of(desk, claim, decision.action):
        about = casefacts.About(allegation=allegation, decision=decision)
        for letter in write(desk, tx, claim, name, about):
            if decision.action is Action.NONE and letter.state is LetterState.DRAFT:
                queue(desk, tx, letter, decision)
            elif decision.action is not Action.NONE:
                records.replace(tx, replace(letter, state=LetterState.WAITING))


def confirmed(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision, event: str) -> None:
    """Writes and queues the letters that waited for the platform's confirmation: their facts are in the case now."""
    withdraw(tx, allegation)
    claim = records.get(tx, Claim, allegation.claim)
    for letter in on_event(desk, tx, claim, event, casefacts.About(allegation=allegation, decision=decision)):
        if letter.state is LetterState.DRAFT:
            queue(desk, tx, letter, decision)


def withdraw(tx: store.Transaction, allegation: Allegation) -> None:
    """Cancels every letter about the allegation that has not been sent."""
    for letter in records.find(tx, Letter, allegation=allegation.id):
        if letter.state in _OPEN:
            records.replace(tx, replace(letter, state=LetterState.CANCELLED))


def queue(desk: Desk, tx: store.Transaction, letter: Letter, decision: Decision | None = None) -> Letter:
    """Puts a letter into the outbox; what follows a decision leaves when the window to take it back has passed."""
    row = Outbox(
        id=new_id("X"),
        kind=OutboxKind.MAIL,
        key=letter.id,
        claim=letter.claim,
        allegation=letter.allegation,
        letter=letter.id,
        send_after=decision.decided_at + desk.policy.undo_window if decision else desk.now(),
        created_at=desk.now(),
    )
    outbox.queue(tx, row)
    return records.replace(tx, replace(letter, state=LetterState.QUEUED))


def _letters_of(desk: Desk, claim: Claim, action: Action) -> list[str]:
    duties = law_of(desk, claim).version.duties
    if action is Action.NONE:
        return [duty.letter for duty in duties if duty.id == "refuse" and duty.letter]
    return [duty.letter for duty in duties if duty.after == STATING_EFFECT and duty.letter]


def _save(
    desk: Desk, tx: store.Transaction, claim: Claim, about: casefacts.About, drafted: draft.Draft
) -> Letter | None:
    to = casefacts.address(tx, claim, drafted.to_role, about)
    if not to:
        chain.append(tx, PROCESS, "letter.no_address", claim.id, claim.id, {"template": drafted.template})
        return None
    id = new_id("M")
    us = desk.service(claim.service).agent.email
    message_id = f"<{id}@{us.partition('@')[2]}>"
    thread = casefacts.thread(tx, claim, drafted.to_role, about)
    written = (
        drafted.text.encode()
        if drafted.blocked
        else draft.message(drafted, sender=us, to=to, message_id=message_id, in_reply_to=thread, date=desk.now())
    )
    letter = Letter(
        id=id,
        claim=claim.id,
        allegation=about.allegation.id if about.allegation else None,
        template=drafted.template,
        language=drafted.language,
        to=to,
        to_role=drafted.to_role,
        subject=drafted.subject,
        sha256=desk.blobs.put(written),
        message_id=message_id,
        routine=drafted.routine,
        facts=drafted.facts,
        state=LetterState.BLOCKED if drafted.blocked else LetterState.DRAFT,
        problem="; ".join((*(f"[[{blank}]]" for blank in drafted.blanks), *drafted.problems)),
        drafted_at=desk.now(),
    )
    records.add(tx, letter)
    chain.append(tx, PROCESS, "letter.drafted", letter.id, claim.id, {"template": letter.template})
    goes = letter.routine and desk.policy.routine_letters and letter.state is LetterState.DRAFT
    return queue(desk, tx, letter) if goes else letter
