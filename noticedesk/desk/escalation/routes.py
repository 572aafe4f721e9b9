"""Routes: which team is asked about what the software must not settle, and how soon; all of it is data."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path

from noticedesk import store
from noticedesk.desk.actors import ANSWER
from noticedesk.desk.desk import Desk
from noticedesk.model.allegation import Allegation
from noticedesk.model.claim import Claim
from noticedesk.model.escalation import Escalation, Team
from noticedesk.model.ids import new_id
from noticedesk.settings import read, shape
from noticedesk.store import chain, records


@shape
class Route:
    """One route: the team, in how many hours an answer is due, and what is asked."""

    team: Team
    hours: int
    asks: str


@shape
class Routes:
    """The form of config/routes.yaml. A flag in `shown` is only seen; any other keeps a proposal from being made."""

    answers: dict[str, Route]
    flags: dict[str, Route]
    shown: tuple[str, ...]
    many_urls: int
    state_senders: tuple[str, ...]


def routes(desk: Desk) -> Routes:
    """The routes as configured; raises SettingError for an unknown key or team."""
    return _read(desk.settings.config / "routes.yaml")


def of_message(desk: Desk, sender: str, reported: int) -> set[str]:
    """The flags that follow from a message itself, not from its words: very many addresses, a sender of a state."""
    known = routes(desk)
    found = {"bulk_robot_notice"} if reported > known.many_urls else set()
    return found | ({"state_actor_complaint"} if sender.lower().endswith(known.state_senders) else set())


def ask(
    desk: Desk, tx: store.Transaction, name: str, claim: Claim | None, said: str = "", *, about: str = ""
) -> Escalation:
    """Asks the team of an answer's route, with its due time; `said` adds what is special about this case.

    `about` is the id of what the question is about, else of the claim. Asked twice while open, it stays one question.
    """
    route, subject = routes(desk).answers[name], about or (claim.id if claim else "")
    return _ask(desk, tx, route, claim, f"{route.asks} {said}".strip(), subject)


def ask_about_flags(desk: Desk, tx: store.Transaction, claim: Claim) -> list[Escalation]:
    """Asks about every grey area that is flagged on a claim, each by its own route."""
    known = routes(desk).flags
    return [_ask(desk, tx, known[flag], claim, known[flag].asks, claim.id) for flag in claim.flags if flag in known]


def ask_about(
    desk: Desk, tx: store.Transaction, claim: Claim, allegation: Allegation, flags: Iterable[str]
) -> list[Escalation]:
    """Asks about flags that are raised on one allegation."""
    known = routes(desk).flags
    return [_ask(desk, tx, known[flag], claim, known[flag].asks, allegation.id) for flag in flags if flag in known]


def _ask(desk: Desk, tx: store.Transaction, route: Route, claim: Claim | None, question: str, about: str) -> Escalation:
    same = records.find(tx, Escalation, about=about, question=question, answered_at=None)
    if same:
        return same[0]
    asked = Escalation(
        id=new_id("E"),
        about=about,
        claim=claim.id if claim else None,
        team=route.team,
        question=question,
        asked_by=ANSWER.name,
        asked_at=desk.now(),
        due_at=desk.now() + timedelta(hours=route.hours),
    )
    records.add(tx, asked)
    chain.append(tx, ANSWER, "escalation.asked", asked.id, asked.claim, {"team": asked.team.value, "about": about})
    return asked


@cache
def _read(path: Path) -> Routes:
    return read(path, Routes)
