"""Which bytes the tables name: what is named by none of them belongs to nothing."""

import re
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import JSON, Column, Text, cast, select

from noticedesk.store import tables  # noqa: F401 - fills the metadata
from noticedesk.store.columns import metadata
from noticedesk.store.database import Look

_GONE: Final = "tombstones"
"""The table that names what is to be gone."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MANY: Final = 500


def unnamed(look: Look, digests: Collection[str]) -> set[str]:
    """Those of the digests that stand in no column of text and in no list of any table.

    Every column is asked, whatever it is called: one that is added later must not lose its bytes.
    """
    left = set(digests)
    for column in _columns(Text):
        for part in _parts(left):
            left.difference_update(look.run(select(column).where(column.in_(part))).scalars())
    for column in _columns(JSON) if left else ():
        for listed in look.run(select(cast(column, Text)).where(column.is_not(None))).scalars():
            left.difference_update(_DIGEST.findall(listed or ""))
    return left


def _columns(kind: type[Any]) -> list["Column[Any]"]:
    """The columns of a kind, digests first: what they name need not be looked for in the others."""
    every = [column for table in metadata.sorted_tables if table.name != _GONE for column in table.columns]
    return sorted(
        (column for column in every if isinstance(column.type, kind)), key=lambda one: not one.name.endswith("sha256")
    )


def _parts(digests: Collection[str]) -> list[list[str]]:
    ordered = sorted(digests)
    return [ordered[start : start + _MANY] for start in range(0, len(ordered), _MANY)]
