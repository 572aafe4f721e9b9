"""What can happen in a history: one sentence each, and what it does to the world."""

from collections.abc import Callable
from typing import Any

import pytest

from noticedesk.desk import review
from noticedesk.desk.actors import CHASE
from noticedesk.desk.answer import accept, byhand, inquiry, outside
from noticedesk.desk.deadlines import byhandclocks
from noticedesk.desk.enforcement import changes
from noticedesk.desk.misuse import sanctions
from noticedesk.desk.misuse.sanctions import Verdict
from noticedesk.desk.retain import erase, holds
from noticedesk.desk.review import Ruling
from noticedesk.desk.stages import reclassify
from noticedesk.model.action import Action, Reason
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.clock import Clock
from noticedesk.model.conduct import Answer
from noticedesk.model.letter import Letter, LetterState
from noticedesk.model.listing import Listing
from noticedesk.model.notice import Notice, NoticeKind
from noticedesk.store import moves, records
from tests.noticedesk.desk.factory import Mail
from tests.noticedesk.desk.history import World
from tests.noticedesk.desk.history_letters import NOTIFIER, SELLER, words

Step = dict[str, Any]
Happens = Callable[[World, Step], None]

LASTING = (Action.DISABLE, Reason.COPY)


def _mail(message: str, sender: str, side: str) -> Happens:
    """A message arrives; by default it answers our latest letter to its side, else it names our reference."""

    def happens(world: World, step: Step) -> None:
        about = tuple(step.get("about", world.listings))
        chosen = _claim(world, step)
        text = words(step.get("message", message), step)
        text = text.replace("{claim}", chosen.id if chosen else "").replace("{listings}", "\n".join(world.urls(about)))
        address = str(step.get("from", sender))
        mail = Mail(
            text=text.replace("{", "{{").replace("}", "}}"),
            sender=address,
            signed=not step.get("unsigned", False),
            subject=str(step.get("subject", message)),
            message_id=f"<{world.mails + 1}@{address.partition('@')[2]}>",
            answers=_answers(world, chosen, side) if step.get("threaded", bool(side)) else "",
        )
        world.receive(mail)

    return happens


def _claim(world: World, step: Step) -> Claim | None:
    if "claim" in step:
        with world.desk.db.read() as look:
            return records.get(look, Claim, step["claim"])
    claims = world.claims()
    return claims[step.get("to claim", len(claims)) - 1] if claims else None


def _answers(world: World, claim: Claim | None, side: str) -> str:
    """Our latest letter to a side about the claim; else the message that the side sent us."""
    if claim is None:
        return ""
    with world.desk.db.read() as look:
        letters = records.find(look, Letter, claim=claim.id, to_role=side)
        notices = records.find(look, Notice, claim=claim.id)
    ours = [letter.message_id for letter in letters if letter.state is LetterState.SENT]
    theirs = [notice.message_id for notice in notices if notice.sender == NOTIFIER and side == "claimant"]
    return (ours or theirs or [""])[-1]


def _act(do: Callable[[World, Step, Allegation], None], who: str) -> Happens:
    """A person acts on each allegation that is meant."""

    def happens(world: World, step: Step) -> None:
        step = {"by": who, **step}
        chosen = _claim(world, step).id if {"to claim", "claim"} & set(step) else None  # type: ignore[union-attr]
        for one in world.allegations(tuple(step.get("about", world.listings)), chosen):
            do(world, step, one)

    return happens


def _rules(action: Action, reason: Reason, who: str) -> Happens:
    """A person decides, with the reason of the step or this one."""

    def do(world: World, step: Step, one: Allegation) -> None:
        chosen = Reason(step.get("reason", reason))
        ruling = Ruling(action=Action(step.get("action", action)), reason=chosen)
        review.decide(world.desk, world.staff(step["by"]), one.id, ruling, one.version)

    return _act(do, who)


def _accepts(world: World, step: Step, one: Allegation) -> None:
    accept.accept(world.desk, world.staff(step["by"]), one.id, one.version)


def _asks_seller(world: World, step: Step, one: Allegation) -> None:
    inquiry.ask_seller(world.desk, world.staff(step["by"]), one.id, one.version)


def _takes_back(world: World, step: Step, one: Allegation) -> None:
    review.undo(world.desk, world.staff(step["by"]), one.id)


def _platform(silent: bool) -> Happens:
    def happens(world: World, step: Step) -> None:
        world.platform_answers = not silent

    return happens


def _changed(type_: str) -> Happens:
    """The platform tells that a listing was deleted or edited, or that its account was closed."""

    def happens(world: World, step: Step) -> None:
        for name in step.get("about", world.listings):
            with world.desk.db.write() as tx:
                (listing,) = records.find(tx, Listing, service="shop", item=name)
                account: dict[str, object] = {"service": "shop", "account": listing.account}
                data = account if type_ == "account.closed" else {"service": "shop", "item": name}
                delivery = changes.Delivery(f"{type_}-{name}", type_, {"by": "seller", **data}, "0" * 64)
                takes = {"account.closed": changes.closed, "listing.deleted": changes.deleted}
                takes.get(type_, changes.edited)(world.desk, tx, delivery)

    return happens


def _linked_by_hand(world: World, step: Step) -> None:
    """The latest message that answers nothing yet is linked to the claim, as what the person says it is."""
    chosen = _claim(world, step)
    assert chosen is not None
    with world.desk.db.read() as look:
        latest = max(records.find(look, Notice), key=lambda one: (one.received_at, one.id))
        meant = records.find(look, Allegation, claim=chosen.id)
        items = {one.id: records.get(look, Listing, one.listing).item for one in meant}
    said = byhand.Said(
        claim=chosen.id,
        kind=NoticeKind(step["says"]) if "says" in step else None,
        about=tuple(one for one, item in items.items() if item in step.get("about", ())),
        sender_known=bool(step.get("sender known", False)),
    )
    byhand.link(world.desk, world.staff(step.get("by", "cy")), latest.id, said)


def _reclassified(world: World, step: Step) -> None:
    chosen = _claim(world, step)
    assert chosen is not None
    reclassify.reclassify(world.desk, world.staff(step.get("by", "bo")), chosen.id, step["to"])


def _expired(world: World, step: Step) -> None:
    """The time for a cure ends, as chasing ends it."""

    with world.desk.db.write() as tx:
        chosen = _claim(world, step)
        assert chosen is not None
        moves.move(tx, chosen, ClaimState.EXPIRED, CHASE)


def _disputes(world: World, step: Step, one: Allegation) -> None:
    outside.submit(world.desk, world.staff(step["by"]), one.id, step.get("body", "Mediators"))


def _dispute_ends(world: World, step: Step, one: Allegation) -> None:
    outside.decide(world.desk, world.staff(step["by"]), one.id, step.get("outcome", "for_user"))


def _held(world: World, step: Step) -> None:
    chosen = _claim(world, step)
    assert chosen is not None
    holds.place(world.desk, world.staff(step.get("by", "cy")), chosen.id, "litigation")


def _erased(world: World, step: Step) -> None:
    chosen = _claim(world, step)
    assert chosen is not None
    erase.erase(world.desk, world.staff(step.get("by", "cy")), chosen.id, "asked for")


def _bytes_lost(world: World, step: Step) -> None:
    """The store of bytes has lost the notice."""
    with world.desk.db.read() as look:
        for notice in records.find(look, Notice):
            for path in (world.home / "blobs").rglob(f"*{notice.sha256[-16:]}*"):
                path.unlink()


def _sanctioned(world: World, step: Step) -> None:
    """The measures that strikes proposed are accepted."""
    with world.desk.db.read() as look:
        proposed = sanctions.open_proposals(look)
    assert proposed, "no measure is proposed"
    for one in proposed:
        sanctions.answer(world.desk, world.staff(step.get("by", "cy")), one.id, Verdict(answer=Answer.ACCEPTED))


def _clock_by_hand(world: World, step: Step) -> None:
    chosen = _claim(world, step)
    assert chosen is not None
    with world.desk.db.read() as look:
        (clock,) = records.find(look, Clock, claim=chosen.id, rule=step["clock"])
    byhandclocks.by_hand(
        world.desk, world.staff(step.get("by", "cy")), clock.id, step["act"], step.get("why", "agreed")
    )


def _nothing(world: World, step: Step) -> None:
    """Time passes."""


EVENTS: list[tuple[str, Happens]] = [
    ("a notice arrives", _mail("copyright notice", NOTIFIER, "")),
    ("a message arrives", _mail("question", NOTIFIER, "")),
    ("the notifier completes the notice", _mail("supplement", NOTIFIER, "claimant")),
    ("the notifier retracts", _mail("retraction", NOTIFIER, "claimant")),
    ("the notifier reports a court action", _mail("court action", NOTIFIER, "claimant")),
    ("the notifier reports a board proceeding", _mail("board proceeding", NOTIFIER, "claimant")),
    ("the notifier appeals", _mail("appeal", NOTIFIER, "claimant")),
    ("the seller sends a counter-notice", _mail("counter-notice", SELLER, "seller")),
    ("the seller appeals", _mail("appeal", SELLER, "seller")),
    ("the seller answers", _mail("seller's answer", SELLER, "seller")),
    ("an order arrives", _mail("order", "registry@court.example", "")),
    ("a subpoena arrives", _mail("subpoena", "firm@counsel.example", "")),
    ("a partner asks", _mail("question", "partner@agency.example", "")),
    ("a specialist removes", _rules(*LASTING, "ann")),
    ("a specialist refuses", _rules(Action.NONE, Reason.NOT_SAME, "ann")),
    ("a specialist approves the forwarding", _rules(Action.FORWARD_ONLY, Reason.FORWARDED_BY_LAW, "bo")),
    ("a specialist asks the seller", _act(_asks_seller, "bo")),
    ("a decision is taken back", _act(_takes_back, "ann")),
    ("legal accepts the counter-notice", _act(_accepts, "cy")),
    ("legal approves the put-back", _rules(Action.RESTORE, Reason.COUNTER_NOTICE_LAPSE, "cy")),
    ("legal restores", _rules(Action.RESTORE, Reason.RETRACTED, "cy")),
    ("legal keeps it down", _rules(Action.DISABLE, Reason.COURT_ACTION, "cy")),
    ("legal rejects the counter-notice", _rules(*LASTING, "cy")),
    ("the appeal is upheld", _rules(Action.RESTORE, Reason.APPEAL_UPHELD, "bo")),
    ("the appeal is rejected", _rules(*LASTING, "bo")),
    ("the refusal is reversed", _rules(*LASTING, "bo")),
    ("the refusal is confirmed", _rules(Action.NONE, Reason.NOT_SAME, "bo")),
    ("a person links the message", _linked_by_hand),
    ("a person puts the claim under other rules", _reclassified),
    ("the claim expires", _expired),
    ("a body outside is turned to", _act(_disputes, "cy")),
    ("a body outside decides", _act(_dispute_ends, "cy")),
    ("legal holds the claim", _held),
    ("legal erases the claim", _erased),
    ("the platform falls silent", _platform(True)),
    ("the platform answers again", _platform(False)),
    ("the listing is deleted", _changed("listing.deleted")),
    ("the listing is edited", _changed("listing.edited")),
    ("the account is closed", _changed("account.closed")),
    ("legal changes a clock", _clock_by_hand),
    ("the bytes of the notice are lost", _bytes_lost),
    ("a proposed measure is accepted", _sanctioned),
    ("time passes", _nothing),
]
"""Every event that a history may name, with its usual message, sender or person."""


def happen(world: World, step: Step) -> None:
    """Lets one event happen, now, or sees it refused with the words of `refused`."""
    known = dict(EVENTS)
    assert step["event"] in known, f"no event is called {step['event']!r}; the events are: {', '.join(known)}"
    if "refused" in step:
        with pytest.raises(ValueError, match=step["refused"]):
            known[step["event"]](world, step)
    else:
        known[step["event"]](world, step)
