"""Every column of text is either blanked or kept for a reason."""

import pytest
from sqlalchemy import JSON, Table, Text

import noticedesk.store.tables  # noqa: F401  (fills the metadata)
from noticedesk.store.columns import metadata
from noticedesk.store.erasing import SCRUBS
from noticedesk.store.remains import KEPT, NOT_OF_A_CLAIM


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_of_text_is_blanked_or_said_to_stay(table: Table) -> None:
    blanked = {name for one in SCRUBS if one.table is table for name in (*one.columns, *one.keyed)}
    text = {c.name for c in table.columns if isinstance(c.type, Text | JSON)} - {"id"}
    if table.name in NOT_OF_A_CLAIM:
        assert blanked == set()
        return
    assert text - blanked - set(KEPT[table.name]) == set()
    assert blanked & set(KEPT[table.name]) == set()
