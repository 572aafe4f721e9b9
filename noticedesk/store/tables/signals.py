"""Tables of what later listings are compared with: signals, sightings, and hashes of pictures (from the blobs)."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from noticedesk.store.columns import Bits, fraction, identity, instant, metadata, number, points, words

signals: Final = Table(
    "signals",
    metadata,
    identity(),
    words("sha256"),
    points("allegation", "allegations"),
    points("right", "rights", maybe=True),
    words("state"),
    number("asked"),
    number("hits"),
    instant("since"),
    instant("quarantined_at", maybe=True),
    words("released_by"),
    instant("released_at", maybe=True),
    UniqueConstraint("allegation", "sha256"),
    Index(None, "state", "id"),
    Index(None, "sha256"),
)

sightings: Final = Table(
    "sightings",
    metadata,
    identity(),
    points("signal", "signals"),
    points("listing", "listings"),
    words("sha256"),
    fraction("score"),
    words("outcome"),
    points("opened", "allegations", maybe=True),
    words("permission", maybe=True),
    instant("seen_at"),
    Index(None, "signal", "listing"),
    Index(None, "listing"),
    Index(None, "opened"),
)

hashes: Final = Table(
    "hashes",
    metadata,
    identity(),
    words("preprocessing"),
    words("phash"),
    Column("points", LargeBinary, nullable=False),
    instant("made_at"),
)

hash_rows: Final = Table(
    "hash_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("picture", Text, ForeignKey("hashes.id", ondelete="CASCADE"), nullable=False),
    Column("bits", Bits, nullable=False),
    Index(None, "picture"),
)
