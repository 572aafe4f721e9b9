"""Answer: what answers a claim, linked to it; only a verified sender changes a state."""

from noticedesk.desk.answer.byhand import link
from noticedesk.desk.answer.inquiry import ask_seller, fallen_silent
from noticedesk.desk.answer.stage import STAGE, answer

__all__ = ["STAGE", "answer", "ask_seller", "fallen_silent", "link"]
