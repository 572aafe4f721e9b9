"""A message that no case holds, and what a person says of it: which case it answers, or that it opens one."""

from starlette.responses import Response

from noticedesk.console.casefile import admitted, read_complaint
from noticedesk.console.handling import one_of
from noticedesk.console.visit import Visit
from noticedesk.desk import answer
from noticedesk.desk.staff.permits import NotPermitted
from noticedesk.model.notice import ANSWERS, OPENING, Notice, NoticeKind, NoticeState
from noticedesk.model.person import Act
from noticedesk.store import records


def show(visit: Visit) -> Response:
    """What could be read of it, and why it was set aside."""
    notice = _shown(visit)
    read = read_complaint(visit, notice)
    told = answer.may_be_told(notice)
    return visit.page("message", notice=notice, read=read, told=told, answers=sorted(ANSWERS), opening=sorted(OPENING))


def link(visit: Visit) -> Response:
    """Links it to a case, where it takes effect if its sender is known."""
    notice, form = _shown(visit), visit.form
    with visit.desk.db.read() as look:
        claim = admitted(look, visit, form.text("claim")).id
    kind = one_of(NoticeKind, form.text("kind")) if form.text("kind") else None
    about = tuple(form.text("about").replace(",", " ").split())
    answer.link(visit.desk, visit.who, notice.id, answer.Said(claim, kind, about, form.text("sender_known") == "yes"))
    return visit.go(f"/case/{claim}")


def open_as(visit: Visit) -> Response:
    """Opens a case with it, as a complaint of the kind that the person says."""
    notice = _shown(visit)
    opened = answer.open_as(visit.desk, visit.who, notice.id, one_of(NoticeKind, visit.form.text("kind")))
    return visit.go(f"/case/{opened.claim}")


def _shown(visit: Visit) -> Notice:
    """The message; raises NotPermitted where it is with the safety team and the person is not of it."""
    with visit.desk.db.read() as look:
        notice = records.get(look, Notice, visit.path["notice"])
        if notice.claim:
            admitted(look, visit, notice.claim)
        elif notice.state is NoticeState.QUARANTINED and not notice.problem and not visit.who.may(Act.READ_SAFETY):
            raise NotPermitted(f"{notice.id} is with the safety team and is shown to nobody else")
    return notice
