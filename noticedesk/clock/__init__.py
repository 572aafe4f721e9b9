"""What is due when: dated law, the events of a case and named calendars in; due instants and safe windows out."""

from noticedesk.clock.calendar import CalendarError
from noticedesk.clock.clocks import clocks, window
from noticedesk.clock.due import Clocks, Due, SafeWindow, Warning_
from noticedesk.clock.line import line
from noticedesk.clock.moment import MomentError, legal_date, read, zone

__all__ = [
    "CalendarError",
    "Clocks",
    "Due",
    "MomentError",
    "SafeWindow",
    "Warning_",
    "clocks",
    "legal_date",
    "line",
    "read",
    "window",
    "zone",
]
