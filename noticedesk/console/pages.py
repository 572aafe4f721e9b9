"""The registry of pages: path, what answers, and the act that a person must be permitted."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from noticedesk.console import (
    audit,
    case,
    counter,
    entering,
    escalations,
    files,
    group,
    handling,
    inquiries,
    law,
    letters,
    live,
    message,
    operations,
    overview,
    people,
    queue,
    register,
    sanctions,
    you,
)
from noticedesk.console.visit import Visit
from noticedesk.model.person import Act


@dataclass(frozen=True, slots=True)
class Page:
    """One address. `open` pages need nobody signed in; `needs` is held in the desk again where it is an act.

    `before_codes` are the pages for who must set up one-time codes before they see any other; `files` take a document.
    """

    method: str
    path: str
    make: Callable[[Visit], Response]
    needs: Act | None = None
    open: bool = False
    before_codes: bool = False
    files: bool = False


CASE, LEGAL, ADMIN, KEEPER = Act.READ_CASE, Act.DECIDE_COUNTER_NOTICE, Act.MANAGE_PEOPLE, Act.KEEP_REGISTER

PAGES: tuple[Page, ...] = (
    Page("GET", "/", queue.home),
    Page("GET", "/sign-in", entering.ask, open=True),
    Page("POST", "/sign-in", entering.sign_in, open=True),
    Page("GET", "/sign-in/elsewhere", entering.go_elsewhere, open=True),
    Page("GET", "/sign-in/back", entering.come_back, open=True),
    Page("POST", "/sign-out", entering.sign_out, open=True),
    Page("GET", "/welcome", entering.welcome, open=True),
    Page("POST", "/welcome", entering.choose_password, open=True),
    Page("POST", "/csp-reports", entering.report, open=True),
    Page("GET", "/you", you.show, before_codes=True),
    Page("POST", "/you/keys", you.choose_keys),
    Page("POST", "/you/pictures", you.choose_pictures),
    Page("POST", "/you/seen", you.reveal, CASE),
    Page("POST", "/you/codes", you.set_up_codes, before_codes=True),
    Page("POST", "/you/password", you.change_password),
    Page("POST", "/you/sign-out-everywhere", you.sign_out_everywhere, before_codes=True),
    Page("GET", "/keys", you.sheet),
    Page("GET", "/queue", queue.show, CASE),
    Page("POST", "/queue/next", queue.take_next, CASE),
    Page("POST", "/queue/views", queue.save_view, CASE),
    Page("POST", "/queue/views/forget", queue.forget_view, CASE),
    Page("GET", "/find", queue.find, CASE),
    Page("GET", "/message/{notice}", message.show, CASE),
    Page("POST", "/message/{notice}/link", message.link, Act.DECIDE),
    Page("POST", "/message/{notice}/open", message.open_as, Act.DECIDE),
    Page("GET", "/case/{claim}", case.show, CASE),
    Page("POST", "/case/{claim}/take", handling.take, CASE),
    Page("POST", "/case/{claim}/keep", handling.keep, CASE),
    Page("POST", "/case/{claim}/release", handling.release, CASE),
    Page("POST", "/case/{claim}/assign", handling.assign, CASE),
    Page("POST", "/case/{claim}/snooze", handling.snooze, CASE),
    Page("POST", "/case/{claim}/wake", handling.wake, CASE),
    Page("POST", "/case/{claim}/skip", handling.skip, CASE),
    Page("POST", "/case/{claim}/note", handling.note, CASE),
    Page("POST", "/case/{claim}/escalate", handling.escalate, Act.ESCALATE),
    Page("POST", "/case/{claim}/ask", handling.ask_party, Act.EDIT_LETTER),
    Page("POST", "/case/{claim}/answer", handling.answer_first, CASE),
    Page("POST", "/case/{claim}/live", live.look, CASE),
    Page("GET", "/case/{claim}/live/{sha256}", live.picture, CASE),
    Page("POST", "/case/{claim}/decide", handling.decide, CASE),
    Page("POST", "/case/{claim}/undo", handling.undo, Act.UNDO),
    Page("POST", "/case/{claim}/letter", letters.edit, Act.EDIT_LETTER),
    Page("POST", "/case/{claim}/send", letters.approve, Act.EDIT_LETTER),
    Page("GET", "/counter", counter.show, LEGAL),
    Page("GET", "/counter/{allegation}", counter.one, LEGAL),
    Page("POST", "/counter/{allegation}/accept", counter.accept_it, LEGAL),
    Page("POST", "/counter/{allegation}/put-back", counter.put_back, LEGAL),
    Page("POST", "/counter/{allegation}/keep-down", counter.keep_down, LEGAL),
    Page("GET", "/escalations", escalations.show, CASE),
    Page("POST", "/escalations/answer", escalations.answer, Act.ANSWER_ESCALATION),
    Page("POST", "/escalations/give-back", escalations.give_back, Act.ANSWER_ESCALATION),
    Page("POST", "/escalations/assign", escalations.assign, Act.ESCALATE),
    Page("POST", "/inquiries", inquiries.register, Act.ESCALATE),
    Page("POST", "/inquiries/answer", inquiries.answer, Act.ESCALATE),
    Page("POST", "/inquiries/link", inquiries.link, Act.ESCALATE),
    Page("GET", "/group", group.show, Act.DECIDE),
    Page("POST", "/group/preview", group.preview, Act.DECIDE),
    Page("POST", "/group/decide", group.decide, Act.DECIDE),
    Page("GET", "/overview", overview.show, Act.READ),
    Page("GET", "/overview/{report}", overview.one, Act.READ),
    Page("GET", "/overview/{report}/{kind}", overview.file, Act.READ),
    Page("GET", "/audit", audit.show, Act.READ),
    Page("POST", "/audit/verify", audit.verify, Act.READ),
    Page("POST", "/case/{claim}/evidence", audit.take_evidence, CASE),
    Page("GET", "/sanctions", sanctions.show, CASE),
    Page("POST", "/sanctions", sanctions.answer, Act.SANCTION),
    Page("GET", "/register", register.show, CASE),
    Page("POST", "/register/mandates", register.add_mandate, KEEPER, files=True),
    Page("POST", "/register/mandates/end", register.end_mandate, KEEPER),
    Page("GET", "/register/proof/{mandate}", register.proof, CASE),
    Page("POST", "/register/rights", register.check_right, KEEPER),
    Page("POST", "/register/permissions", register.add_permission, KEEPER),
    Page("POST", "/register/permissions/end", register.end_permission, KEEPER),
    Page("GET", "/people", people.show, ADMIN),
    Page("POST", "/people", people.add, ADMIN),
    Page("POST", "/people/revoke", people.revoke_token, ADMIN),
    Page("POST", "/people/{person}/roles", people.change_roles, ADMIN),
    Page("POST", "/people/{person}/link", people.invite, ADMIN),
    Page("POST", "/people/{person}/token", people.issue_token, ADMIN),
    Page("POST", "/people/{person}/sign-out", people.end_sessions, ADMIN),
    Page("POST", "/people/{person}/close", people.close, ADMIN),
    Page("POST", "/people/{person}/reopen", people.reopen, ADMIN),
    Page("GET", "/law", law.show, Act.READ),
    Page("GET", "/law/regime/{regime}", law.one, Act.READ),
    Page("GET", "/law/letter", law.letter, Act.READ),
    Page("GET", "/operations", operations.show, Act.READ),
    Page("POST", "/operations/acknowledge", operations.acknowledge, Act.READ),
    Page("POST", "/operations/retry", operations.retry, Act.READ),
    Page("POST", "/operations/hand-over", operations.hand_over, Act.ESCALATE),
    Page("GET", "/case/{claim}/picture/{evidence}", files.picture, CASE),
    Page("GET", "/case/{claim}/match/{finding}", files.match, CASE),
    Page("GET", "/case/{claim}/original/{notice}", files.original, CASE),
)
"""Every page of the console."""
