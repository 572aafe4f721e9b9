"""How much was written to one address: what keeps two machines from talking to each other without end."""

from datetime import datetime

from sqlalchemy import func, select

from noticedesk.model.letter import LetterState
from noticedesk.store.database import Look
from noticedesk.store.tables.effects import letters

_GOING = [LetterState.QUEUED.value, LetterState.SENT.value, LetterState.BOUNCED.value]


def replies_since(look: Look, to: str, since: datetime, cap: int) -> int:
    """How many routine letters went, or will go, to an address since an instant; counts no further than `cap`."""
    these = (letters.c.to == to) & (letters.c.drafted_at >= since) & letters.c.routine & letters.c.state.in_(_GOING)
    return int(
        look.run(select(func.count()).select_from(select(letters.c.id).where(these).limit(cap).subquery())).scalar_one()
    )
