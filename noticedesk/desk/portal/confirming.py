"""Confirming: who answers through a form proves an address by opening a link that was mailed to it.

The link goes only to an address that the case knows, or that the platform names as the account holder's: a form can
have nothing mailed to a stranger. Until it is confirmed, a message is nobody's and changes nothing.
"""

import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from noticedesk import draft, store
from noticedesk.desk.actors import API
from noticedesk.desk.answer import linking, reply, sides
from noticedesk.desk.desk import Desk
from noticedesk.desk.ingest import judge
from noticedesk.desk.mail import correspondence
from noticedesk.desk.portal.terms import terms_of
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.document import Document
from noticedesk.model.ids import new_id
from noticedesk.model.letter import Letter
from noticedesk.model.notice import Notice, Verified
from noticedesk.model.submission import Submission, SubmissionKind, SubmissionState
from noticedesk.store import chain, records
from noticedesk.store.secret import digest, new_secret

LETTER = "any/address_confirmation"


class NotConfirmable(ValueError):
    """A link that is no link of ours, or that works no longer."""


def due(submission: Submission) -> bool:
    """Whether the address has still to be confirmed: of an answer that came through a form, and was not asked yet."""
    by_form = submission.sender is None and submission.kind is not SubmissionKind.COMPLAINT
    return by_form and submission.confirmed_at is None and submission.state is SubmissionState.WAITING


def ask(desk: Desk, submission: Submission, document: Document) -> bool:
    """Mails the link where the address, once confirmed, would be that of a side of the case; whether it did."""
    answer = _if_confirmed(desk, submission, document)
    terms = terms_of(desk.settings)
    with desk.db.write() as tx:
        claim, role = _side(desk, tx, answer)
        if claim is None or terms.public_url is None:
            return False
        secret, sha256 = new_secret()
        until = desk.now() + timedelta(days=terms.confirm_days)
        link = terms.address(f"/confirm/{submission.id}_{secret}")
        _mail(desk, tx, claim, _Link(submission.email, role, link, until))
        asked = replace(submission, state=SubmissionState.ASKED, confirm_sha256=sha256, confirm_until=until)
        records.replace(tx, asked)
        chain.append(tx, API, "submission.address_asked", submission.id, claim.id)
    return True


@dataclass(frozen=True, slots=True)
class _Link:
    """A link to be mailed: to whom, as which side, and until when it works."""

    to: str
    role: str
    url: str = field(repr=False)
    until: datetime


def _mail(desk: Desk, tx: store.Transaction, claim: Claim, link: _Link) -> None:
    """Queues the letter; nothing of the case stands in it but its reference."""
    service = desk.service(claim.service)
    facts = draft.Facts(
        claim=claim.id,
        service=draft.ServiceFacts(name=service.name, agent_name=service.agent.name, agent_email=service.agent.email),
        confirm_url=link.url,
        confirm_until=link.until.astimezone(ZoneInfo(service.agent.timezone)).date(),
    )
    drafted = replace(draft.draft(desk.letters, LETTER, claim.language or "en", facts), to_role=link.role)
    id, us = new_id("M"), service.agent.email
    message_id = f"<{id}@{us.partition('@')[2]}>"
    mail = draft.message(drafted, draft.Head(sender=us, to=link.to, message_id=message_id, date=desk.now()))
    letter = Letter(
        id=id,
        claim=claim.id,
        template=drafted.template,
        language=drafted.language,
        to=link.to,
        to_role=drafted.to_role,
        subject=drafted.subject,
        sha256=desk.blobs.put(mail),
        message_id=message_id,
        routine=drafted.routine,
        facts=drafted.facts,
        drafted_at=desk.now(),
    )
    records.add(tx, letter)
    chain.append(tx, API, "letter.drafted", letter.id, claim.id, {"template": letter.template})
    correspondence.queue(desk, tx, letter)


def awaited(look: store.Look, shown: str, desk: Desk) -> Submission:
    """The submission that the link confirms; raises NotConfirmable."""
    id, _, secret = shown.partition("_")
    known = next(iter(records.find(look, Submission, id=id)), None)
    if known is None or not known.confirm_sha256 or not hmac.compare_digest(known.confirm_sha256, digest(secret)):
        raise NotConfirmable("this link is none of ours; open it exactly as the letter shows it")
    if known.confirmed_at is None and (known.state is SubmissionState.TAKEN or _over(known, desk)):
        raise NotConfirmable("this link works no longer; a person looks at what you sent")
    return known


def confirm(desk: Desk, shown: str) -> Submission:
    """Confirms the address, once; the desk then takes the message over as its. Raises NotConfirmable."""
    with desk.db.write() as tx:
        known = awaited(tx, shown, desk)
        if known.confirmed_at:
            return known
        chain.append(tx, API, "submission.address_confirmed", known.id, None)
        return records.replace(tx, replace(known, confirmed_at=desk.now(), state=SubmissionState.WAITING))


def _over(known: Submission, desk: Desk) -> bool:
    return known.confirm_until is None or known.confirm_until <= desk.now()


def _if_confirmed(desk: Desk, submission: Submission, document: Document) -> reply.Reply:
    """The message as it would be taken if its address were confirmed; nothing of it is saved."""
    found = judge(desk, document, submission.service)
    notice = Notice(
        id=new_id("N"),
        service=submission.service,
        channel="api",
        delivery=submission.id,
        name=f"{submission.id}.json",
        sha256=submission.body,
        received_at=submission.received_at,
        ingested_at=desk.now(),
        kind=found.kind,
        sender=submission.email,
        verified=Verified.ADDRESS,
    )
    return reply.read(desk, notice)


def _side(desk: Desk, tx: store.Transaction, answer: reply.Reply) -> tuple[Claim | None, str]:
    """The claim that it answers and the side that the address is of; no claim where it is not sure, or of no side."""
    linked = linking.linked(desk, tx, answer)
    if not linked.sure:
        return None, ""
    claim = records.get(tx, Claim, linked.claims[0])
    if sides.is_notifier(tx, claim.id, answer):
        return claim, "claimant"
    about = records.find(tx, Allegation, claim=claim.id)
    return (claim, "seller") if any(sides.is_seller(tx, one, answer) for one in about) else (None, "")
