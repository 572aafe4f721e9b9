"""Correspondence: which letters follow from what happened (the duties of the regime say), and where each stands."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from noticedesk import store
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.cases import casefacts
from noticedesk.desk.deadlines import beside
from noticedesk.desk.deadlines.clocks import law_of
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement.measures import LASTING
from noticedesk.desk.mail.edited import Edited, Place, edits
from noticedesk.desk.mail.writing import SIDES, UNTOUCHED, queue, write
from noticedesk.model.action import OF_ACCOUNTS, Action, Reason
from noticedesk.model.allegation import Allegation, AllegationState
from noticedesk.model.claim import Claim
from noticedesk.model.conduct import Sanction
from noticedesk.model.decision import Decision
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.listing import Listing
from noticedesk.regime import InForce
from noticedesk.store import chain, outbox, records

__all__ = ["SIDES", "confirmed", "decided", "on_event", "propose", "queue", "restoring", "withdraw", "write"]

STATING_EFFECT = "material_disabled"
"""The event after which letters may say that a listing was removed: the platform's confirmation."""

DECIDED = "decision_made"
"""The event after which the notifier is told what was decided."""

RESTRICTED = "restriction_imposed"
"""The event after which the law may ask for reasons, of content, account and payments alike."""

TOGETHER: Mapping[str, tuple[str, ...]] = {STATING_EFFECT: (STATING_EFFECT, RESTRICTED, DECIDED)}
"""What else has happened, by the words of the rules, once an effect is confirmed."""

TAKEN_BACK = "retraction_received"
"""The event after which a letter confirms that a notice was taken back; it goes with the put-back that follows."""

LACKING = "deficient_notice_received"
"""The event after which a letter asks for what a notice lacks; it ends when the notice is taken back."""

_OPEN = frozenset({LetterState.DRAFT, LetterState.WAITING, LetterState.BLOCKED, LetterState.QUEUED})


def on_event(
    desk: Desk,
    tx: store.Transaction,
    claim: Claim,
    event: str,
    about: casefacts.About,
    kept: Mapping[Place, Edited] = UNTOUCHED,
) -> list[Letter]:
    """Writes every letter that the regime's duties ask for after the event.

    Routine letters are queued at once, unless policy.yaml keeps them for approval; the others are drafts.
    """
    if event == TAKEN_BACK:
        _ask_no_more(desk, tx, claim)
    return [letter for name in _after(desk, claim, event) for letter in write(desk, tx, claim, name, about, kept)]


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
    """Replaces the drafts by the letters of the decision: a refusal is queued, what states an effect waits for it.

    What a person has changed in a draft stays.
    """
    claim = records.get(tx, Claim, allegation.claim)
    besides = [name for name, _ in _beside(desk, tx, claim, allegation, decision)]
    kept = _taken_over(desk, tx, allegation, {*_proposable(desk, claim), *besides})
    for name in _letters_of(desk, claim, decision.action):
        about = casefacts.About(allegation=allegation, decision=decision)
        for letter in write(desk, tx, claim, name, about, kept):
            if decision.action is Action.NONE and letter.state is LetterState.DRAFT:
                queue(desk, tx, letter, decision)
            elif decision.action is not Action.NONE:
                records.replace(tx, replace(letter, state=LetterState.WAITING))
    if decision.action is not Action.NONE:
        for name, law in _beside(desk, tx, claim, allegation, decision):
            about = casefacts.About(allegation=allegation, decision=decision, law=law)
            for letter in write(desk, tx, claim, name, about, kept):
                records.replace(tx, replace(letter, state=LetterState.WAITING))


def restoring(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    """Queues the confirmation of a retraction: who decides the put-back that it asks for has decided its letter too."""
    if decision.reason is not Reason.RETRACTED:
        return
    names = _after(desk, records.get(tx, Claim, allegation.claim), TAKEN_BACK)
    for letter in records.find(tx, Letter, claim=allegation.claim, template=names, state=LetterState.DRAFT):
        if letter.allegation in (None, allegation.id):
            queue(desk, tx, letter, decision)


def confirmed(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision, event: str) -> None:
    """Writes and queues the letters that waited for the platform's confirmation: their facts are in the case now.

    The words of a person stay; where the case has come to contradict them, the letter is blocked and says so.
    """
    claim = records.get(tx, Claim, allegation.claim)
    besides = _beside(desk, tx, claim, allegation, decision) if event == STATING_EFFECT else []
    names = {*_proposable(desk, claim), *_after(desk, claim, event), *(name for name, _ in besides)}
    kept = _taken_over(desk, tx, allegation, names)
    about = casefacts.About(allegation=allegation, decision=decision, done_at=desk.now())
    wanted = _letters_of(desk, claim, decision.action) if event == STATING_EFFECT else _after(desk, claim, event)
    _send(desk, tx, claim, wanted, about, kept)
    for name, law in besides:
        _send(desk, tx, claim, [name], replace(about, law=law), kept)


def told_beside(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    """Tells the holder of an account of a measure about it that stands beside what was decided about the listing."""
    claim = records.get(tx, Claim, allegation.claim)
    about = casefacts.About(allegation=allegation, decision=decision, done_at=desk.now())
    _send(desk, tx, claim, _of_account(desk, claim, decision.action), about)
    for name, law in _beside(desk, tx, claim, allegation, decision):
        _send(desk, tx, claim, [name], replace(about, law=law))


def told_notifier(desk: Desk, tx: store.Transaction, claim: Claim, measure: Sanction) -> None:
    """Tells who sends notices of a measure about them, which a person has decided; `claim` is the newest ground."""
    name = desk.policy.letters.notifiers[measure.measure]
    about = casefacts.About(until=measure.until, to=measure.subject)
    for letter in write(desk, tx, claim, name, about):
        if letter.state is LetterState.DRAFT:
            queue(desk, tx, letter)


def lifted(desk: Desk, tx: store.Transaction, allegation: Allegation, decision: Decision) -> None:
    """Tells both sides that a measure is lifted, where others stay on the listing: that alone brings nothing back."""
    claim = records.get(tx, Claim, allegation.claim)
    about = casefacts.About(allegation=allegation, decision=decision)
    _send(desk, tx, claim, [desk.policy.letters.one_of_several], about)


def _send(
    desk: Desk,
    tx: store.Transaction,
    claim: Claim,
    names: Iterable[str],
    about: casefacts.About,
    kept: Mapping[Place, Edited] = UNTOUCHED,
) -> None:
    """Writes and queues letters that the decision has decided too; what is blocked stays before a person."""
    for name in names:
        for letter in write(desk, tx, claim, name, about, kept):
            if letter.state is LetterState.DRAFT:
                queue(desk, tx, letter, about.decision)


def withdraw(tx: store.Transaction, allegation: Allegation) -> None:
    """Cancels every letter about the allegation that has not left; one that is being sent right now is let go."""
    _cancel(tx, records.find(tx, Letter, allegation=allegation.id, state=_OPEN))


def withdraw_claim(tx: store.Transaction, claim: Claim) -> None:
    """Cancels every letter of a claim that has not left."""
    _cancel(tx, records.find(tx, Letter, claim=claim.id, state=_OPEN))


def _cancel(tx: store.Transaction, letters: list[Letter]) -> None:
    for letter in letters:
        stopped = outbox.cancel_letter(tx, letter.id)
        if not stopped.too_late:
            records.replace(tx, replace(letter, state=LetterState.CANCELLED))
            chain.append(tx, PROCESS, "letter.cancelled", letter.id, letter.claim, {"template": letter.template})


def _taken_over(
    desk: Desk, tx: store.Transaction, allegation: Allegation, names: AbstractSet[str]
) -> Mapping[Place, Edited]:
    """What people have written into these letters about the allegation, which are withdrawn to be written anew."""
    before = records.find(tx, Letter, allegation=allegation.id, template=names, state=_OPEN)
    _cancel(tx, before)
    return edits(desk, before)


def _ask_no_more(desk: Desk, tx: store.Transaction, claim: Claim) -> None:
    """Cancels an unsent letter that asks for what the notice lacks, once all of the notice is taken back."""
    if all(item.state is AllegationState.WITHDRAWN for item in records.find(tx, Allegation, claim=claim.id)):
        names = _after(desk, claim, LACKING)
        _cancel(tx, records.find(tx, Letter, claim=claim.id, template=names, state=_OPEN))


def _proposable(desk: Desk, claim: Claim) -> set[str]:
    """The letters that go with a decision, or are drafted with the proposal of one."""
    ordinary = (*_letters_of(desk, claim, Action.NONE), *_letters_of(desk, claim, Action.DISABLE))
    return {*ordinary, *desk.policy.letters.accounts.values()}


def _after(desk: Desk, claim: Claim, event: str) -> list[str]:
    """The letters that the duties ask for after an event, and after what has happened with it."""
    events = TOGETHER.get(event, (event,))
    return [duty.letter for duty in law_of(desk, claim).version.duties if duty.after in events and duty.letter]


def _beside(
    desk: Desk, look: store.Look, claim: Claim, allegation: Allegation, decision: Decision
) -> list[tuple[str, InForce]]:
    """The letters that a law beside the claim's own owes to whoever is restricted, each with that law."""
    if decision.action not in LASTING:
        return []
    others = beside.laws(desk, claim, records.get(look, Listing, allegation.listing))
    owed = [(duty, law) for law in others for duty in beside.duties(law) if duty.to == "seller"]
    return [(duty.letter, law) for duty, law in owed if duty.letter and duty.after == RESTRICTED]


def _letters_of(desk: Desk, claim: Claim, action: Action) -> list[str]:
    duties = law_of(desk, claim).version.duties
    if action is Action.NONE:
        return [duty.letter for duty in duties if duty.letter and (duty.id == "refuse" or duty.after == DECIDED)]
    if action not in OF_ACCOUNTS:
        return _after(desk, claim, STATING_EFFECT)
    events = TOGETHER[STATING_EFFECT]
    to_claimant = [duty.letter for duty in duties if duty.after in events and duty.letter and duty.to == "claimant"]
    return [*_of_account(desk, claim, action), *to_claimant]


def _of_account(desk: Desk, claim: Claim, action: Action) -> list[str]:
    """What the holder of an account is told of a measure about it: where the law asks for its reasons, those."""
    duties = law_of(desk, claim).version.duties
    owed = [duty.letter for duty in duties if duty.after == RESTRICTED and duty.letter and duty.to == "seller"]
    return owed if owed and action is not Action.WARN_ACCOUNT else [desk.policy.letters.accounts[action]]
