"""A finding attached to the allegation that it speaks about."""

from dataclasses import dataclass, fields
from datetime import datetime

from matchers.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFinding(Finding):
    """A finding, with the ids of the allegation and work that it is about and of what was compared.

    `reference` is the evidence of our side (reference media of the work), `evidence` that of the listing.
    """

    id: str
    allegation: str
    work: str | None = None
    reference: str | None = None
    evidence: str | None = None
    made_at: datetime

    @property
    def finding(self) -> Finding:
        """The bare finding, as the matcher returned it."""
        return Finding(**{field.name: getattr(self, field.name) for field in fields(Finding)})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a finding is attached to."""

    allegation: str
    work: str | None = None
    reference: str | None = None
    evidence: str | None = None


def attach(finding: Finding, about: About, *, id: str, made_at: datetime) -> AttachedFinding:
    """The finding, attached."""
    found = {field.name: getattr(finding, field.name) for field in fields(Finding)}
    where = {field.name: getattr(about, field.name) for field in fields(About)}
    return AttachedFinding(**found, **where, id=id, made_at=made_at)
