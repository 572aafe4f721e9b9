"""Answer: what answers a claim, linked to it; only a verified sender changes a state."""

from noticedesk.desk.answer.byhand import NotAside, link, open_as, waiting
from noticedesk.desk.answer.inquiry import ask_seller, fallen_silent
from noticedesk.desk.answer.stage import STAGE, answer

__all__ = ["STAGE", "NotAside", "answer", "ask_seller", "fallen_silent", "link", "open_as", "waiting"]
