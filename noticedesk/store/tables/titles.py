"""The table of titles as they are searched for marks: made from the listings, for a search in the database itself."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from noticedesk.store.columns import metadata, words

title_keys: Final = Table(
    "title_keys",
    metadata,
    Column("id", Text, ForeignKey("listings.id"), primary_key=True),
    words("title"),
    words("key"),
    Index(None, "key", postgresql_using="gin", postgresql_ops={"key": "gin_trgm_ops"}),
)
