"""By hand: a person links a message that was set aside, and says whether they know it to be from the side it claims."""

from dataclasses import replace

from noticedesk.desk.actors import acting
from noticedesk.desk.answer.reply import read
from noticedesk.desk.answer.stage import handle
from noticedesk.desk.desk import Desk
from noticedesk.desk.staff.permits import require
from noticedesk.model.claim import Claim
from noticedesk.model.notice import Notice, NoticeState
from noticedesk.model.person import Act, Person
from noticedesk.store import chain, records


class NotAside(ValueError):
    """A message that is not waiting to be linked."""


def link(desk: Desk, person: Person, notice: str, claim: str, *, sender_known: bool = False) -> str:
    """Links a message to a claim and lets it take effect; what came of it. Raises NotPermitted and NotAside.

    `sender_known` says that the person has made sure who sent it, in place of the verification that it lacks; without
    it a message of an unverified sender is set aside again.
    """
    require(person, Act.DECIDE)
    with desk.db.read() as look:
        aside = records.get(look, Notice, notice)
    if aside.state is not NoticeState.QUARANTINED or not aside.problem:
        raise NotAside(f"{notice} is {aside.state} and does not wait to be linked")
    reply = read(desk, aside)
    reply = replace(reply, vouched_by=person.id if sender_known else "")
    with desk.db.write() as tx:
        told: dict[str, chain.Detail] = {"claim": claim, "sender_known": sender_known}
        chain.append(tx, acting(person), "notice.linked", notice, claim, told)
        return handle(desk, tx, reply, records.get(tx, Claim, claim))
