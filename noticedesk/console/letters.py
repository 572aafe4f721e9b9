"""The letters of a case: their words changed, and drafts let go."""

from starlette.responses import Response

from noticedesk import store
from noticedesk.console.casefile import admitted
from noticedesk.console.visit import Visit
from noticedesk.desk.mail import letters
from noticedesk.model.letter import Letter
from noticedesk.store import records


def edit(visit: Visit) -> Response:
    """Keeps the changed words of a letter."""
    letter = _letter(visit)
    letters.edit(visit.desk, visit.who, letter.id, visit.form.get("words", "").replace("\r\n", "\n"))
    return _back(visit, letter)


def approve(visit: Visit) -> Response:
    """Puts a draft into the outbox."""
    letter = _letter(visit)
    letters.approve(visit.desk, visit.who, letter.id)
    return _back(visit, letter)


def _letter(visit: Visit) -> Letter:
    """The letter that the form names, which must be of the claim in the path."""
    with visit.desk.db.read() as look:
        claim = admitted(look, visit, visit.path["claim"])
        letter = records.get(look, Letter, visit.form.text("letter"))
    if letter.claim != claim.id:
        raise store.Missing(f"{claim.id} has no letter {letter.id}")
    return letter


def _back(visit: Visit, letter: Letter) -> Response:
    named = visit.form.text("allegation")
    answer = visit.go(f"/case/{letter.claim}", **({"allegation": named} if named else {}))
    answer.headers["location"] += "#letters"
    return answer
