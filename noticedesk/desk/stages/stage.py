"""One stage over a chunk: lease, try each, save all outcomes in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from noticedesk import store
from noticedesk.desk.actors import worker
from noticedesk.desk.desk import Desk
from noticedesk.desk.tally import Tally
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim, ClaimState
from noticedesk.model.notice import Notice
from noticedesk.store import queue

Taken = TypeVar("Taken")
Made = TypeVar("Made")

LEASE_SECONDS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Generic[Taken, Made]):
    """What a stage takes (only of claims in `claim_states`, where given), does and saves.

    `load` reads what is needed of the leased ids; `work` does the work on one item and touches no table; `save`
    writes one outcome and names it for the tally.
    """

    name: str
    noun: type[Claim] | type[Allegation] | type[Notice]
    states: tuple[StrEnum, ...]
    claim_states: tuple[ClaimState, ...] = ()
    load: Callable[[Desk, store.Look, Sequence[str]], list[Taken]]
    work: Callable[[Desk, Taken], Made]
    save: Callable[[Desk, store.Transaction, Taken, Made], str]
    id_of: Callable[[Taken], str]


@dataclass(frozen=True, slots=True)
class _Failed:
    """Work that raised."""

    error: Exception


def run(desk: Desk, stage: Stage[Taken, Made]) -> Tally:
    """Runs the stage over one chunk; an item that fails is tried again later, and never fails its neighbours.

    What took longer than its lease and was taken over meanwhile is left to who holds it now.
    """
    owner, states = worker(stage.name), stage.states
    terms = queue.Terms(limit=desk.policy.chunk, seconds=LEASE_SECONDS)
    if stage.claim_states:
        terms["claim_states"] = stage.claim_states
    with desk.db.read() as look:
        if not queue.waits(look, stage.noun, states, desk.now(), **terms):
            return Tally()
    with desk.db.write(logged=False) as tx:
        ids = queue.lease(tx, stage.noun, states, owner, desk.now(), **terms)
    with desk.db.read() as look:
        taken = stage.load(desk, look, ids)
    outcomes: list[tuple[Taken, Made | _Failed]] = [(item, _attempt(desk, stage.work, item)) for item in taken]
    tally = Tally()
    with desk.db.write() as tx:
        done, mine = [], queue.held(tx, stage.noun, ids, owner)
        ours = [(item, outcome) for item, outcome in outcomes if stage.id_of(item) in mine]
        if len(ours) < len(outcomes):
            tally.counts["left to another"] = len(outcomes) - len(ours)
        for item, outcome in ours:
            error = _save(desk, tx, stage, item, outcome, tally)
            if error is None:
                done.append(stage.id_of(item))
            else:
                tally.failed(error)
                queue.fail(tx, stage.id_of(item), f"{type(error).__name__}: {error}", desk.now(), desk.patience)
        queue.release(tx, *done, owner=owner)
    return tally


def _attempt(desk: Desk, work: Callable[[Desk, Taken], Made], item: Taken) -> Made | _Failed:
    try:
        return work(desk, item)
    except Exception as error:  # one claim's error is saved with the claim, whatever it is
        return _Failed(error)


def _save(
    desk: Desk, tx: store.Transaction, stage: Stage[Taken, Made], item: Taken, outcome: Made | _Failed, tally: Tally
) -> Exception | None:
    """Saves what came of one item and counts it; what went wrong, if anything did."""
    if isinstance(outcome, _Failed):
        return outcome.error
    try:
        with tx.attempt():
            tally.counts[stage.save(desk, tx, item, outcome)] += 1
    except Exception as error:  # as above: undone to the savepoint, and saved with the claim
        return error
    return None
