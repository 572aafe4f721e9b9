"""The review queue as it is read: one row a thing that waits for a person, and the words that lead to it.

Made from the other tables by store/waiting in the transaction that changes those, and from nothing else.
"""

from typing import Final

from sqlalchemy import Column, Index, Table, Text

from noticedesk.store.columns import fraction, instant, metadata, number, several, words

ORDER: Final = ("lane_rank", "due_hour", "calm", "subject")
"""The order of the queue: the lane, then the hour in which it is due, then the risk (`calm` is 100 minus it)."""

FEW: Final = ("right_kind", "language", "band", "state", "service", "assignee")
"""What takes few values, so that very many rows share one: the index of each holds the others too."""

FILTERS: Final = (*FEW, "tenth", "holder", "listing", "seller", "picture", "campaign")
"""What a queue may be narrowed to: each has an index in the order of the queue."""

waits: Final = Table(
    "waits",
    metadata,
    Column("subject", Text, primary_key=True),
    words("kind"),
    words("claim", maybe=True),
    words("desk"),
    words("lane"),
    number("lane_rank"),
    words("state"),
    number("version"),
    words("service"),
    instant("received_at"),
    instant("due_at", maybe=True),
    instant("due_hour"),
    number("risk"),
    number("calm"),
    several("risk_why"),
    words("right_kind"),
    words("holder"),
    words("mark"),
    words("language"),
    several("flags"),
    words("band"),
    fraction("score", maybe=True),
    number("tenth"),
    words("proposal"),
    words("reason"),
    words("about"),
    words("listing"),
    words("seller"),
    words("picture"),
    words("campaign"),
    words("assignee"),
    instant("snoozed_until", maybe=True),
    words("snoozed_why"),
    words("held_by"),
    instant("held_until", maybe=True),
    Index(None, "desk", *ORDER),
    *(Index(f"ix_waits_{name}", "desk", name, *ORDER, *(one for one in FEW if one != name)) for name in FEW),
    *(Index(f"ix_waits_{name}", "desk", name, *ORDER) for name in FILTERS if name not in FEW),
    Index(None, "claim"),
    Index(None, "snoozed_until"),
    *(Index(f"ix_waits_of_{name}", name) for name in ("listing", "seller", "picture", "campaign")),
)

wait_words: Final = Table(
    "wait_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Index(None, "subject"),
)
"""What a search in the queue finds: words of title, mark and holder, and flags as `flag:ID`."""
