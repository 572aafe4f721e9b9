"""Answer: what answers a claim, linked to it; only a verified sender changes a state."""

from noticedesk.desk.answer.byhand import NotAside, Said, is_aside, link, may_be_told, open_as, waiting
from noticedesk.desk.answer.inquiry import ask_seller, fallen_silent
from noticedesk.desk.answer.stage import STAGE, answer

__all__ = [
    "STAGE",
    "NotAside",
    "Said",
    "answer",
    "ask_seller",
    "fallen_silent",
    "is_aside",
    "link",
    "may_be_told",
    "open_as",
    "waiting",
]
