"""Partners' questions without a claim: registered, linked to the claims that they touch, and answered."""

from starlette.responses import Response

from noticedesk.console.casefile import admitted
from noticedesk.console.handling import instant_of, one_of
from noticedesk.console.visit import Visit
from noticedesk.desk.escalation import inquiries
from noticedesk.model.escalation import Team


def register(visit: Visit) -> Response:
    """Registers a question that came by telephone or in a meeting."""
    due = visit.form.text("due")
    inquiries.register(
        visit.desk,
        visit.who,
        visit.form.text("partner"),
        visit.form.text("question"),
        one_of(Team, visit.form.text("team")),
        due=instant_of(due) if due else None,
    )
    return visit.go("/escalations")


def answer(visit: Visit) -> Response:
    """Records what the partner was told."""
    inquiries.answer(visit.desk, visit.who, visit.form.text("inquiry"), visit.form.text("answer"))
    return visit.go("/escalations")


def link(visit: Visit) -> Response:
    """Links a question to a claim, whose timeline then shows it."""
    with visit.desk.db.read() as look:
        claim = admitted(look, visit, visit.form.text("claim")).id
    inquiries.link(visit.desk, visit.who, visit.form.text("inquiry"), claim)
    return visit.go("/escalations")
