"""The legal-element linter: what a document is, which law takes it, which elements it gives and in which words."""

from noticedesk.check.judge import check
from noticedesk.check.line import line
from noticedesk.check.nameless import nameless
from noticedesk.check.reach import reach
from noticedesk.check.reading import Reading, load_reading
from noticedesk.check.thread import announces_court_action, spares_part, takes_back_part

__all__ = [
    "Reading",
    "announces_court_action",
    "check",
    "line",
    "load_reading",
    "nameless",
    "reach",
    "spares_part",
    "takes_back_part",
]
