"""Who calls: the sender whose token a request carries. Nothing else in a request says who it is from."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from noticedesk import store
from noticedesk.api.office import Office, the_office
from noticedesk.api.problems import Problem
from noticedesk.model.submission import Sender
from noticedesk.store import senders

_BEARER = HTTPBearer(auto_error=False, description="A token of `noticedesk senders token`.")


@dataclass(frozen=True, slots=True)
class Caller:
    """The sender of a request, with the token that it showed."""

    sender: Sender
    shown: str = field(repr=False)


async def the_caller(
    request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Caller:
    """The sender whose token is shown; raises the problem 401, which does not say why, or 429."""
    if shown is None:
        raise _unknown("this needs a token: Authorization: Bearer nds_...")
    office = the_office(request)
    caller = await run_in_threadpool(_known, office, shown.credentials)
    office.count("sender", caller.sender.id)
    return caller


_Key = Annotated[str | None, Header(min_length=1, max_length=255, pattern=r"^[!-~]+$")]


def key(idempotency_key: _Key = None) -> str:
    """The Idempotency-Key of a request; empty where it has none."""
    return idempotency_key or ""


def _known(office: Office, shown: str) -> Caller:
    desk = office.desk
    try:
        with desk.db.read() as look:
            sender = senders.sender_of(look, shown)
            noted = senders.use_is_noted(look, shown, now=desk.now())
    except store.NotAccepted as error:
        raise _unknown(str(error)) from None
    if noted:
        return Caller(sender, shown)
    with desk.db.write(logged=False) as tx:
        senders.note_use(tx, shown, now=desk.now())
    return Caller(sender, shown)


def _unknown(why: str) -> Problem:
    return Problem(401, why, headers={"WWW-Authenticate": "Bearer"})


TheCaller = Annotated[Caller, Depends(the_caller)]
TheKey = Annotated[str, Depends(key)]
TheOffice = Annotated[Office, Depends(the_office)]
