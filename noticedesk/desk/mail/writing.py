"""Writing one letter: compiled from the facts, addressed, kept as fixed bytes, and queued where it may go by itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from noticedesk import draft, store
from noticedesk.desk.actors import PROCESS
from noticedesk.desk.cases import casefacts
from noticedesk.desk.desk import Desk
from noticedesk.desk.enforcement import window
from noticedesk.desk.mail import addressing, noticecopy, tokens
from noticedesk.desk.mail.edited import Edited, Place, carried
from noticedesk.model.claim import Claim
from noticedesk.model.decision import Decision
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Letter, LetterState, Outbox, OutboxKind
from noticedesk.store import chain, outbox, records, replies

SIDES = ("claimant", "seller")
"""Who a letter to both goes to."""

UNTOUCHED: Mapping[Place, Edited] = MappingProxyType({})
"""No letter that a person has edited."""

_CAP = "replies_per_sender: {count} letters went to this address within a day; a person decides whether this one goes"


def write(
    desk: Desk,
    tx: store.Transaction,
    claim: Claim,
    name: str,
    about: casefacts.About,
    kept: Mapping[Place, Edited] = UNTOUCHED,
) -> list[Letter]:
    """One letter to each side that its template addresses; where the case knows no address, the timeline says so.

    `kept` are words that people have put into such letters: they stay, and are held against the facts of now.
    """
    told = noticecopy.carried(desk, tx, claim, name, about)
    drafted = draft.draft(desk.letters, name, claim.language or "en", casefacts.facts(desk, tx, claim, told))
    both = (about.side,) if about.side else SIDES
    roles = both if drafted.to_role == "both" else (drafted.to_role,)
    written = (_write_one(desk, tx, claim, about, replace(drafted, to_role=role), kept) for role in roles)
    return [letter for letter in written if letter]


def queue(desk: Desk, tx: store.Transaction, letter: Letter, decision: Decision | None = None) -> Letter:
    """Puts a letter into the outbox; what follows a decision leaves when the window to take it back has passed."""
    row = Outbox(
        id=new_id("X"),
        kind=OutboxKind.LETTER if letter.to.startswith(addressing.ACCOUNT) else OutboxKind.MAIL,
        key=letter.id,
        claim=letter.claim,
        allegation=letter.allegation,
        letter=letter.id,
        send_after=window.leaves_at(desk, tx, decision) if decision else desk.now(),
        created_at=desk.now(),
    )
    outbox.queue(tx, row)
    return records.replace(tx, replace(letter, state=LetterState.QUEUED, problem=""))


def mail_of(desk: Desk, tx: store.Transaction, letter: Letter, words: str) -> bytes:
    """A letter with other words, as mail under its own Message-ID or as it goes through the platform.

    Raises draft.Unsendable.
    """
    if letter.to.startswith(addressing.ACCOUNT):
        return words.encode()
    claim = records.get(tx, Claim, letter.claim)
    told = draft.Draft(
        template=letter.template,
        language=letter.language,
        to_role=letter.to_role,
        subject=letter.subject,
        text=words,
        routine=letter.routine,
    )
    thread = addressing.thread(tx, claim, letter.to_role, casefacts.About())
    return draft.message(told, _head(desk, claim, letter.to, letter.message_id, thread))


def _write_one(
    desk: Desk,
    tx: store.Transaction,
    claim: Claim,
    about: casefacts.About,
    compiled: draft.Draft,
    kept: Mapping[Place, Edited],
) -> Letter | None:
    to = addressing.destination(desk, tx, claim, compiled.to_role, about)
    if not to:
        chain.append(tx, PROCESS, "letter.no_address", claim.id, claim.id, {"template": compiled.template})
        return None
    edited = kept.get((compiled.template, compiled.to_role))
    worded = carried(compiled, edited) if edited else compiled
    exposed = draft.exposures(worded.text, addressing.others(tx, claim, compiled.to_role))
    drafted = replace(worded, problems=(*worded.problems, *exposed))
    message_id = tokens.new_message_id(desk.service(claim.service).agent.email)
    thread = addressing.thread(tx, claim, drafted.to_role, about)
    written, problem = _bytes(drafted, _head(desk, claim, to, message_id, thread))
    letter = Letter(
        id=new_id("M"),
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
        state=LetterState.BLOCKED if problem else LetterState.DRAFT,
        problem=problem,
        drafted_at=desk.now(),
        edited_from=desk.blobs.put(compiled.text.encode()) if edited else "",
    )
    return _sent_on(desk, tx, letter)


def _sent_on(desk: Desk, tx: store.Transaction, letter: Letter) -> Letter:
    """Saves the letter; a routine one goes at once, unless policy keeps it or its address has had enough of them."""
    goes = letter.routine and desk.policy.routine_letters and letter.state is LetterState.DRAFT
    capped = _capped(desk, tx, letter) if goes else ""
    kept = replace(letter, problem=capped or letter.problem)
    records.add(tx, kept)
    chain.append(tx, PROCESS, "letter.drafted", kept.id, kept.claim, {"template": kept.template})
    if capped:
        chain.append(tx, PROCESS, "letter.held", kept.id, kept.claim, {"why": "replies_per_sender"})
    return queue(desk, tx, kept) if goes and not capped else kept


def _capped(desk: Desk, look: store.Look, letter: Letter) -> str:
    """Why a routine letter has to wait for a person, if it has to: two machines that answer each other never end."""
    cap = desk.policy.replies_per_sender
    count = replies.replies_since(look, letter.to, desk.now() - timedelta(days=1), cap)
    return _CAP.format(count=count) if count >= cap else ""


def _bytes(drafted: draft.Draft, head: draft.Head) -> tuple[bytes, str]:
    """The letter as mail; as text where the platform delivers it, or with the reason why it cannot be sent."""
    problem = "; ".join((*(f"[[{blank}]]" for blank in drafted.blanks), *drafted.problems))
    if drafted.blocked or head.to.startswith(addressing.ACCOUNT):
        return drafted.text.encode(), problem
    try:
        return draft.message(drafted, head), ""
    except draft.Unsendable as error:
        return drafted.text.encode(), f"unsendable: {error}"


def _head(desk: Desk, claim: Claim, to: str, message_id: str, thread: str) -> draft.Head:
    agent = desk.service(claim.service).agent
    return draft.Head(
        sender=agent.email,
        to=to,
        message_id=message_id,
        date=desk.now(),
        in_reply_to=thread,
        reply_to=tokens.reply_address(agent, message_id),
    )
