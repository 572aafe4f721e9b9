"""The review queue: kept as it should be by every transaction, and read by index."""

from noticedesk.store.waiting.filters import DESKS, Filters
from noticedesk.store.waiting.find import GROUPS, Group, Line, Wait, count, first_for, groups, line, standing
from noticedesk.store.waiting.keep import rebuild, refresh, settle, touch
from noticedesk.store.waiting.past import Precedent, Ruled, precedents

__all__ = [
    "DESKS",
    "GROUPS",
    "Filters",
    "Group",
    "Line",
    "Precedent",
    "Ruled",
    "Wait",
    "count",
    "first_for",
    "groups",
    "line",
    "precedents",
    "rebuild",
    "refresh",
    "settle",
    "standing",
    "touch",
]
