"""Campaigns: letters of one template, found by what their sketches have in common."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, insert, select

from noticedesk.store.database import Look, Transaction
from noticedesk.store.tables.conduct import fingerprint_bands, fingerprints

_NEAREST = 20


def near(look: Look, bands: Sequence[str]) -> list[tuple[str, str]]:
    """The campaigns that share a band, each with the notice that bears it; at most twenty, oldest first."""
    query = (
        select(fingerprint_bands.c.campaign, func.min(fingerprint_bands.c.example).label("example"))
        .where(fingerprint_bands.c.band.in_(list(bands)))
        .group_by(fingerprint_bands.c.campaign)
        .order_by(func.count().desc(), fingerprint_bands.c.campaign)
        .limit(_NEAREST)
    )
    return [(row.campaign, row.example) for row in look.run(query)]


def keep_bands(tx: Transaction, campaign: str, example: str, bands: Sequence[str]) -> None:
    """Keeps the bands by which letters of a campaign are found: those of the letter that began it."""
    tx.run(insert(fingerprint_bands), [{"band": one, "campaign": campaign, "example": example} for one in bands])


def drop_bands(tx: Transaction, examples: Collection[str]) -> None:
    """Forgets the bands of letters that are erased."""
    tx.run(delete(fingerprint_bands).where(fingerprint_bands.c.example.in_(list(examples))))


def largest(look: Look, least: int = 2, limit: int = 100) -> list[tuple[str, int, int]]:
    """The campaigns of at least so many letters, with how many letters and claims they have; largest first."""
    size, of = func.count(), func.count(func.distinct(fingerprints.c.claim))
    query = (
        select(fingerprints.c.campaign, size.label("letters"), of.label("claims"))
        .where(fingerprints.c.campaign != "")
        .group_by(fingerprints.c.campaign)
        .having(size >= least)
        .order_by(size.desc(), fingerprints.c.campaign)
        .limit(limit)
    )
    return [(row.campaign, row.letters, row.claims) for row in look.run(query)]
