"""Tables of templates that recur, and of measures proposed about accounts and notifiers."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from noticedesk.store.columns import identity, instant, metadata, points, several, words

fingerprints: Final = Table(
    "fingerprints",
    metadata,
    Column("id", Text, ForeignKey("notices.id"), primary_key=True),
    words("campaign"),
    points("claim", "claims"),
    several("sketch"),
    Index(None, "campaign", "id"),
    Index(None, "claim"),
)

# One row a band of a sketch: sketches that are alike share a band, so that they are found by an index.
fingerprint_bands: Final = Table(
    "fingerprint_bands",
    metadata,
    Column("band", Text, primary_key=True),
    Column("campaign", Text, primary_key=True),
    words("example"),
    Index(None, "example"),
)

sanctions: Final = Table(
    "sanctions",
    metadata,
    identity(),
    words("measure"),
    words("service"),
    words("subject"),
    points("claim", "claims"),
    points("allegation", "allegations", maybe=True),
    several("grounds"),
    words("by_rule"),
    words("reference"),
    instant("proposed_at"),
    words("answer", maybe=True),
    words("answered_by"),
    instant("answered_at", maybe=True),
    instant("until", maybe=True),
    words("note"),
    Index(None, "subject", "measure"),
    Index(None, "answered_at", "id"),
    Index(None, "claim"),
)
