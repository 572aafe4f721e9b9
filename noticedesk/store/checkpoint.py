"""How far a source of notices has been read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The cursor of one source (its id is the source's) and when it last answered, or why it did not."""

    id: str
    cursor: str = ""
    last_success: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None
