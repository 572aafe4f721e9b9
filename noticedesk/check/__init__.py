"""The legal-element linter: what a document is, which law takes it, which elements it gives and in which words."""

from noticedesk.check.judge import check
from noticedesk.check.line import line
from noticedesk.check.reading import Reading, load_reading

__all__ = ["Reading", "check", "line", "load_reading"]
