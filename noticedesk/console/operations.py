"""What the desk itself needs: alarms, effects that failed, and where complaints come from."""

from starlette.responses import Response

from noticedesk.console.handling import BadForm, one_of
from noticedesk.console.visit import Visit
from noticedesk.desk import alarms
from noticedesk.desk.enforcement import deadletters
from noticedesk.model.escalation import Team
from noticedesk.model.letter import Outbox, OutboxKind, OutboxState
from noticedesk.model.person import Person, Role
from noticedesk.store import records, sources

SHOWN = 200
COUNTED = 1_000

KINDS = {
    OutboxKind.WEBHOOK: "order to the platform",
    OutboxKind.MAIL: "letter by mail",
    OutboxKind.LETTER: "letter by the platform",
    OutboxKind.ALARM: "alarm by mail",
    OutboxKind.CHAT: "alarm by chat",
    OutboxKind.STATEMENT: "statement of reasons to the database",
    OutboxKind.STATUS: "news to a sender",
}
"""What effects are called on the page."""


def show(visit: Visit) -> Response:
    """All three on one page, the worst first."""
    with visit.desk.db.read() as look:
        raised = alarms.open_alarms(look)
        effects = deadletters.pressing(look, visit.desk.now())
        queued = records.count(look, Outbox, state=OutboxState.QUEUED, cap=COUNTED)
        people = {person.id: person.name for person in records.find(look, Person)}
        read = [(source, sources.checkpoint(look, source.id)) for source in visit.desk.sources]
    return visit.page(
        "operations",
        alarms=raised[:SHOWN],
        more_alarms=len(raised) - SHOWN,
        effects=effects[:SHOWN],
        kinds=KINDS,
        queued="1,000 and more" if queued == COUNTED else queued,
        more_effects=len(effects) - SHOWN,
        sources=read,
        people=people,
        teams=list(Team),
        mine={*visit.who.roles, *(Role if Role.ADMIN in visit.who.roles else ())},
    )


def acknowledge(visit: Visit) -> Response:
    """Takes an alarm on."""
    alarms.acknowledge(visit.desk, visit.who, visit.form.text("alarm"))
    return visit.go("/operations")


def retry(visit: Visit) -> Response:
    """Lets a failed effect be tried at once."""
    deadletters.retry(visit.desk, visit.who, visit.form.text("effect"))
    return visit.go("/operations")


def hand_over(visit: Visit) -> Response:
    """Asks a team about a dead effect."""
    question = visit.form.text("question")
    if not question:
        raise BadForm("handing an effect over needs a question")
    team = one_of(Team, visit.form.text("team"))
    deadletters.hand_over(visit.desk, visit.who, visit.form.text("effect"), team, question)
    return visit.go("/operations")
