"""What people decided about what matchers had scored: the raw material of calibration."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import func, select

from noticedesk.store.database import Look
from noticedesk.store.tables.decisions import decisions, findings

__all__ = ["Judged", "judged"]


class Judged(NamedTuple):
    """The best score of one matcher on an allegation, and the reason that a person gave in the latest decision."""

    allegation: str
    matcher: str
    score: float
    reason: str


def judged(look: Look) -> Iterator[Judged]:
    """What was scored and then decided by a person, allegation by allegation; decisions taken back do not count."""
    for row in look.run(_QUERY):
        yield Judged(*row)


_LATEST: Final = (
    select(decisions.c.allegation, func.max(decisions.c.decided_at).label("decided_at"))
    .where(decisions.c.undone_at.is_(None), decisions.c.automatic.is_(False))
    .group_by(decisions.c.allegation)
    .subquery()
)

_QUERY: Final = (
    select(findings.c.allegation, findings.c.matcher, func.max(findings.c.score), decisions.c.reason)
    .join(decisions, decisions.c.allegation == findings.c.allegation)
    .join(
        _LATEST,
        (_LATEST.c.allegation == decisions.c.allegation) & (_LATEST.c.decided_at == decisions.c.decided_at),
    )
    .where(findings.c.outcome == "compared", decisions.c.undone_at.is_(None), decisions.c.automatic.is_(False))
    .group_by(findings.c.allegation, findings.c.matcher, decisions.c.reason)
    .order_by(findings.c.allegation, findings.c.matcher)
)
