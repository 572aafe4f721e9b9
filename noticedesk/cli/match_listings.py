"""`noticedesk match listings`: marks in the titles of the listings on file, searched in the database."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from noticedesk.cli.output import json_option, show

if TYPE_CHECKING:
    from noticedesk.decide import Bands
    from noticedesk.store import Look

Row = dict[str, object]


@click.command(short_help="Find marks in the titles of the listings on file")
@click.argument("marks", nargs=-1, required=True, metavar="MARK...")
@json_option
def listings(marks: tuple[str, ...], as_json: bool) -> None:
    """Finds the listings on file whose title holds any of the marks, written out or in disguise.

    A mark of several words goes in quotation marks; a name of it in another script is one more MARK.
    """
    from noticedesk.cli.opened import the_store
    from noticedesk.decide import Bands
    from noticedesk.settings import from_environment, read
    from noticedesk.store import marks as search

    bands = read(from_environment().config / "bands.yaml", Bands)
    with the_store() as db:
        with db.write(logged=False) as tx:
            search.refresh(tx)
        with db.read() as look:
            show(_found(look, marks, bands), "match-listings/1", as_json=as_json, nothing="No title holds any of them.")


def _found(look: "Look", marks: tuple[str, ...], bands: "Bands") -> Iterator[Row]:
    from noticedesk.decide import band_of
    from noticedesk.model.decision import Band
    from noticedesk.model.listing import Listing
    from noticedesk.store import records
    from noticedesk.store.marks import search

    for id, findings in search(look, marks):
        listing = records.get(look, Listing, id)
        for found in findings:
            band = band_of(found, bands)
            if band in (Band.STRONG, Band.BORDERLINE):
                said = {"mark": found.ours, "score": found.score, "band": band.value, "reason": found.reason}
                yield {"listing": id, "title": listing.title, **said, "url": listing.url}
